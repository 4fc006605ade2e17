package dev.switchback.tools.cli.line;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.client.TruthReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/** What a device answers in every switch position, for people and programs. */
final class TruthTableText {
  private TruthTableText() {}

  static void print(PrintWriter out, TruthReading truth) {
    int inputs = truth.answers().inputs();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < inputs; i++) {
      names.append((char) ('A' + i)).append(' ');
    }
    out.println(names + " answer  output");
    for (int row = 0; row < truth.answers().rows(); row++) {
      out.println(line(truth, row, inputs));
    }
  }

  private static String line(TruthReading truth, int row, int inputs) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < inputs; i++) {
      line.append(TruthTable.level(row, i, inputs)).append(' ');
    }
    int answer = truth.answers().answer(row);
    line.append(String.format(Locale.ROOT, " %6d  %.4f", answer, truth.outputs().get(row)));
    int expected = truth.expected().answer(row);
    return answer == expected ? line.toString() : line + "  wrong, " + expected + " expected";
  }

  static void writeTo(JsonGenerator json, TruthReading truth) throws IOException {
    json.writeObjectFieldStart("truthTable");
    json.writeStringField("expected", truth.expected().toString());
    json.writeStringField("answers", truth.answers().toString());
    json.writeArrayFieldStart("outputs");
    for (double output : truth.outputs()) {
      json.writeNumber((float) output);
    }
    json.writeEndArray();
    json.writeStringField("engine", truth.engine());
    json.writeStringField("hash", truth.hash().toString());
    json.writeEndObject();
  }
}
