package dev.switchback.node;

import dev.switchback.hal.Storage;
import dev.switchback.image.ImageSelfTest;
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
    WeightStore store =
        new WeightStore(
            copy,
            FactoryImage::read,
            image -> ImageSelfTest.failure(image, configuration.truth(), configuration.engine()));
    store.start();
    return store.status();
  }
}
