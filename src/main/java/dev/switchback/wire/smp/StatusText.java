package dev.switchback.wire.smp;

import dev.switchback.core.LossText;
import dev.switchback.core.PositionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Formats a device's status, the map of group 100 command 0, for the shell, the keyboard and the
 * laptop. One {@code name: value} per line.
 */
public final class StatusText {
  private static final int SHORT_HASH_DIGITS = 8;

  private StatusText() {}

  /**
   * Returns the whole status.
   *
   * @throws SmpException if a field is missing or of another type
   */
  public static List<String> lines(SmpMap status) throws SmpException {
    List<String> lines = new ArrayList<>();
    lines.add("device: switchback " + status.text("program") + " on " + status.text("board"));
    lines.add("state: " + status.text("state"));
    lines.add("position: " + position(status));
    lines.add(
        "engine: "
            + status.text("engine")
            + (status.has("quantization") ? ", " + status.text("quantization") : ""));
    lines.add(
        "lesson: %s, recipe %s, %s"
            .formatted(lesson(status), status.text("recipe"), status.text("topology")));
    lines.add("weights: " + status.text("weights"));
    lines.addAll(slots(status));
    lines.add("storage: " + status.text("storage") + ", next start: " + status.text("swap"));
    if (status.has("max_image_bytes")) {
      lines.add("images: " + images(status));
    }
    for (String problem : status.texts("problems")) {
      lines.add("problem: " + problem);
    }
    lines.add("training: " + training(status.map("training")));
    addCounters(lines, status.map("counters"));
    lines.add("cable: " + (status.has("cable") ? cable(status.map("cable")) : "none configured"));
    if (status.has("line")) {
      lines.add("line: " + line(status.map("line")));
    }
    lines.add("faults: " + faults(status));
    if (status.has("refused")) {
      lines.add("refused: " + status.text("refused"));
    }
    return lines;
  }

  /** Returns one line for each slot. */
  public static List<String> slots(SmpMap status) throws SmpException {
    List<String> lines = new ArrayList<>();
    for (SmpMap slot : status.maps("slots")) {
      lines.add(slot(slot));
    }
    return lines;
  }

  private static String lesson(SmpMap status) throws SmpException {
    String truth = status.text("truth");
    String configured = status.text("configured_truth", truth);
    String learning = status.text("learning", truth);
    return truth
        + (configured.equals(truth) ? "" : " (configured " + configured + ")")
        + (learning.equals(truth) ? "" : ", learning " + learning);
  }

  private static String position(SmpMap status) throws SmpException {
    String leds = status.text("leds", status.flag("led", false) ? "1" : "0");
    return PositionText.of(status.text("switches", ""), leds, outputs(status));
  }

  /** Version 0.1 tells only the output of one LED. */
  private static float[] outputs(SmpMap status) throws SmpException {
    if (!status.has("outputs")) {
      return status.has("output") ? new float[] {(float) status.real("output")} : new float[0];
    }
    double[] reals = status.reals("outputs");
    float[] outputs = new float[reals.length];
    for (int led = 0; led < outputs.length; led++) {
      outputs[led] = (float) reals[led];
    }
    return outputs;
  }

  private static String slot(SmpMap slot) throws SmpException {
    List<String> parts = new ArrayList<>();
    parts.add(slot.has("version") ? image(slot) : "no image");
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
    return slot.text("version") + " " + shortHash(slot.text("hash")) + " " + slot.text("topology");
  }

  private static String shortHash(String digits) {
    return digits.substring(0, Math.min(digits.length(), SHORT_HASH_DIGITS));
  }

  private static String images(SmpMap status) throws SmpException {
    return String.format(Locale.ROOT, "up to %,d bytes, ", status.number("max_image_bytes"))
        + signers(status)
        + (status.has("highest") ? ", not below " + status.text("highest") : "");
  }

  private static String signers(SmpMap status) throws SmpException {
    List<String> keys = new ArrayList<>();
    for (String key : status.textsOrEmpty("keys")) {
      keys.add(shortHash(key));
    }
    return keys.isEmpty() ? "from anybody" : "signed by key " + String.join(" or ", keys);
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

  private static String line(SmpMap line) throws SmpException {
    long guests = line.number("guests");
    return String.format(
        Locale.ROOT,
        "%s, %s; %d %s",
        line.text("path"),
        line.text("state"),
        guests,
        guests == 1 ? "guest" : "guests");
  }

  private static String faults(SmpMap status) throws SmpException {
    return status.map("counters").number("faults")
        + (status.has("fault") ? ", last: " + status.text("fault") : "");
  }
}
