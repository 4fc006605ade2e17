package dev.switchback.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The figures of one or more studies, for people and for scripts. */
record StudyTable(
    TruthTable truth, String recipe, Engine engine, long firstSeed, List<Study.Figures> rows) {

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "truth %s, recipe %s, %s, seeds from %d%n",
        truth,
        recipe,
        engine.label(),
        firstSeed);
    out.println("topology       runs   unsolved  epochs: median     p99     max  restarts: max");
    for (Study.Figures row : rows) {
      out.printf(
          Locale.ROOT,
          "%-8s %,10d %10d %15d %7d %7d %14d%n",
          row.topology(),
          row.runs(),
          row.unsolved(),
          row.median(),
          row.p99(),
          row.max(),
          row.maxRestarts());
    }
  }

  /** The first study's figures beside the common fields, and all of them in {@code studies}. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("truth", truth.toString());
    json.writeStringField("recipe", recipe);
    json.writeStringField("engine", engine.label());
    json.writeNumberField("seed", firstSeed);
    writeFigures(json, rows.getFirst());
    json.writeArrayFieldStart("studies");
    for (Study.Figures row : rows) {
      json.writeStartObject();
      writeFigures(json, row);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeFigures(JsonGenerator json, Study.Figures row) throws IOException {
    json.writeStringField("topology", row.topology());
    json.writeNumberField("runs", row.runs());
    json.writeNumberField("unsolved", row.unsolved());
    json.writeNumberField("median", row.median());
    json.writeNumberField("p99", row.p99());
    json.writeNumberField("max", row.max());
    json.writeNumberField("maxRestarts", row.maxRestarts());
  }
}
