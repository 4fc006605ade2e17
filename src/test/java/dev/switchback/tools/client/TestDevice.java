package dev.switchback.tools.client;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.VersionRule;
import dev.switchback.device.store.WeightStore;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.FilePort;
import dev.switchback.wire.smp.FsGroup;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.ImageGroup;
import dev.switchback.wire.smp.ImageHash;
import dev.switchback.wire.smp.ImagePort;
import dev.switchback.wire.smp.ImageState;
import dev.switchback.wire.smp.OsGroup;
import dev.switchback.wire.smp.OsPort;
import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpRequest;
import dev.switchback.wire.smp.SmpServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A device as its cable shows it: the real store and the real groups, without threads. */
final class TestDevice implements ServerLine.Server {
  /** What it is configured for, as it tells it; its self-test is another thing here. */
  String expected = "0110";

  /** The truth table that the status tells. */
  String told = "0110";

  int maxBytes = WeightImage.MAX_BYTES;
  @Nullable String key;

  /** Major version of the image that fails the self-test. */
  int failing = -1;

  /** Starts that a reset brings about until it does again. */
  int deafResets;

  /** How long it is silent after a reset. */
  long bootNanos;

  private long bootedNanos = Long.MIN_VALUE / 2;

  @Nullable String refused;
  int starts;
  int staged;
  private final WeightStore store =
      new WeightStore(
          new MemoryStorage(),
          () -> DeployedImage.OLD,
          image -> image.version().major() == failing ? "fails the self-test" : null,
          VersionRule.NONE);
  private final ImageGroup images = new ImageGroup(new Images());
  private final SmpServer server;

  TestDevice(int bufferBytes, int buffers, boolean isSwitchback) {
    List<SmpGroup> groups = new ArrayList<>();
    groups.add(new OsGroup(new Machine(), bufferBytes, buffers));
    groups.add(images);
    groups.add(new FsGroup(new Files()));
    if (isSwitchback) {
      groups.add(new Switchback());
    }
    server = new SmpServer(groups, 4096);
    store.start();
  }

  TestDevice() {
    this(4096, 4, true);
  }

  @Override
  public byte @Nullable [] answer(byte[] packet, long nowNanos) {
    if (nowNanos - bootedNanos < 0) {
      return null;
    }
    int length = server.handle(packet, packet.length, nowNanos);
    byte[] answer = Arrays.copyOf(server.answer(), length);
    int before = starts;
    server.afterAnswer();
    bootedNanos = starts > before ? nowNanos + bootNanos : nowNanos;
    return length == 0 ? null : answer;
  }

  WeightImage running() {
    return Objects.requireNonNull(store.running().image());
  }

  boolean isOnTrial() {
    return store.running().onTrial();
  }

  /** As after a power cut. */
  void restart() {
    starts++;
    store.start();
  }

  private final class Machine implements OsPort {
    @Override
    public String info(char letter) {
      return "test";
    }

    @Override
    public String bootloader() {
      return "none";
    }

    @Override
    public void reset() {
      if (deafResets-- <= 0) {
        restart();
      }
    }
  }

  /** A command to the store. */
  private interface Command {
    void run() throws StoreException;
  }

  private void carryOut(Command command) throws SmpException {
    try {
      command.run();
    } catch (StoreException e) {
      refused = e.getMessage();
      throw new SmpException(error(e.reason()), String.valueOf(refused));
    }
  }

  private static GroupError error(StoreException.Reason reason) {
    return switch (reason) {
      case REFUSED, INPUT, OLDER, BUSY -> GroupError.IMAGE_ALREADY_PENDING;
      case NO_IMAGE -> GroupError.IMAGE_NO_IMAGE;
      case SELF_TEST -> GroupError.IMAGE_CONFIRMATION_DENIED;
      case STORAGE -> GroupError.IMAGE_WRITE_FAILED;
    };
  }

  private final class Images implements ImagePort {
    @Override
    public List<ImageState> images() {
      List<ImageState> states = new ArrayList<>();
      for (SlotStatus slot : store.status().slots()) {
        WeightImage image = slot.image();
        if (image != null) {
          states.add(
              new ImageState(
                  slot.slot(),
                  image.version().toString(),
                  new ImageHash(image.hash()),
                  true,
                  slot.pending(),
                  slot.confirmed(),
                  slot.active(),
                  slot.permanent()));
        }
      }
      return states;
    }

    @Override
    public ImageHash hash(byte[] file) {
      return new ImageHash(new byte[0]);
    }

    @Override
    public int maxBytes() {
      return WeightImage.MAX_BYTES;
    }

    @Override
    public void stage(byte[] file, boolean onlyNewer) throws SmpException {
      staged++;
      try {
        WeightImage image = WeightImage.read(file);
        carryOut(() -> store.apply(Event.STAGE, image));
      } catch (FormatException e) {
        refused = e.getMessage();
        throw new SmpException(GroupError.IMAGE_INVALID_HEADER, String.valueOf(refused));
      }
    }

    @Override
    public void mark(ImageHash hash, boolean isPermanent) throws SmpException {
      carryOut(() -> store.apply(isPermanent ? Event.PERMANENT : Event.TEST, meant(hash)));
    }

    private @Nullable WeightImage meant(ImageHash hash) {
      return store.status().slots().stream()
          .map(SlotStatus::image)
          .filter(image -> image != null && Arrays.equals(image.hash(), hash.bytes()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void confirm() throws SmpException {
      carryOut(() -> store.apply(Event.CONFIRM, null));
    }

    @Override
    public void erase() throws SmpException {
      carryOut(() -> store.apply(Event.ERASE, null));
    }
  }

  private final class Files implements FilePort {
    private byte[] content(String name) throws SmpException {
      if (!name.equals("/weights/slot0.img")) {
        throw new SmpException(GroupError.FILE_NOT_FOUND, name);
      }
      return running().bytes();
    }

    @Override
    public long length(String name) throws SmpException {
      return content(name).length;
    }

    @Override
    public byte[] read(String name, long offset, int most) throws SmpException {
      byte[] content = content(name);
      int from = (int) Math.min(content.length, offset);
      return Arrays.copyOfRange(content, from, Math.min(content.length, from + most));
    }

    @Override
    public void create(String name, long length) throws SmpException {
      throw new SmpException(GroupError.FILE_READ_ONLY, name);
    }

    @Override
    public void append(byte[] bytes) {
      throw new AssertionError("nothing was created");
    }

    @Override
    public void complete() {
      throw new AssertionError("nothing was created");
    }

    @Override
    public void flush() {}
  }

  private final class Switchback extends SmpGroup {
    Switchback() {
      super(100, "switchback", 6);
    }

    @Override
    public void handle(SmpRequest request, CborWriter answer) throws IOException {
      switch (request.command()) {
        case 0 -> status(answer);
        case 1 -> truth(answer);
        case 5 -> carryOut(() -> store.apply(Event.REVERT, null));
        default -> throw new SmpException(SmpError.NOT_SUPPORTED, "not in this test");
      }
    }

    private void status(CborWriter answer) throws IOException {
      answer.text("program", "switchback 1.0");
      answer.text("board", "test board");
      answer.text("state", "answering");
      answer.text("engine", "float");
      answer.text("truth", told);
      answer.number("max_image_bytes", maxBytes);
      if (key != null) {
        answer.list("keys");
        answer.text(key);
        answer.end();
      }
      answer.list("problems");
      for (String problem : store.status().problems()) {
        answer.text(problem);
      }
      answer.end();
      if (refused != null) {
        answer.text("refused", refused);
      }
    }

    private void truth(CborWriter answer) throws IOException {
      Model model = Engine.FLOAT.model(running().parameters());
      answer.number("inputs", 2);
      answer.text("expected", expected);
      answer.text("answers", TruthTable.answeredBy(model).toString());
      answer.list("outputs");
      for (int row = 0; row < 4; row++) {
        float[] outputs = new float[1];
        model.infer(new float[] {row >> 1, row & 1}, outputs);
        answer.real(outputs[0]);
      }
      answer.end();
      answer.text("engine", "float");
      answer.bytes("hash", running().hash());
    }
  }
}
