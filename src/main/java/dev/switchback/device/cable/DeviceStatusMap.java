package dev.switchback.device.cable;

import dev.switchback.PrintableText;
import dev.switchback.core.PositionText;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.HeaderPins;
import dev.switchback.device.config.Key;
import dev.switchback.device.control.Decision;
import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceStatus;
import dev.switchback.device.node.LineStatus;
import dev.switchback.device.node.TrainingProgress;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import dev.switchback.wire.smp.StatusText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the status map of group 100, see protocol.md. */
public final class DeviceStatusMap {
  private static final int SCHEMA = 1;
  private static final int MAX_BYTES = 1 << 16;
  private static final int MAX_LINE_NAME = 40;

  private DeviceStatusMap() {}

  /** Returns the status as lines of {@link StatusText}. Any thread. */
  public static List<String> lines(Device device) {
    return text(device, StatusText::lines);
  }

  /** Returns only the lines of the slots. Any thread. */
  static List<String> slots(Device device) {
    return text(device, StatusText::slots);
  }

  private interface Text {
    List<String> of(SmpMap status) throws SmpException;
  }

  private static List<String> text(Device device, Text text) {
    CborWriter answer = new CborWriter(MAX_BYTES);
    try {
      answer.begin();
      write(device, answer);
      int length =
          answer.finish(
              SmpHeader.request(SmpHeader.READ, SwitchbackGroup.ID, SwitchbackGroup.STATUS, 0));
      return text.of(SmpMap.read(answer.buffer(), SmpHeader.BYTES, length - SmpHeader.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the fields of the map. */
  static void write(Device device, CborWriter answer) throws IOException {
    DeviceStatus status = device.status();
    answer.number("schema", SCHEMA);
    answer.text("program", DeviceSystem.version());
    answer.text("board", status.board());
    answer.flag("simulated", device.isSimulated());
    answer.text("state", status.state());
    position(status, answer);
    answer.text("engine", status.engine());
    if (!status.quantization().isEmpty()) {
      answer.text("quantization", status.quantization());
    }
    answer.text("recipe", status.recipe());
    answer.text("topology", status.topology());
    answer.text("truth", status.truth().toString());
    answer.text("configured_truth", status.configured().toString());
    text("learning", status.learning(), answer);
    answer.flag("lesson_configured", device.configuration().get(Key.LESSON));
    answer.text("weights", status.weights());
    answer.list("slots");
    for (SlotStatus slot : status.store().slots()) {
      slot(slot, answer);
    }
    answer.end();
    answer.number("max_image_bytes", WeightImage.MAX_BYTES);
    texts("keys", status.keys(), answer);
    text("highest", status.store().highest(), answer);
    answer.text("storage", status.store().storage());
    answer.text("swap", status.store().swap().label());
    texts("problems", status.store().problems(), answer);
    training(device.training(), answer);
    counters(status, answer);
    text("fault", status.lastFault(), answer);
    cable(status.cable(), answer);
    line(status.socket(), answer);
    wiring(device, answer);
    text("refused", device.refused(), answer);
  }

  private static void wiring(Device device, CborWriter answer) throws IOException {
    Wiring wiring = device.configuration().wiring();
    answer.map("wiring");
    texts("switches", wiring.switches().stream().map(it -> place(it.line())).toList(), answer);
    answer.number("buttons", device.buttons());
    texts("leds", wiring.leds().stream().map(it -> place(it.line())).toList(), answer);
    Wiring.Switch teach = wiring.teach();
    text("teach", teach == null ? null : place(teach.line()), answer);
    answer.end();
  }

  private static String place(Line line) {
    return PrintableText.of(HeaderPins.place(line), MAX_LINE_NAME);
  }

  private static void text(String name, @Nullable Object value, CborWriter answer)
      throws IOException {
    if (value != null) {
      answer.text(name, value.toString());
    }
  }

  private static void texts(String name, List<String> values, CborWriter answer)
      throws IOException {
    answer.list(name);
    for (String value : values) {
      answer.text(value);
    }
    answer.end();
  }

  private static void position(DeviceStatus status, CborWriter answer) throws IOException {
    Decision decision = status.decision();
    answer.text("switches", TruthTable.levels(decision.row(), status.truth().inputs()));
    int leds = status.truth().leds();
    answer.flag("led", TruthTable.level(decision.answer(), 0, leds) == 1);
    answer.text("leds", PositionText.answer(decision.answer(), leds));
    float[] outputs = decision.outputs();
    if (outputs.length > 0) {
      answer.real("output", outputs[0]);
    }
    answer.list("outputs");
    for (float output : outputs) {
      answer.real(output);
    }
    answer.end();
  }

  private static void slot(SlotStatus slot, CborWriter answer) throws IOException {
    answer.map();
    answer.number("slot", slot.slot());
    answer.text("file", slot.file().fileName());
    WeightImage image = slot.image();
    if (image != null) {
      answer.text("version", image.version().toString());
      answer.text("hash", image.hashText());
      answer.text("topology", image.topology().toString());
      text("lesson", image.lesson(), answer);
      answer.flag("signed", image.isSigned());
    }
    texts("flags", slot.flags(), answer);
    text("trouble", slot.trouble(), answer);
    answer.end();
  }

  private static void training(TrainingProgress training, CborWriter answer) throws IOException {
    answer.map("training");
    answer.flag("running", training.running());
    answer.number("count", training.count());
    answer.number("epochs", training.epochs());
    if (Float.isFinite(training.loss())) {
      answer.real("loss", training.loss());
    }
    answer.text("text", training.text());
    answer.end();
  }

  private static void counters(DeviceStatus status, CborWriter answer) throws IOException {
    answer.map("counters");
    answer.number("debounce_ms", status.debounceMillis());
    answer.number("changes", status.changes());
    answer.number("bounces", status.bounces());
    answer.number("ticks", status.ticks());
    answer.number("uptime_s", status.uptimeSeconds());
    answer.number("faults", status.faults());
    answer.end();
  }

  private static void cable(@Nullable CableStatus cable, CborWriter answer) throws IOException {
    if (cable == null) {
      return;
    }
    answer.map("cable");
    answer.text("port", cable.port());
    answer.number("baud", cable.baud());
    answer.text("state", cable.state());
    traffic(cable, answer);
    answer.end();
  }

  private static void line(@Nullable LineStatus line, CborWriter answer) throws IOException {
    if (line == null) {
      return;
    }
    answer.map("line");
    answer.text("path", line.path());
    answer.text("state", line.state());
    answer.number("guests", line.guests());
    answer.end();
  }

  /** Writes the counters of the cable. */
  static void traffic(CableStatus cable, CborWriter answer) throws IOException {
    answer.number("opened", cable.opened());
    answer.number("bytes_in", cable.bytesIn());
    answer.number("bytes_out", cable.bytesOut());
    answer.number("frames", cable.frames());
    answer.number("dropped", cable.dropped());
  }
}
