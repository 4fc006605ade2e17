package dev.switchback.device.node;

import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The weights that the program itself brings: exclusive or, 2-2-1, trained from seed 1. */
final class FactoryImage {
  private static final String RESOURCE = "factory.img";

  private FactoryImage() {}

  static WeightImage read() {
    try (InputStream in = FactoryImage.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the program lacks its " + RESOURCE);
      }
      return WeightImage.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
