package dev.switchback.device.node;

import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.VersionRule;
import dev.switchback.device.store.WeightStore;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.WeightImage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The weights that a device with a configuration would answer with. */
public final class StoredWeights {
  private StoredWeights() {}

  /**
   * Keeps an image that the next start answers with.
   *
   * @throws StoreException if it does not pass the self-test, or cannot be kept
   */
  public static void put(DeviceConfiguration configuration, Storage storage, WeightImage image)
      throws StoreException {
    WeightStore store = store(configuration, storage, () -> null);
    store.start();
    store.apply(Event.STAGE, image);
    store.apply(Event.PERMANENT, image);
  }

  /**
   * The store after a start of the device.
   *
   * @param copy of its files, which the start may change
   */
  public static StoreStatus afterStart(DeviceConfiguration configuration, Storage copy) {
    WeightStore store = store(configuration, copy, FactoryImage::read);
    store.start();
    return store.status();
  }

  private static WeightStore store(
      DeviceConfiguration configuration,
      Storage storage,
      Supplier<? extends @Nullable WeightImage> factory) {
    return new WeightStore(
        storage,
        factory,
        image ->
            ImageSelfTest.failure(image, configuration.lessonRule(), configuration.get(Key.ENGINE)),
        VersionRule.NONE);
  }
}
