package dev.switchback.tools.cli.files;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.core.Engine;
import dev.switchback.core.LossText;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.FixedPointReport;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.foreign.LayoutName;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import dev.switchback.tools.plot.FormingPicture;
import dev.switchback.tools.plot.MapPicture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Output files of a training: weights, log, pictures. */
final class TrainOutput {
  /** File names of a picture series. */
  private static final String SERIES = "map-[0-9]*.svg";

  private final Path weights;
  private final WeightFormat format;
  private final @Nullable Path pictures;
  private final List<Path> written = new ArrayList<>();

  TrainOutput(Path weights, WeightFormat format, @Nullable Path pictures) {
    this.weights = weights;
    this.format = format;
    this.pictures = pictures;
  }

  /**
   * Checks before the training that its output can be written.
   *
   * @param init file of the initial weights; null if there is none
   */
  void requirePlaces(@Nullable Path init, TrainingSession session, Map<String, String> metadata)
      throws Refusal, IOException {
    Parameters untrained = new Parameters(session.recipe().topology());
    for (Path file : contents(untrained, session.engine(), metadata).keySet()) {
      WholeFile.requirePlace(file);
      if (init != null) {
        WholeFile.requireOther(init, file, "name another file with --out");
      }
    }
    if (pictures != null) {
      if (Files.exists(pictures) && !Files.isDirectory(pictures)) {
        throw new Refusal(ExitCode.USAGE, "--plot " + pictures + " is not a directory");
      }
      try {
        Files.createDirectories(pictures);
      } catch (IOException e) {
        throw WholeFile.refusal(pictures, e);
      }
    }
  }

  /** Writes all files of the training and returns them in the order of writing. */
  List<Path> write(TrainRun run, Map<String, String> metadata) throws Refusal, IOException {
    TrainingSession session = run.session();
    Map<Path, byte[]> contents = contents(session.result(), session.engine(), metadata);
    WholeFile.writeAll(contents);
    written.addAll(contents.keySet());
    if (!run.log().rows().isEmpty()) {
      save(LossLog.beside(weights), bytes(run.log().toCsv()));
    }
    if (pictures != null) {
      draw(pictures, run);
    }
    return written;
  }

  /** Returns the bytes of each file with weights, by name. */
  private Map<Path, byte[]> contents(
      Parameters parameters, Engine engine, Map<String, String> metadata)
      throws Refusal, IOException {
    return Blame.on(
        weights,
        () -> {
          WeightFile network =
              format == WeightFormat.IMAGE
                  ? WeightFile.of(
                      WeightImage.of(WeightFile.FIRST_VERSION, parameters, engine, metadata))
                  : WeightFile.of(parameters, metadata);
          return network.writtenTo(weights, format, LayoutName.NUMPY);
        });
  }

  /** Returns one sentence for each loss of information in the file with weights. */
  List<String> warnings(Parameters result) throws Refusal {
    List<String> warnings = new ArrayList<>();
    String lost = format.loss(result.topology());
    if (lost != null) {
      warnings.add(lost);
    }
    if (format == WeightFormat.C_HEADER) {
      // Written all the same: it is the result of a training.
      FixedPointReport.of(WeightFile.of(result, Map.of()), weights, true)
          .warning()
          .ifPresent(loss -> warnings.add(weights + ": " + loss));
    }
    return warnings;
  }

  private void draw(Path directory, TrainRun run) throws Refusal {
    List<FormingPicture.Frame> frames = run.frames();
    TruthTable truth = run.session().truth();
    TruthTable corners = truth.ofLed(run.led()).ofFirstTwo(0);
    String subtitle =
        "recipe " + run.session().recipe().name() + LedOption.caption(run.led(), truth.leds());
    try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, SERIES)) {
      for (Path picture : old) {
        Files.delete(picture);
      }
    } catch (IOException e) {
      throw WholeFile.refusal(directory, e);
    }
    int digits = String.valueOf(frames.getLast().epoch()).length();
    for (FormingPicture.Frame frame : frames) {
      String name = String.format(Locale.ROOT, "map-%0" + digits + "d.svg", frame.epoch());
      String caption =
          String.format(
              Locale.ROOT,
              "%s, epoch %,d, loss %s",
              subtitle,
              frame.epoch(),
              LossText.of(frame.loss()));
      save(
          directory.resolve(name),
          bytes(MapPicture.svg(frame.map(), corners, "Decision map", caption)));
    }
    save(
        directory.resolve("forming.svg"),
        bytes(FormingPicture.svg(frames, corners, "Decision map, " + subtitle)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void save(Path file, byte[] content) throws Refusal {
    WholeFile.write(file, content);
    written.add(file);
  }
}
