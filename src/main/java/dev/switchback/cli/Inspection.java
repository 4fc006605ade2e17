package dev.switchback.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.image.ImageHeader;
import dev.switchback.image.PrintableText;
import dev.switchback.image.Tlv;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Topology;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
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
 * @param sha256 the name of an image; of other files that of all their bytes
 */
record Inspection(
    @Nullable WeightImage image,
    String sha256,
    Parameters parameters,
    Map<String, String> metadata,
    Engine engine) {

  void print(PrintWriter out) {
    if (image != null) {
      printImage(out, image);
    }
    out.println("SHA-256   " + sha256);
    new TreeMap<>(metadata)
        .forEach((key, value) -> out.println("metadata  " + PrintableText.of(key + ": " + value)));
    for (TensorSummary tensor : TensorSummary.allOf(parameters)) {
      out.println("tensor    " + tensor);
    }
    if (hasTruthTable()) {
      Answers.of(engine.model(parameters)).print(out, engine);
    } else {
      out.println(topology() + ": too many inputs for a truth table");
    }
  }

  private static void printImage(PrintWriter out, WeightImage image) {
    ImageHeader header = image.header();
    out.println("header    version " + image.version() + ", hdr_size " + ImageHeader.BYTES);
    out.println(
        "header    img_size "
            + header.payloadBytes()
            + ", protect_tlv_size "
            + header.protectedBytes());
    for (Tlv tlv : image.tlvs()) {
      out.printf(
          Locale.ROOT,
          "%-9s offset %d, %s, %d bytes: %s%n",
          tlv.isProtected() ? "protected" : "TLV",
          tlv.offset(),
          tlv.name(),
          tlv.length(),
          value(image, tlv));
    }
  }

  private static String value(WeightImage image, Tlv tlv) {
    return HexFormat.of().formatHex(image.value(tlv));
  }

  private Topology topology() {
    return parameters.topology();
  }

  private boolean hasTruthTable() {
    return topology().inputs() <= TruthTable.MAX_INPUTS;
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("sha256", sha256);
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
      Answers.of(engine.model(parameters)).writeTo(json, engine);
    }
  }

  private static void writeImage(JsonGenerator json, WeightImage image) throws IOException {
    json.writeObjectFieldStart("image");
    json.writeStringField("version", image.version().toString());
    json.writeBooleanField("signed", image.isSigned());
    json.writeNumberField("headerBytes", ImageHeader.BYTES);
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
