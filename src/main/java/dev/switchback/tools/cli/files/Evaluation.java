package dev.switchback.tools.cli.files;

import dev.switchback.core.Engine;
import dev.switchback.core.LossText;
import dev.switchback.core.fixed.FixedModel;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The answers of a network to rows of data, in one engine or in both side by side. */
final class Evaluation implements Report {
  /** A larger confusion matrix is left to JSON. */
  private static final int MAX_SHOWN_CLASSES = 20;

  /** Without argmax an answer is a number with a binary digit per output. */
  private static final int MAX_OUTPUTS = 31;

  private final Topology topology;
  private final List<Side> sides;
  private final boolean hasLabels;
  private int samples;
  private int cut;
  private int differing;
  private double difference;

  /** One engine. */
  private static final class Side {
    private final Engine engine;
    private final Model model;
    private final Confusion confusion = new Confusion();
    private final List<float[]> outputs = new ArrayList<>();
    private float[] last = {};
    private final List<Integer> answers = new ArrayList<>();

    Side(Engine engine, Parameters parameters) {
      this.engine = engine;
      this.model = engine.model(parameters);
    }

    /** Returns the answer. */
    int add(float[] row) {
      last = new float[model.topology().outputs()];
      model.infer(row, last);
      answers.add(model.topology().answer(last));
      return answers.getLast();
    }
  }

  private Evaluation(Parameters parameters, List<Engine> engines, boolean hasLabels) {
    this.topology = parameters.topology();
    this.sides = engines.stream().map(engine -> new Side(engine, parameters)).toList();
    this.hasLabels = hasLabels;
  }

  /**
   * Evaluates all rows.
   *
   * @param engines one or both
   * @param labels the wanted answers; null if there are none
   * @throws FormatException if rows do not fit the network
   */
  static Evaluation of(
      Parameters parameters, List<Engine> engines, SampleRows rows, @Nullable Labels labels)
      throws IOException {
    Evaluation evaluation = new Evaluation(parameters, engines, labels != null);
    evaluation.requireFit(rows);
    float[] row = new float[rows.columns()];
    while (rows.next(row)) {
      evaluation.add(row, labels);
    }
    if (labels != null) {
      labels.requireEnd();
    }
    return evaluation;
  }

  private void requireFit(SampleRows rows) throws FormatException {
    int columns = rows.columns();
    if (columns != topology.inputs()) {
      throw new FormatException(
          rows.file()
              + ": a row has "
              + columns
              + (columns == 1 ? " number" : " numbers")
              + ", the network "
              + topology
              + " has inputs: "
              + topology.inputs());
    }
    if (!topology.isArgmax() && topology.outputs() > MAX_OUTPUTS) {
      throw new FormatException(
          rows.file()
              + ": "
              + topology.outputs()
              + " outputs are no answer: add --answer argmax, the largest answers");
    }
  }

  private void add(float[] row, @Nullable Labels labels) throws IOException {
    samples++;
    int label = labels == null ? 0 : labels.next();
    for (Side side : sides) {
      side.confusion.add(label, side.add(row));
      if (labels == null) {
        side.outputs.add(side.last);
      }
      cut += side.model instanceof FixedModel fixed && fixed.isCut() ? 1 : 0;
    }
    Side first = sides.getFirst();
    Side last = sides.getLast();
    differing += first.answers.getLast().equals(last.answers.getLast()) ? 0 : 1;
    for (int j = 0; j < topology.outputs(); j++) {
      double found = last.last[j];
      difference = Math.max(difference, Math.abs(found - first.last[j]));
    }
  }

  @Override
  public void print(PrintWriter out) {
    out.println(topology + " " + topology.activationLabels() + ", rows: " + samples);
    if (hasLabels) {
      for (Side side : sides) {
        printAccuracy(out, side);
      }
    } else {
      printRows(out);
    }
    if (sides.size() == 2) {
      out.println(
          "fixed differs from float by at most "
              + LossText.of(difference)
              + ", in the answer of rows: "
              + differing);
    }
    if (cut > 0) {
      out.println("values are cut to 2048 in fixed point in rows: " + cut);
    }
  }

  private void printRows(PrintWriter out) {
    StringBuilder heading = new StringBuilder("   row");
    sides.forEach(side -> heading.append("  ").append(side.engine.label()));
    out.println(heading.append("  outputs"));
    for (int row = 0; row < samples; row++) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%6d", row + 1));
      for (Side side : sides) {
        line.append(String.format(Locale.ROOT, "  %5d", side.answers.get(row)));
      }
      line.append(' ');
      for (float output : sides.getFirst().outputs.get(row)) {
        line.append(String.format(Locale.ROOT, " %.4f", output));
      }
      out.println(line);
    }
  }

  private static void printAccuracy(PrintWriter out, Side side) {
    Confusion confusion = side.confusion;
    out.println(
        String.format(
            Locale.ROOT,
            "%s: accuracy %.4f, %d of %d",
            side.engine.label(),
            confusion.accuracy(),
            confusion.correct(),
            confusion.samples()));
    List<Integer> classes = confusion.classes();
    if (classes.size() > MAX_SHOWN_CLASSES) {
      out.println("  the confusion of " + classes.size() + " classes: see --json");
      return;
    }
    StringBuilder heading = new StringBuilder("  label  answered");
    classes.forEach(answer -> heading.append(String.format(Locale.ROOT, " %5d", answer)));
    out.println(heading);
    for (int label : classes) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %5d          ", label));
      for (int answer : classes) {
        line.append(String.format(Locale.ROOT, " %5d", confusion.count(label, answer)));
      }
      out.println(line);
    }
  }

  @Override
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("topology", topology)
            .put("activations", topology.activationLabels())
            .put("rows", samples);
    for (Side side : sides) {
      JsonObject found = new JsonObject();
      if (hasLabels) {
        found
            .put("accuracy", side.confusion.accuracy())
            .put("correct", side.confusion.correct())
            .put("classes", side.confusion.classes())
            .put("confusion", side.confusion.matrix());
      }
      json.put(side.engine.label(), found.put("answers", side.answers));
    }
    if (sides.size() == 2) {
      json.put("largestDifference", difference).put("differingRows", differing);
    }
    return json.put("cutRows", cut);
  }
}
