package dev.switchback.tools.cli.files;

import dev.switchback.PrintableText;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageHeader;
import dev.switchback.format.Tlv;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.foreign.WeightFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The contents of a weight file.
 *
 * @param fileSha256 SHA-256 of the whole file
 */
record Inspection(Path file, WeightFile weights, String fileSha256) implements Report {
  @Override
  public void print(PrintWriter out) {
    WeightImage image = weights.image();
    if (image != null) {
      printParts(out, image);
      out.println("SHA-256 of the image  " + image.hashText());
    }
    out.println("SHA-256 of the file   " + fileSha256);
    out.println();
    new TreeMap<>(weights.metadata())
        .forEach((key, value) -> out.println(PrintableText.of(padded(key) + " " + value)));
    out.println();
    TensorSummary.print(out, weights.parameters());
    for (Engine engine : engines()) {
      out.println();
      new AnswerTable(weights.parameters(), engine).print(out);
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

  /** Returns the engines to show a truth table for: all, or none if there are too many inputs. */
  private List<Engine> engines() {
    return weights.parameters().topology().inputs() <= TruthTable.MAX_INPUTS
        ? List.of(Engine.values())
        : List.of();
  }

  @Override
  public JsonObject json() {
    WeightImage image = weights.image();
    JsonObject json =
        new JsonObject()
            .put("file", file)
            .put("fileSha256", fileSha256)
            .put("image", image == null ? null : json(image))
            .put("metadata", new TreeMap<>(weights.metadata()))
            .put(
                "tensors",
                TensorSummary.allOf(weights.parameters()).stream()
                    .map(TensorSummary::json)
                    .toList());
    for (Engine engine : engines()) {
      json.put(engine.label(), new AnswerTable(weights.parameters(), engine).json());
    }
    return json.put("assumed", weights.assumedLabels()).put("warnings", weights.warnings());
  }

  private static JsonObject json(WeightImage image) {
    return new JsonObject()
        .put("version", image.version())
        .put("sha256", image.hashText())
        .put("signed", image.isSigned())
        .put("headerBytes", image.header().headerBytes())
        .put("payloadBytes", image.header().payloadBytes())
        .put("protectedBytes", image.header().protectedBytes())
        .put("tlvs", image.tlvs().stream().map(tlv -> json(image, tlv)).toList());
  }

  private static JsonObject json(WeightImage image, Tlv tlv) {
    return new JsonObject()
        .put("name", tlv.name())
        .put("type", tlv.type())
        .put("protected", tlv.isProtected())
        .put("offset", tlv.offset())
        .put("value", value(image, tlv));
  }
}
