package dev.switchback.device.node;

import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.VersionRule;
import dev.switchback.device.store.WeightStore;
import dev.switchback.format.ImageSelfTest;

/** What a device of a configuration would answer with. */
public final class StoredWeights {
  private StoredWeights() {}

  /**
   * The store after a start of the device.
   *
   * @param copy of its files, which the start may change
   */
  public static StoreStatus afterStart(DeviceConfiguration configuration, Storage copy) {
    WeightStore store =
        new WeightStore(
            copy,
            FactoryImage::read,
            image ->
                ImageSelfTest.failure(
                    image, configuration.get(Key.TRUTH), configuration.get(Key.ENGINE)),
            VersionRule.NONE);
    store.start();
    return store.status();
  }
}
