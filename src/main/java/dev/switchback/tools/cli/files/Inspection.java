package dev.switchback.tools.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageHeader;
import dev.switchback.format.PrintableText;
import dev.switchback.format.Tlv;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a weight file says.
 *
 * @param image null for other files
 * @param fileSha256 of all bytes of the file
 */
record Inspection(
    @Nullable WeightImage image,
    String fileSha256,
    Parameters parameters,
    Map<String, String> metadata) {

  void print(PrintWriter out) {
    if (image != null) {
      printParts(out, image);
      out.println("SHA-256 of the image  " + image.hashText());
    }
    out.println("SHA-256 of the file   " + fileSha256);
    out.println();
    new TreeMap<>(metadata)
        .forEach((key, value) -> out.println(PrintableText.of(padded(key) + " " + value)));
    out.println();
    TensorSummary.print(out, parameters);
    if (hasTruthTable()) {
      for (Engine engine : Engine.values()) {
        out.println();
        new AnswerTable(parameters, engine).print(out);
      }
    }
  }

  private static String padded(String key) {
    return String.format(Locale.ROOT, "%-12s", key);
  }

  private static void printParts(PrintWriter out, WeightImage image) {
    ImageHeader header = image.header();
    out.println("weight image " + image.version() + (image.isSigned() ? ", signed" : ", unsigned"));
    out.println();
    out.println(" offset    bytes");
    printPart(out, 0, header.headerBytes(), "header");
    printPart(out, header.headerBytes(), header.payloadBytes(), "payload, safetensors");
    for (Tlv tlv : image.tlvs()) {
      String kind = tlv.isProtected() ? "protected " : "";
      printPart(out, tlv.offset(), tlv.length(), kind + tlv.name() + " " + value(image, tlv));
    }
    out.println();
  }

  private static void printPart(PrintWriter out, int offset, int bytes, String what) {
    out.println(String.format(Locale.ROOT, "%7d  %7d  %s", offset, bytes, what).stripTrailing());
  }

  private static String value(WeightImage image, Tlv tlv) {
    return HexFormat.of().formatHex(image.value(tlv));
  }

  private boolean hasTruthTable() {
    return parameters.topology().inputs() <= TruthTable.MAX_INPUTS;
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("fileSha256", fileSha256);
    if (image != null) {
      writeImage(json, image);
    }
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("tensors");
    for (TensorSummary tensor : TensorSummary.allOf(parameters)) {
      tensor.writeTo(json);
    }
    json.writeEndArray();
    if (hasTruthTable()) {
      writeAnswers(json);
    }
  }

  private void writeAnswers(JsonGenerator json) throws IOException {
    for (Engine engine : Engine.values()) {
      json.writeObjectFieldStart(engine.label());
      new AnswerTable(parameters, engine).writeTo(json);
      json.writeEndObject();
    }
  }

  private static void writeImage(JsonGenerator json, WeightImage image) throws IOException {
    json.writeObjectFieldStart("image");
    json.writeStringField("version", image.version().toString());
    json.writeStringField("sha256", image.hashText());
    json.writeBooleanField("signed", image.isSigned());
    json.writeNumberField("headerBytes", image.header().headerBytes());
    json.writeNumberField("payloadBytes", image.header().payloadBytes());
    json.writeNumberField("protectedBytes", image.header().protectedBytes());
    json.writeArrayFieldStart("tlvs");
    for (Tlv tlv : image.tlvs()) {
      json.writeStartObject();
      json.writeStringField("name", tlv.name());
      json.writeNumberField("type", tlv.type());
      json.writeBooleanField("protected", tlv.isProtected());
      json.writeNumberField("offset", tlv.offset());
      json.writeStringField("value", value(image, tlv));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
