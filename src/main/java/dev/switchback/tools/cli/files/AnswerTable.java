package dev.switchback.tools.cli.files;

import dev.switchback.core.Engine;
import dev.switchback.core.PositionText;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.cli.AnswerLines;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Truth table of a network with raw outputs, as text and as JSON. */
public final class AnswerTable implements Report {
  private final Engine engine;
  private final Answers answers;
  private final Topology topology;

  /**
   * Evaluates the network in every switch position.
   *
   * @throws IllegalArgumentException if it has more inputs than the maximum number of switches
   */
  public AnswerTable(Parameters parameters, Engine engine) {
    this.engine = engine;
    this.answers = Answers.of(engine.model(parameters));
    this.topology = parameters.topology();
  }

  @Override
  public void print(PrintWriter out) {
    out.println(topology + " " + topology.activationLabels() + ", " + engine.label());
    int inputs = topology.inputs();
    out.println(AnswerLines.heading(inputs));
    for (int row = 0; row < answers.rows(); row++) {
      StringBuilder line = new StringBuilder(AnswerLines.row(row, inputs, answer(row))).append(' ');
      for (float output : answers.outputs(row)) {
        line.append(String.format(Locale.ROOT, " %.4f", output));
      }
      out.println(line);
    }
  }

  private String answer(int row) {
    int answer = answers.answer(row);
    return topology.isArgmax()
        ? String.valueOf(answer)
        : PositionText.answer(answer, topology.leds());
  }

  @Override
  public JsonObject json() {
    return new JsonObject()
        .put("topology", topology)
        .put("activations", topology.activationLabels())
        .put("engine", engine.label())
        .put("answers", answers)
        .put("rows", IntStream.range(0, answers.rows()).mapToObj(this::json).toList());
  }

  private JsonObject json(int row) {
    List<Float> outputs = new ArrayList<>();
    for (float output : answers.outputs(row)) {
      outputs.add(output);
    }
    int inputs = topology.inputs();
    return new JsonObject()
        .put(
            "inputs",
            IntStream.range(0, inputs).mapToObj(i -> TruthTable.level(row, i, inputs)).toList())
        .put("outputs", outputs)
        .put("answer", answers.answer(row));
  }
}
