package dev.switchback.tools.client;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.LessonRule;
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
   * @return the image; with the device's lesson if it states none and needs one
   * @throws LaptopException with the reason, or with the problem in the status
   */
  static WeightImage require(WeightImage image, SmpMap status) throws LaptopException {
    // Older programs have a larger limit and do not report it.
    long maxBytes = DeviceClient.parsed(() -> status.number("max_image_bytes", Long.MAX_VALUE));
    int bytes = image.bytes().length;
    if (bytes > maxBytes) {
      throw refusal("has " + bytes + " bytes, the device takes " + maxBytes);
    }
    TruthTable lesson = DeviceClient.parsed(() -> TruthTable.parse(status.text("truth")));
    Engine engine = DeviceClient.parsed(() -> Engine.of(status.text("engine")));
    // Version 0.1 knows no lessons.
    boolean isOnly =
        DeviceClient.parsed(
            () -> status.flag("lesson_configured", !status.has("configured_truth")));
    String failure = ImageSelfTest.failure(image, new LessonRule(lesson, isOnly), engine);
    if (failure != null) {
      throw refusal(failure + (isOnly ? "" : advice(image, lesson, engine)));
    }
    requireSignature(image, DeviceClient.parsed(() -> status.textsOrEmpty("keys")));
    String configured = DeviceClient.parsed(() -> status.text("configured_truth", ""));
    return isOnly || image.lesson() != null || configured.equals(lesson.toString())
        ? image
        : stating(lesson, image);
  }

  private static String advice(WeightImage image, TruthTable lesson, Engine engine) {
    boolean isSilent = image.lesson() == null && image.topology().inputs() == lesson.inputs();
    return isSilent && TruthTable.fits(image.topology())
        ? "; --truth " + engine.answers(image.parameters()) + " makes that its lesson"
        : "";
  }

  /** The device does not keep an image without a lesson while its own is not the configured one. */
  private static WeightImage stating(TruthTable lesson, WeightImage image) throws LaptopException {
    if (image.isSigned()) {
      throw refusal(
          "states no lesson, and a signed image cannot be changed: sign it with --truth " + lesson);
    }
    return image.with(ImageMetadata.stating(lesson, image.metadata()));
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
