package dev.switchback.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** Writes all figures as one JSON object. */
final class PeerJson {
  private final PeerReport report;
  private final JsonGenerator json;

  private PeerJson(PeerReport report, JsonGenerator json) {
    this.report = report;
    this.json = json;
  }

  /** Returns one line of JSON. */
  static String of(PeerReport report) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      new PeerJson(report, json).write();
    }
    return text + "\n";
  }

  private void write() throws IOException {
    json.writeStartObject();
    json.writeNumberField("schemaVersion", 1);
    json.writeStringField("date", report.machine().date());
    json.writeStringField("processor", report.machine().processor());
    json.writeStringField("kernel", report.machine().kernel());
    json.writeStringField("java", report.machine().java());
    json.writeNumberField("rounds", report.options().rounds());
    json.writeBooleanField("quick", report.options().quick());
    json.writeObjectFieldStart("notes");
    for (Map.Entry<String, String> note : report.options().notes().entrySet()) {
      json.writeStringField(note.getKey(), note.getValue());
    }
    json.writeEndObject();
    writeRows();
    write("comparisons", report.comparisons());
    write("limits", report.limits());
    json.writeEndObject();
  }

  private void writeRows() throws IOException {
    Figures figures = report.figures();
    json.writeArrayFieldStart("rows");
    for (String rival : figures.rivals()) {
      for (String row : figures.rows(rival)) {
        json.writeStartObject();
        json.writeStringField("rival", rival);
        json.writeStringField("row", row);
        json.writeNumberField("nanos", figures.median(rival, row));
        json.writeNumberField("spread", figures.spread(rival, row));
        if (!Double.isNaN(figures.check(rival, row))) {
          json.writeNumberField("check", figures.check(rival, row));
        }
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void write(String name, List<Comparison> comparisons) throws IOException {
    json.writeArrayFieldStart(name);
    for (Comparison comparison : comparisons) {
      json.writeStartObject();
      json.writeStringField("work", comparison.work());
      json.writeStringField("against", comparison.rival());
      json.writeStringField("row", comparison.row());
      json.writeNumberField("ratio", comparison.ratio(report.figures()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
