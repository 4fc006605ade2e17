package dev.switchback.device.cable;

import dev.switchback.core.Engine;
import dev.switchback.core.LossCurve;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.Key;
import dev.switchback.device.control.Decision;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.Inference;
import dev.switchback.device.node.Taught;
import dev.switchback.device.node.TrainingProgress;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpRequest;
import java.io.IOException;

/** Group 100: commands that SMP lacks; see protocol.md. Session's thread. */
final class SwitchbackGroup extends SmpGroup {
  private static final int MAX_POINTS = 128;

  static final int ID = 100;
  static final int STATUS = 0;
  private static final int TRUTH = 1;
  private static final int INFER = 2;
  private static final int TRAIN = 3;
  private static final int CURVE = 4;
  static final int REVERT = 5;
  private static final int TEACH = 6;
  private static final int UNTEACH = 7;
  static final int LIVE = 8;
  private static final int SWITCH = 9;

  private final Device device;

  SwitchbackGroup(Device device) {
    super(ID, "switchback", 10);
    this.device = device;
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (request.isWrite()) {
      write(request, answer);
    } else {
      read(request, answer);
    }
  }

  private void write(SmpRequest request, CborWriter answer) throws IOException {
    try {
      switch (request.command()) {
        case TRAIN -> device.retrain();
        case REVERT -> device.apply(Event.REVERT, null);
        case TEACH -> taught(device.teach(request.map().text("lesson")), answer);
        case UNTEACH -> taught(device.unteach(), answer);
        case SWITCH ->
            device.setSwitch(request.map().number("switch"), request.map().flag("closed"));
        default -> throw request.notSupported();
      }
    } catch (StoreException e) {
      throw refusal(e);
    }
  }

  private static void taught(Taught taught, CborWriter answer) throws IOException {
    answer.text("lesson", taught.lesson().toString());
    answer.flag("training", taught.isTraining());
  }

  private static SmpException refusal(StoreException failure) {
    GroupError error =
        switch (failure.reason()) {
          case REFUSED, OLDER -> GroupError.SWITCHBACK_REFUSED;
          case BUSY -> GroupError.SWITCHBACK_BUSY;
          case NO_IMAGE -> GroupError.SWITCHBACK_NO_IMAGE;
          case INPUT -> GroupError.SWITCHBACK_INPUT;
          case SELF_TEST -> GroupError.SWITCHBACK_SELF_TEST;
          case STORAGE -> GroupError.SWITCHBACK_STORAGE;
        };
    return new SmpException(error, String.valueOf(failure.getMessage()));
  }

  private void read(SmpRequest request, CborWriter answer) throws IOException {
    switch (request.command()) {
      case STATUS -> DeviceStatusMap.write(device, answer);
      case TRUTH -> truth(answer);
      case INFER -> infer(request.map().reals("x"), answer);
      case CURVE -> curve(request.map().number("cursor", 0), answer);
      case LIVE -> live(answer);
      default -> throw request.notSupported();
    }
  }

  /** Writes what moves, in few bytes. */
  private void live(CborWriter answer) throws IOException {
    Decision decision = device.decision();
    TrainingProgress training = device.training();
    answer.number("s", decision.row());
    answer.number("l", decision.answer());
    answer.list("o");
    for (float output : decision.outputs()) {
      answer.real(output);
    }
    answer.end();
    answer.number("g", decision.generation());
    answer.flag("t", training.running());
    answer.number("e", training.epochs());
    answer.number("c", device.changes());
  }

  /** Writes the answers of the image in use, all rows from the same image. */
  private void truth(CborWriter answer) throws IOException {
    Engine engine = device.engine();
    WeightImage image = device.status().store().running().image();
    TruthTable truth =
        image == null ? device.truth() : device.configuration().lessonRule().of(image);
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
    for (float output : answers.displayedOutputs()) {
      answer.real(output);
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
    Inference inference = device.infer(inputs);
    if (inference == null) {
      throw new SmpException(GroupError.SWITCHBACK_NO_IMAGE, "no network answers");
    }
    answer.list("y");
    for (float output : inference.outputs()) {
      answer.real(output);
    }
    answer.end();
    answer.number("answer", inference.answer());
  }

  private void curve(long cursor, CborWriter answer) throws IOException {
    // Read before the points: once it reports the end, all points are there.
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
    answer.list("restarts");
    for (LossCurve.Point point : piece.points()) {
      answer.number(point.restarts());
    }
    answer.end();
    answer.text("text", training.text());
  }
}
