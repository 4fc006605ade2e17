package dev.switchback.device.cable;

import dev.switchback.core.Engine;
import dev.switchback.core.LossCurve;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.Key;
import dev.switchback.device.control.Decision;
import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceStatus;
import dev.switchback.device.node.TrainingProgress;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Group 100: what SMP has no words for; protocol.md has its maps. Cable thread. */
final class SwitchbackGroup extends SmpGroup {
  private static final int SCHEMA = 1;
  private static final int MAX_POINTS = 128;

  private static final int STATUS = 0;
  private static final int TRUTH = 1;
  private static final int INFER = 2;
  private static final int TRAIN = 3;
  private static final int CURVE = 4;
  private static final int REVERT = 5;

  private final Device device;

  SwitchbackGroup(Device device) {
    super(100, "switchback", 6);
    this.device = device;
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (request.isWrite()) {
      write(request);
    } else {
      read(request, answer);
    }
  }

  private void write(SmpRequest request) throws SmpException {
    try {
      switch (request.command()) {
        case TRAIN -> device.retrain();
        case REVERT -> device.apply(Event.REVERT, null);
        default -> throw request.notSupported();
      }
    } catch (StoreException e) {
      throw refusal(e);
    }
  }

  private static SmpException refusal(StoreException failure) {
    GroupError error =
        switch (failure.reason()) {
          case REFUSED -> GroupError.SWITCHBACK_REFUSED;
          case BUSY -> GroupError.SWITCHBACK_BUSY;
          case NO_IMAGE -> GroupError.SWITCHBACK_NO_IMAGE;
          case SELF_TEST -> GroupError.SWITCHBACK_SELF_TEST;
          case STORAGE -> GroupError.SWITCHBACK_STORAGE;
        };
    return new SmpException(error, String.valueOf(failure.getMessage()));
  }

  private void read(SmpRequest request, CborWriter answer) throws IOException {
    switch (request.command()) {
      case STATUS -> status(answer);
      case TRUTH -> truth(answer);
      case INFER -> infer(request.map().reals("x"), answer);
      case CURVE -> curve(request.map().number("cursor", 0), answer);
      default -> throw request.notSupported();
    }
  }

  private void status(CborWriter answer) throws IOException {
    DeviceStatus status = device.status();
    answer.number("schema", SCHEMA);
    answer.text("program", DeviceSystem.version());
    answer.text("board", status.board());
    answer.text("state", status.state());
    position(device.decision(), answer);
    answer.text("engine", status.engine());
    answer.text("recipe", status.recipe());
    answer.text("topology", status.topology());
    answer.text("truth", status.truth());
    answer.text("weights", status.weights());
    answer.list("slots");
    for (SlotStatus slot : status.store().slots()) {
      slot(slot, answer);
    }
    answer.end();
    answer.number("max_image_bytes", WeightImage.MAX_BYTES);
    text("key", status.key(), answer);
    answer.text("storage", status.store().storage());
    answer.text("swap", status.store().swap().label());
    answer.list("problems");
    for (String problem : status.store().problems()) {
      answer.text(problem);
    }
    answer.end();
    training(answer);
    counters(status, answer);
    text("fault", status.lastFault(), answer);
    cable(status.cable(), answer);
    text("refused", device.refused(), answer);
  }

  private static void text(String name, @Nullable String value, CborWriter answer)
      throws IOException {
    if (value != null) {
      answer.text(name, value);
    }
  }

  private void position(Decision decision, CborWriter answer) throws IOException {
    if (decision.valid()) {
      int inputs = device.configuration().get(Key.TRUTH).inputs();
      answer.text("switches", TruthTable.levels(decision.row(), inputs));
      answer.flag("led", decision.lit());
      answer.real("output", decision.output());
    }
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
      answer.flag("signed", image.isSigned());
    }
    answer.list("flags");
    for (String flag : slot.flags()) {
      answer.text(flag);
    }
    answer.end();
    text("trouble", slot.trouble(), answer);
    answer.end();
  }

  private void training(CborWriter answer) throws IOException {
    TrainingProgress training = device.training();
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
    answer.number("opened", cable.opened());
    answer.number("bytes_in", cable.bytesIn());
    answer.number("bytes_out", cable.bytesOut());
    answer.number("frames", cable.frames());
    answer.number("dropped", cable.dropped());
    answer.end();
  }

  /** What the image that answers says to every row, from one look at it. */
  private void truth(CborWriter answer) throws IOException {
    TruthTable truth = device.configuration().get(Key.TRUTH);
    Engine engine = device.engine();
    WeightImage image = device.status().store().running().image();
    Parameters parameters = image == null ? device.parameters() : image.parameters();
    answer.number("inputs", truth.inputs());
    answer.text("expected", truth.toString());
    answer.text("engine", engine.label());
    if (image != null) {
      answer.bytes("hash", image.hash());
    }
    if (parameters != null) {
      outputs(Answers.of(engine.model(parameters)), answer);
    }
  }

  private static void outputs(Answers answers, CborWriter answer) throws IOException {
    answer.list("outputs");
    for (int row = 0; row < answers.rows(); row++) {
      answer.real(answers.shown(row));
    }
    answer.end();
    answer.text("answers", answers.toString());
  }

  private void infer(double[] x, CborWriter answer) throws IOException {
    int switches = device.configuration().get(Key.TRUTH).inputs();
    if (x.length != switches) {
      throw new SmpException(
          GroupError.SWITCHBACK_INPUT, "x: found " + x.length + " numbers, expected " + switches);
    }
    float[] inputs = new float[switches];
    for (int i = 0; i < switches; i++) {
      inputs[i] = (float) x[i];
      if (!Float.isFinite(inputs[i])) {
        throw new SmpException(GroupError.SWITCHBACK_INPUT, "x: " + x[i] + " is not finite");
      }
    }
    float[] outputs = device.infer(inputs);
    if (outputs == null) {
      throw new SmpException(GroupError.SWITCHBACK_NO_IMAGE, "no network answers");
    }
    answer.list("y");
    for (float output : outputs) {
      answer.real(output);
    }
    answer.end();
    answer.number("answer", Model.answer(outputs));
  }

  private void curve(long cursor, CborWriter answer) throws IOException {
    // The state before the points: the last of them are there once it says that it ended.
    TrainingProgress training = device.training();
    LossCurve.Piece piece = device.curve().after(cursor, MAX_POINTS);
    answer.number("cursor", piece.cursor());
    answer.flag("running", training.running());
    answer.list("epochs");
    for (LossCurve.Point point : piece.points()) {
      answer.number(point.epoch());
    }
    answer.end();
    answer.list("losses");
    for (LossCurve.Point point : piece.points()) {
      answer.real(point.loss());
    }
    answer.end();
    answer.text("text", training.text());
  }
}
