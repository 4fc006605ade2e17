package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.RegularFile;
import dev.switchback.core.LossCurve;
import dev.switchback.core.LossText;
import dev.switchback.tools.cli.Blame;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.plot.LossPicture;
import dev.switchback.tools.plot.TerminalCurve;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalStyle;
import dev.switchback.tools.plot.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A training log: the given file, or the one beside the given weights. */
record LossLog(Path file, TrainingLog log) implements Drawing {
  private static final String SUFFIX = ".csv";
  private static final int COLUMNS = 72;
  private static final int ROWS = 16;

  /** More than the epoch limit of any recipe with eight switches. */
  private static final int MAX_FILE_BYTES = 1 << 28;

  static boolean isNamedSo(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  /**
   * Reads a log.
   *
   * @param file the log itself ({@code .csv}), or weights: {@code xor.log.csv} beside {@code
   *     xor.safetensors}
   * @throws Refusal if the log is missing, invalid or empty
   * @throws IOException if it cannot be read
   */
  static LossLog read(Path file) throws Refusal, IOException {
    Path logFile = isNamedSo(file) ? file : besideWeights(file);
    byte[] bytes = RegularFile.read(logFile, MAX_FILE_BYTES);
    TrainingLog log = Blame.on(logFile, () -> TrainingLog.parse(new String(bytes, UTF_8)));
    if (log.rows().isEmpty()) {
      throw new Refusal(ExitCode.USAGE, logFile + ": contains no epochs");
    }
    return new LossLog(logFile, log);
  }

  /** Returns the path of the log: {@code xor.log.csv} for {@code xor.safetensors}. */
  static Path beside(Path weights) {
    String name = String.valueOf(weights.getFileName());
    int dot = name.lastIndexOf('.');
    return weights.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".log" + SUFFIX);
  }

  private static Path besideWeights(Path weights) throws Refusal, IOException {
    if (!Files.exists(weights)) {
      throw new NoSuchFileException(weights.toString());
    }
    Path log = beside(weights);
    if (!Files.exists(log)) {
      throw new Refusal(
          ExitCode.USAGE,
          "no training log " + log + " beside " + weights + "; train with --log-every N");
    }
    return log;
  }

  @Override
  public String svg() {
    List<LossCurve.Point> points =
        log.rows().stream()
            .map(row -> new LossCurve.Point(row.epoch(), row.loss(), row.restarts()))
            .toList();
    LossPicture.Curve curve = new LossPicture.Curve(String.valueOf(file.getFileName()), points);
    return LossPicture.svg(List.of(curve), PlotKind.LOSS.title(), caption());
  }

  @Override
  public List<TerminalLine> lines(TerminalStyle style) {
    return new TerminalCurve(log.history(COLUMNS), style, COLUMNS, ROWS).lines();
  }

  /** Describes how the training ended. */
  @Override
  public String caption() {
    TrainingLog.Row last = log.rows().getLast();
    return "%s: %s epochs, %s restarts, loss %s"
        .formatted(file.getFileName(), last.epoch(), last.restarts(), LossText.of(last.loss()));
  }

  @Override
  public JsonObject json() {
    TrainingLog.Row last = log.rows().getLast();
    return new JsonObject()
        .put("file", file)
        .put("epochs", last.epoch())
        .put("restarts", last.restarts())
        .put("loss", last.loss());
  }
}
