package dev.switchback.tools.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.io.IOException;
import java.io.PrintWriter;

/** What a network answers in every switch position, for people and for scripts. */
public final class AnswerTable {
  private final Engine engine;
  private final Answers answers;
  private final Topology topology;

  /**
   * Asks the network.
   *
   * @throws IllegalArgumentException if it has more inputs than there can be switches
   */
  public AnswerTable(Parameters parameters, Engine engine) {
    this.engine = engine;
    this.answers = Answers.of(engine.model(parameters));
    this.topology = parameters.topology();
  }

  public void print(PrintWriter out) {
    out.println(topology + " " + topology.activationLabels() + ", " + engine.label());
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < topology.inputs(); i++) {
      names.append((char) ('A' + i)).append(' ');
    }
    out.println(names + " answer  output");
    for (int row = 0; row < answers.rows(); row++) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < topology.inputs(); i++) {
        line.append(TruthTable.level(row, i, topology.inputs())).append(' ');
      }
      String answer = Integer.toString(answers.answer(row));
      line.append(" ".repeat(7 - answer.length())).append(answer).append(' ');
      for (float output : answers.outputs(row)) {
        line.append(' ').append(FourDecimals.of(output));
      }
      out.println(line);
    }
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("topology", topology.toString());
    json.writeStringField("activations", topology.activationLabels());
    json.writeStringField("engine", engine.label());
    json.writeStringField("answers", answers.toString());
    json.writeArrayFieldStart("rows");
    for (int row = 0; row < answers.rows(); row++) {
      json.writeStartObject();
      json.writeArrayFieldStart("inputs");
      for (int i = 0; i < topology.inputs(); i++) {
        json.writeNumber(TruthTable.level(row, i, topology.inputs()));
      }
      json.writeEndArray();
      json.writeArrayFieldStart("outputs");
      for (float output : answers.outputs(row)) {
        json.writeNumber(output);
      }
      json.writeEndArray();
      json.writeNumberField("answer", answers.answer(row));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
