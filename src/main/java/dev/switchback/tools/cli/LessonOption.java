package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.LessonRule;
import dev.switchback.format.WeightImage;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.tools.foreign.WeightFile;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that states the lesson of an image. */
public final class LessonOption {
  @Option(
      names = "--truth",
      paramLabel = "NAME|DIGITS",
      description = {
        "Lesson of the image, which a device takes over: and, or, xor, nand, nor or xnor; or the"
            + " answer for each switch position.",
        "Default: as stored in the file; without one, the device's lesson applies."
      })
  private @Nullable String truth;

  public boolean isGiven() {
    return truth != null;
  }

  /** Returns the metadata of a network, with the lesson if one is given. */
  Map<String, String> metadata(WeightFile network) throws Refusal {
    if (truth == null) {
      return network.metadata();
    }
    int inputs = network.parameters().topology().inputs();
    try {
      TruthTable lesson = NamedTruth.parse(truth, Math.min(inputs, TruthTable.MAX_INPUTS));
      return ImageMetadata.stating(lesson, network.metadata());
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, "--truth: " + e.getMessage(), e);
    }
  }

  /** Returns the image with the lesson, if one is given. */
  public WeightImage stated(Path file, WeightImage image) throws Refusal {
    if (truth == null) {
      return image;
    }
    WeightImage stated = image.with(metadata(WeightFile.of(image)));
    require(file, stated);
    return stated;
  }

  /** Refuses an image that does not answer the lesson given. */
  void require(Path file, WeightImage image) throws Refusal {
    TruthTable lesson = image.lesson();
    if (truth != null && lesson != null) {
      String failure = ImageSelfTest.failure(image, LessonRule.any(lesson), image.engine());
      if (failure != null) {
        throw new Refusal(ExitCode.USAGE, file + " " + failure);
      }
    }
  }
}
