package dev.switchback.tools.cli.files;

import dev.switchback.PrintableText;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.cli.FixedPointReport;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of a conversion from one weight file to another.
 *
 * @param files bytes by name, as {@link WeightFile#writtenTo} returns them
 * @param image the written image, or null for other formats
 * @param signer key that signed the image, or null
 * @param fixedPoint what changes in fixed point; null if the result is for float
 * @param header a C header, else null
 */
record Conversion(
    Path in,
    WeightFile from,
    Path out,
    WeightFormat format,
    Map<Path, byte[]> files,
    @Nullable WeightImage image,
    @Nullable VerifyingKey signer,
    @Nullable FixedPointReport fixedPoint,
    @Nullable CHeaderFile header)
    implements Report {

  private Topology topology() {
    return from.parameters().topology();
  }

  private String engine() {
    return PrintableText.of(
        from.metadata().getOrDefault(ImageMetadata.ENGINE, Engine.FLOAT.label()));
  }

  private int bytes() {
    return files.values().stream().mapToInt(content -> content.length).sum();
  }

  /** Returns one sentence for each loss of information. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    String lost = format.loss(topology());
    if (lost != null) {
      warnings.add(lost);
    }
    if (fixedPoint != null) {
      fixedPoint.warning().ifPresent(warning -> warnings.add(out + ": " + warning));
    }
    if (header != null) {
      header.warning().ifPresent(warning -> warnings.add(out + ": " + warning));
    }
    WeightImage before = from.image();
    if (before != null && before.isSigned() && image != null && !image.isSigned()) {
      warnings.add("the signature of " + in + " is not kept; --sign makes a new one");
    }
    return warnings;
  }

  @Override
  public void print(PrintWriter result) {
    result.println(
        String.join(
            ", ",
            "read: " + in,
            from.format().title(),
            topology() + " " + topology().activationLabels(),
            engine()));
    result.println("written: " + names() + ", " + format.title() + details());
    if (header != null) {
      header.print(result);
    }
  }

  /** Returns the first file as given, and the names of the others in its directory. */
  private String names() {
    List<String> names = new ArrayList<>();
    for (Path file : files.keySet()) {
      names.add((names.isEmpty() ? file : file.getFileName()).toString());
    }
    return String.join(" ", names);
  }

  private String details() {
    String size = ", " + bytes() + " bytes";
    String fixed = fixedPoint == null ? "" : ", " + fixedPoint.describe();
    return image == null
        ? size + fixed
        : " "
            + image.version()
            + size
            + ", SHA-256 "
            + image.hashText()
            + ", "
            + signature()
            + fixed;
  }

  private String signature() {
    return signer == null ? "unsigned" : "signed by key " + signer.hashText();
  }

  @Override
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("file", in)
            .put("format", from.format().label())
            .put("topology", topology())
            .put("activations", topology().activationLabels())
            .put("engine", engine())
            .put("out", out)
            .put("outFormat", format.label())
            .put("bytes", bytes())
            .put("files", List.copyOf(files.keySet()));
    if (image != null) {
      json.put("version", image.version())
          .put("sha256", image.hashText())
          .put("signed", image.isSigned())
          .put("key", signer == null ? null : signer.hashText());
    }
    if (fixedPoint != null) {
      json.putAll(fixedPoint.json());
    }
    if (header != null) {
      json.putAll(header.json());
    }
    List<String> warnings = new ArrayList<>(from.warnings());
    warnings.addAll(warnings());
    return json.put("assumed", from.assumedLabels()).put("warnings", warnings);
  }
}
