package dev.switchback.tools.client;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.util.List;

/**
 * What a device demands of an image before it takes it, as its status tells: asked here before a
 * byte is sent. The device checks the same again.
 *
 * @param maxBytes of a file
 * @param truth that the image must answer
 * @param engine in which it must
 * @param keys one of which must have signed it, 64 hex digits each; none: anybody
 */
record DeviceDemands(long maxBytes, TruthTable truth, Engine engine, List<String> keys) {

  /**
   * Reads a status of group 100.
   *
   * @throws IOException if it is not as the protocol has it
   */
  static DeviceDemands of(SmpMap status) throws IOException {
    try {
      return new DeviceDemands(
          // A program of before has a larger limit, and does not tell it.
          status.number("max_image_bytes", Long.MAX_VALUE),
          TruthTable.parse(status.text("truth")),
          Engine.of(status.text("engine")),
          status.texts("keys"));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Does nothing if the device can take the image.
   *
   * @throws LaptopException saying why it cannot
   */
  void require(WeightImage image) throws LaptopException {
    int bytes = image.bytes().length;
    if (bytes > maxBytes) {
      throw refusal("has " + bytes + " bytes, the device takes " + maxBytes);
    }
    String failure = ImageSelfTest.failure(image, truth, engine);
    if (failure != null) {
      throw refusal(failure);
    }
    requireSignature(image);
  }

  private void requireSignature(WeightImage image) throws LaptopException {
    if (keys.isEmpty()) {
      return;
    }
    String names = String.join(" or ", keys);
    String signer = image.signer();
    if (signer == null) {
      throw refusal("is not signed, the device asks for key " + names + ": add --sign KEY");
    }
    if (!keys.contains(signer)) {
      throw refusal("is signed by key " + signer + ", the device asks for key " + names);
    }
  }

  private static LaptopException refusal(String clause) {
    return new LaptopException(Kind.REFUSED, "the image " + clause + "; nothing was sent");
  }
}
