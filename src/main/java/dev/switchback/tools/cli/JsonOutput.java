package dev.switchback.tools.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** One JSON object on one line of standard output, beginning with its schema version. */
public final class JsonOutput {
  private static final int SCHEMA_VERSION = 1;

  private JsonOutput() {}

  /** What writes the fields of the object. */
  public interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  public static void print(PrintWriter out, Fields fields) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("schemaVersion", SCHEMA_VERSION);
      fields.write(json);
      json.writeEndObject();
    }
    out.println(text);
  }
}
