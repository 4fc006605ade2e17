package dev.switchback.tools.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a model answers in every switch position. */
public record Answers(Topology topology, List<Row> rows) {

  /**
   * One switch position.
   *
   * @param outputs all of them, raw
   * @param shown the one that people look at, see {@link Model#shownOutput}
   */
  record Row(List<Integer> inputs, List<Float> outputs, float shown, int answer) {}

  /**
   * Asks the model.
   *
   * @throws IllegalArgumentException if it has more inputs than there can be switches
   */
  public static Answers of(Model model) {
    Topology topology = model.topology();
    int inputs = topology.inputs();
    if (inputs > TruthTable.MAX_INPUTS) {
      throw new IllegalArgumentException(
          "topology "
              + topology
              + " has "
              + inputs
              + " inputs; a truth table has at most "
              + TruthTable.MAX_INPUTS);
    }
    List<Row> rows = new ArrayList<>();
    for (int position = 0; position < 1 << inputs; position++) {
      rows.add(row(model, position));
    }
    return new Answers(topology, rows);
  }

  private static Row row(Model model, int position) {
    Topology topology = model.topology();
    float[] inputs = new float[topology.inputs()];
    List<Integer> levels = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      int level = TruthTable.level(position, i, inputs.length);
      inputs[i] = level;
      levels.add(level);
    }
    float[] outputs = new float[topology.outputs()];
    model.infer(inputs, outputs);
    List<Float> values = new ArrayList<>();
    for (float output : outputs) {
      values.add(output);
    }
    return new Row(levels, values, Model.shownOutput(outputs), Model.answer(outputs));
  }

  /** One digit per row. */
  String truth() {
    StringBuilder digits = new StringBuilder();
    rows.forEach(row -> digits.append(row.answer()));
    return digits.toString();
  }

  public void print(PrintWriter out, Engine engine) {
    out.println(topology + " " + topology.activationLabels() + ", " + engine.label());
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < topology.inputs(); i++) {
      names.append((char) ('A' + i)).append(' ');
    }
    out.println(names + " answer  output");
    for (Row row : rows) {
      StringBuilder line = new StringBuilder();
      row.inputs().forEach(level -> line.append(level).append(' '));
      String answer = Integer.toString(row.answer());
      line.append(" ".repeat(7 - answer.length())).append(answer).append(' ');
      row.outputs().forEach(output -> line.append(' ').append(FourDecimals.of(output)));
      out.println(line);
    }
  }

  void writeTo(JsonGenerator json, Engine engine) throws IOException {
    json.writeStringField("topology", topology.toString());
    json.writeStringField("activations", topology.activationLabels());
    json.writeStringField("engine", engine.label());
    json.writeStringField("answers", truth());
    json.writeArrayFieldStart("rows");
    for (Row row : rows) {
      json.writeStartObject();
      json.writeArrayFieldStart("inputs");
      for (int level : row.inputs()) {
        json.writeNumber(level);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("outputs");
      for (float output : row.outputs()) {
        json.writeNumber(output);
      }
      json.writeEndArray();
      json.writeNumberField("answer", row.answer());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
