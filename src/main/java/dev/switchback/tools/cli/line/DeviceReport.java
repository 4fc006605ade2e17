package dev.switchback.tools.cli.line;

import dev.switchback.core.LossText;
import dev.switchback.format.ImageText;
import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.TruthReading;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpMap;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A device as it tells of itself: the status of group 100 and its truth table, for people and, with
 * the protocol's own names, for programs.
 */
record DeviceReport(SmpMap status, @Nullable TruthReading truth) implements Report {
  private static final int SHORT_HASH_DIGITS = 8;

  static DeviceReport of(DeviceClient device) throws LaptopException {
    return new DeviceReport(device.status(), device.truthIfAny());
  }

  /** One {@code name: value} per line, then the truth table. */
  List<String> lines() throws SmpException {
    List<String> lines = new ArrayList<>();
    addDecision(lines);
    addWeights(lines);
    lines.add("training: " + training(status.map("training")));
    addCounters(lines, status.map("counters"));
    lines.add("cable: " + cable(status.map("cable")));
    lines.add("faults: " + faults());
    if (status.has("refused")) {
      lines.add("refused: " + status.text("refused"));
    }
    if (truth != null) {
      lines.addAll(TruthTableText.lines(truth));
    }
    return lines;
  }

  private void addDecision(List<String> lines) throws SmpException {
    lines.add("device: switchback " + status.text("program") + " on " + status.text("board"));
    lines.add("state: " + status.text("state"));
    if (status.has("switches")) {
      lines.add("position: " + position());
    }
    lines.add("engine: " + status.text("engine"));
    lines.add(
        "recipe: %s, %s, truth %s"
            .formatted(status.text("recipe"), status.text("topology"), status.text("truth")));
  }

  private void addWeights(List<String> lines) throws SmpException {
    lines.add("weights: " + status.text("weights"));
    for (SmpMap slot : status.maps("slots")) {
      lines.add(slot(slot));
    }
    lines.add("storage: " + status.text("storage") + ", next start: " + status.text("swap"));
    if (status.has("max_image_bytes")) {
      String key = status.has("key") ? status.text("key") : null;
      lines.add("images: " + ImageText.taken(status.number("max_image_bytes"), key));
    }
    for (String problem : status.texts("problems")) {
      lines.add("problem: " + problem);
    }
  }

  private String position() throws SmpException {
    String switches = status.text("switches");
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < switches.length(); i++) {
      line.append((char) ('A' + i)).append('=').append(switches.charAt(i)).append(' ');
    }
    return line.append("LED=").append(status.flag("led", false) ? 1 : 0)
        + String.format(Locale.ROOT, " output=%.4f", status.real("output"));
  }

  private static String slot(SmpMap slot) throws SmpException {
    List<String> parts = new ArrayList<>();
    parts.add(image(slot));
    parts.add(slot.text("file"));
    parts.addAll(slot.texts("flags"));
    if (slot.flag("signed", false)) {
      parts.add("signed");
    }
    if (slot.has("trouble")) {
      parts.add(slot.text("trouble"));
    }
    return "slot " + slot.number("slot") + ": " + String.join(", ", parts);
  }

  private static String image(SmpMap slot) throws SmpException {
    if (!slot.has("version")) {
      return "no image";
    }
    String hash = slot.text("hash");
    String start = hash.substring(0, Math.min(hash.length(), SHORT_HASH_DIGITS));
    return slot.text("version") + " " + start + " " + slot.text("topology");
  }

  private static String training(SmpMap training) throws SmpException {
    String course = training.flag("running", false) ? running(training) : training.text("text");
    return course + ", " + training.number("count") + " so far";
  }

  private static String running(SmpMap training) throws SmpException {
    return String.format(Locale.ROOT, "running, epoch %,d", training.number("epochs"))
        + (training.has("loss") ? ", loss " + LossText.of(training.real("loss")) : "");
  }

  private static void addCounters(List<String> lines, SmpMap counters) throws SmpException {
    lines.add(
        String.format(
            Locale.ROOT,
            "debounce: %d ms, %,d changes, %,d bounces",
            counters.number("debounce_ms"),
            counters.number("changes"),
            counters.number("bounces")));
    lines.add(
        String.format(
            Locale.ROOT,
            "control: %,d ticks in %,d s",
            counters.number("ticks"),
            counters.number("uptime_s")));
  }

  private static String cable(SmpMap cable) throws SmpException {
    return String.format(
        Locale.ROOT,
        "%s at %d baud, %s, opened %,d times; %,d frames, %,d dropped, %,d bytes in, %,d out",
        cable.text("port"),
        cable.number("baud"),
        cable.text("state"),
        cable.number("opened"),
        cable.number("frames"),
        cable.number("dropped"),
        cable.number("bytes_in"),
        cable.number("bytes_out"));
  }

  private String faults() throws SmpException {
    return status.map("counters").number("faults")
        + (status.has("fault") ? ", last: " + status.text("fault") : "");
  }

  @Override
  public void print(PrintWriter out) throws SmpException {
    lines().forEach(out::println);
  }

  /** All that the device says; the schema is that of its protocol, not that of this object. */
  @Override
  public JsonObject json() {
    return json(status)
        .put("schema", null)
        .put("truthTable", truth == null ? null : TruthTableText.json(truth));
  }

  private static JsonObject json(SmpMap map) {
    JsonObject object = new JsonObject();
    map.fields().forEach((name, value) -> object.put(name, json(value)));
    return object;
  }

  /** Numbers with a fraction come as floats, and look like them. */
  private static Object json(Object value) {
    return switch (value) {
      case SmpMap map -> json(map);
      case List<?> list -> list.stream().map(DeviceReport::json).toList();
      case Double real -> real.floatValue();
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      default -> value;
    };
  }
}
