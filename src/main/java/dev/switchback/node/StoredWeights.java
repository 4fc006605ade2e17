package dev.switchback.node;

import dev.switchback.hal.Storage;
import dev.switchback.store.StoreStatus;
import dev.switchback.store.WeightStore;

/** What a device of a configuration would answer with. */
public final class StoredWeights {
  private StoredWeights() {}

  /**
   * The store after a start of the device.
   *
   * @param copy of its files, which the start may change
   */
  public static StoreStatus afterStart(DeviceConfiguration configuration, Storage copy) {
    DeviceSelfTest selfTest = new DeviceSelfTest(configuration.truth(), configuration::engine);
    WeightStore store = new WeightStore(copy, FactoryImage::read, selfTest);
    store.start();
    return store.status();
  }
}
