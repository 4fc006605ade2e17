package dev.switchback.tools.client;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.smp.SmpMap;
import java.util.List;

/**
 * The requirements of a device for an image, from its status. Checking them here avoids a useless
 * upload; the device checks them again.
 */
final class DeviceDemands {
  private DeviceDemands() {}

  /**
   * Checks that the device can take the image.
   *
   * @param status of group 100
   * @throws LaptopException with the reason, or with the problem in the status
   */
  static void require(WeightImage image, SmpMap status) throws LaptopException {
    // Older programs have a larger limit and do not report it.
    long maxBytes = DeviceClient.parsed(() -> status.number("max_image_bytes", Long.MAX_VALUE));
    int bytes = image.bytes().length;
    if (bytes > maxBytes) {
      throw refusal("has " + bytes + " bytes, the device takes " + maxBytes);
    }
    TruthTable truth = DeviceClient.parsed(() -> TruthTable.parse(status.text("truth")));
    Engine engine = DeviceClient.parsed(() -> Engine.of(status.text("engine")));
    String failure = ImageSelfTest.failure(image, truth, engine);
    if (failure != null) {
      throw refusal(failure);
    }
    requireSignature(image, DeviceClient.parsed(() -> status.textsOrEmpty("keys")));
  }

  private static void requireSignature(WeightImage image, List<String> keys)
      throws LaptopException {
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
