package dev.switchback.tools.client;

import dev.switchback.Clock;
import dev.switchback.core.LossCurve;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.ImageHash;
import dev.switchback.wire.smp.ImageState;
import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a device understands, one method each. A refusal is a {@link LaptopException}
 * with the reason. One thread; {@link #close} may be called from any thread and ends a waiting
 * command.
 */
public final class DeviceClient implements AutoCloseable {
  private static final int OS = 0;
  private static final int ECHO = 0;
  private static final int RESET = 5;
  private static final int PARAMETERS = 6;

  private static final int IMAGE = 1;
  private static final int STATE = 0;

  private static final int SWITCHBACK = 100;
  private static final int STATUS = 0;
  private static final int TRUTH = 1;
  private static final int TRAIN = 3;
  private static final int CURVE = 4;
  private static final int REVERT = 5;
  private static final int TEACH = 6;
  private static final int UNTEACH = 7;
  private static final int LIVE = 8;

  /** Errors that only a faulty client gets, or one that talks to another kind of device. */
  private static final Set<SmpError> MISUNDERSTOOD =
      Set.of(
          SmpError.INVALID,
          SmpError.TOO_LONG,
          SmpError.NOT_SUPPORTED,
          SmpError.CORRUPT,
          SmpError.TOO_OLD,
          SmpError.TOO_NEW);

  /** For commands that write to a disk, which may be a slow card. They are safe to repeat. */
  static final long DISK_PATIENCE_NANOS = 3 * SmpClient.PATIENCE_NANOS;

  private final SmpClient smp;
  private final boolean isPlain;

  DeviceClient(SmpClient smp, boolean isPlain) {
    this.smp = smp;
    this.isPlain = isPlain;
  }

  /**
   * Opens a port and waits for a first answer.
   *
   * @param baud of the port, for timeouts
   */
  public static DeviceClient open(Port port, int baud, Clock clock) throws LaptopException {
    return open(port, baud, clock, false, SmpClient.TRIES, SmpClient.PATIENCE_NANOS);
  }

  /** The same for any SMP server; only commands of groups 0 and 1 may be used. */
  static DeviceClient openPlain(Port port, int baud, Clock clock) throws LaptopException {
    return open(port, baud, clock, true, SmpClient.TRIES, SmpClient.PATIENCE_NANOS);
  }

  static DeviceClient open(
      Port port, int baud, Clock clock, boolean isPlain, int tries, long patienceNanos)
      throws LaptopException {
    try {
      DeviceClient device =
          new DeviceClient(new SmpClient(port.open(), port.toString(), baud, clock, 0), isPlain);
      device.greet(tries, patienceNanos);
      return device;
    } catch (LinkException e) {
      throw LaptopException.of(e);
    }
  }

  /**
   * Sends a write, so that the server does not take the next request for a repetition by the
   * previous client. Once it is answered, even with an error, all answers to that client have
   * passed.
   */
  private void greet(int tries, long patienceNanos) throws LaptopException {
    try {
      smp.ask(SmpHeader.WRITE, OS, ECHO, echoFields("switchback"), tries, patienceNanos);
    } catch (LaptopException e) {
      close();
      throw e;
    }
  }

  SmpClient smp() {
    return smp;
  }

  /** Sends a text and returns the echo. */
  public String echo(String text) throws LaptopException {
    SmpMap answer = write(OS, ECHO, echoFields(text));
    return parsed(() -> answer.text("r"));
  }

  private static Fields echoFields(String text) {
    return writer -> {
      writer.begin(1);
      writer.text("d", text);
    };
  }

  /** Reads the buffer parameters of the server. */
  public BufferParameters parameters() throws LaptopException {
    SmpMap answer = smp.ask(SmpHeader.READ, OS, PARAMETERS, Fields.NONE);
    if (isPlain && is(answer, SmpError.NOT_SUPPORTED)) {
      return BufferParameters.LEAST;
    }
    checked(answer);
    return parsed(
        () -> BufferParameters.of(answer.number("buf_size"), answer.number("buf_count", 1)));
  }

  /** Makes the device choose its weights as at a start, after it has answered. */
  public void reset() throws LaptopException {
    write(OS, RESET, Fields.NONE);
  }

  /** Reads the images in the slots; empty slots are omitted. */
  public List<ImageState> images() throws LaptopException {
    return images(read(IMAGE, STATE, Fields.NONE));
  }

  /** Marks the image with this hash for a trial after the next {@link #reset}. */
  public List<ImageState> test(ImageHash hash) throws LaptopException {
    return images(
        writeToDisk(
            IMAGE,
            STATE,
            writer -> {
              writer.begin(2);
              writer.bytes("hash", hash.bytes());
              writer.flag("confirm", false);
            }));
  }

  /** Confirms the image that answers. */
  public List<ImageState> confirm() throws LaptopException {
    return images(
        writeToDisk(
            IMAGE,
            STATE,
            writer -> {
              writer.begin(1);
              writer.flag("confirm", true);
            }));
  }

  private static List<ImageState> images(SmpMap answer) throws LaptopException {
    return parsed(() -> {
      List<ImageState> images = new ArrayList<>();
      for (SmpMap image : answer.maps("images")) {
        images.add(image(image));
      }
      return List.copyOf(images);
    });
  }

  /** Flags that only MCUboot has are false by default. */
  private static ImageState image(SmpMap map) throws IOException {
    return new ImageState(
        Math.toIntExact(map.number("slot")),
        version(map.text("version")),
        new ImageHash(map.bytesOrEmpty("hash")),
        map.flag("bootable", false),
        map.flag("pending", false),
        map.flag("confirmed", false),
        map.flag("active", false),
        map.flag("permanent", false));
  }

  /** Rewrites a build number after a dot to follow a plus sign. */
  private static String version(String text) {
    return text.replaceFirst("^(\\d+\\.\\d+\\.\\d+)\\.", "$1+");
  }

  /** Reads the status map; protocol.md lists its fields. */
  public SmpMap status() throws LaptopException {
    return checked(statusOfOurs());
  }

  /**
   * Reads the answer for every switch position.
   *
   * @throws LaptopException also if there is none: REFUSED
   */
  public TruthReading truth() throws LaptopException {
    TruthReading truth = truthIfAny();
    if (truth == null) {
      throw new LaptopException(
          Kind.REFUSED, "no network answers on the device; switchback status says why");
    }
    return truth;
  }

  /**
   * Reads the answer for every switch position; null if no network answers or the cable may not
   * read it.
   */
  public @Nullable TruthReading truthIfAny() throws LaptopException {
    SmpMap answer = smp.ask(SmpHeader.READ, SWITCHBACK, TRUTH, Fields.NONE);
    if (is(answer, SmpError.ACCESS_DENIED)) {
      return null;
    }
    checked(answer);
    boolean isDark = answer.has("expected") && !answer.has("answers");
    return isDark ? null : parsed(() -> truth(answer));
  }

  private static TruthReading truth(SmpMap answer) throws IOException {
    return new TruthReading(
        TruthTable.parse(answer.text("expected")),
        TruthTable.parse(answer.text("answers")),
        Arrays.stream(answer.reals("outputs")).boxed().toList(),
        answer.text("engine"),
        new ImageHash(answer.bytesOrEmpty("hash")));
  }

  /** Reads what moves, in few bytes; for views that ask many times a second. */
  public LiveReading live() throws LaptopException {
    return live(SmpClient.TRIES, SmpClient.PATIENCE_NANOS);
  }

  LiveReading live(int tries, long patienceNanos) throws LaptopException {
    SmpMap answer =
        checked(smp.ask(SmpHeader.READ, SWITCHBACK, LIVE, Fields.NONE, tries, patienceNanos));
    return parsed(() ->
        new LiveReading(
            Math.toIntExact(answer.number("s")),
            Math.toIntExact(answer.number("l")),
            Arrays.stream(answer.reals("o")).boxed().toList(),
            answer.number("g"),
            answer.flag("t", false),
            Math.toIntExact(answer.number("e")),
            answer.number("c")));
  }

  /** Starts a training from the next seed; {@link #curve} reports its progress. */
  public void train() throws LaptopException {
    write(SWITCHBACK, TRAIN, Fields.NONE);
  }

  /**
   * Teaches a lesson; {@link #curve} reports the progress.
   *
   * @param lesson a truth table, or a position and its answer; the device tells what is wrong in it
   * @return the whole lesson
   */
  public TruthTable teach(String lesson) throws LaptopException {
    return lesson(
        write(
            SWITCHBACK,
            TEACH,
            writer -> {
              writer.begin(1);
              writer.text("lesson", lesson);
            }));
  }

  /** Teaches the configured lesson, which it returns. */
  public TruthTable unteach() throws LaptopException {
    return lesson(write(SWITCHBACK, UNTEACH, Fields.NONE));
  }

  private static TruthTable lesson(SmpMap answer) throws LaptopException {
    return parsed(() -> TruthTable.parse(answer.text("lesson")));
  }

  /**
   * Reads the training progress and the new points of its loss curve.
   *
   * @param cursor 0, or the cursor of the previous piece
   */
  public TrainingReading curve(long cursor) throws LaptopException {
    SmpMap answer =
        read(
            SWITCHBACK,
            CURVE,
            writer -> {
              writer.begin(1);
              writer.number("cursor", cursor);
            });
    return parsed(() ->
        new TrainingReading(
            answer.flag("running", false),
            new LossCurve.Piece(answer.number("cursor"), points(answer)),
            answer.text("text")));
  }

  private static List<LossCurve.Point> points(SmpMap answer) throws IOException {
    List<Long> epochs = answer.numbers("epochs");
    double[] losses = answer.reals("losses");
    if (epochs.size() != losses.length) {
      throw new IOException(epochs.size() + " epochs, but " + losses.length + " losses");
    }
    List<LossCurve.Point> points = new ArrayList<>();
    for (int k = 0; k < losses.length; k++) {
      points.add(new LossCurve.Point(Math.toIntExact(epochs.get(k)), losses[k]));
    }
    return points;
  }

  /** Reverts to the previous image at once. */
  public void revert() throws LaptopException {
    write(SWITCHBACK, REVERT, Fields.NONE);
  }

  /** Downloads the image that answers. */
  public WeightImage pull(Progress progress) throws LaptopException {
    byte[] file = new Download(this, progress).run();
    try {
      return WeightImage.read(file);
    } catch (FormatException e) {
      throw new LaptopException(
          Kind.PROTOCOL,
          "the image that came is damaged, perhaps it was replaced meanwhile; try again: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Uploads an image to slot 1. Bytes that the device already has are not sent again.
   *
   * @param file of an image, at least 1 byte
   */
  public void upload(byte[] file, Progress progress) throws LaptopException {
    new Upload(this, file, parameters(), progress).run();
  }

  SmpMap read(int group, int command, Fields fields) throws LaptopException {
    return checked(smp.ask(SmpHeader.READ, group, command, fields));
  }

  private SmpMap write(int group, int command, Fields fields) throws LaptopException {
    return checked(smp.ask(SmpHeader.WRITE, group, command, fields));
  }

  private SmpMap writeToDisk(int group, int command, Fields fields) throws LaptopException {
    return checked(
        smp.ask(SmpHeader.WRITE, group, command, fields, SmpClient.TRIES, DISK_PATIENCE_NANOS));
  }

  /**
   * Returns the answer unchanged.
   *
   * @throws LaptopException if it reports an error
   */
  SmpMap checked(SmpMap answer) throws LaptopException {
    if (answer.has("err")) {
      SmpMap error = parsed(() -> answer.map("err"));
      throw refusal(parsed(() -> GroupError.text(error.number("group"), error.number("rc"))));
    }
    long code = parsed(() -> answer.number("rc", SmpError.OK.code()));
    SmpError error = SmpError.of(code);
    if (error == SmpError.OK) {
      return answer;
    }
    if (error != null && MISUNDERSTOOD.contains(error)) {
      if (!isPlain) {
        statusOfOurs();
      }
      throw new LaptopException(
          Kind.PROTOCOL,
          "the device and this program do not fit together: "
              + error.text()
              + "; is it a Switchback device, of the same version?");
    }
    if (error == SmpError.BUSY) {
      throw new LaptopException(
          Kind.BUSY,
          "the device refuses: " + error.text(),
          "another program on its machine may be moving a file; try again",
          null);
    }
    throw refusal(error == null ? "error " + code : error.text());
  }

  private LaptopException refusal(String text) throws LaptopException {
    return new LaptopException(Kind.REFUSED, "the device refuses: " + text + reason());
  }

  /** The reason for the last refusal, from the status. */
  private String reason() throws LaptopException {
    if (isPlain) {
      return "";
    }
    SmpMap status = statusOfOurs();
    return parsed(() -> status.has("refused") ? ": " + status.text("refused") : "");
  }

  /**
   * Reads the status without checking it for errors.
   *
   * @throws LaptopException if this is no Switchback device: OTHER_DEVICE
   */
  private SmpMap statusOfOurs() throws LaptopException {
    SmpMap status = smp.ask(SmpHeader.READ, SWITCHBACK, STATUS, Fields.NONE);
    if (is(status, SmpError.NOT_SUPPORTED)) {
      throw new LaptopException(
          Kind.OTHER_DEVICE,
          smp.port()
              + " answers SMP but is no Switchback device; switchback deploy --plain brings an"
              + " image to any server of MCUboot or Zephyr");
    }
    return status;
  }

  private static boolean is(SmpMap answer, SmpError error) throws LaptopException {
    return parsed(() -> answer.number("rc", 0)) == error.code();
  }

  /** Parses a part of an answer. */
  interface Part<T> {
    T read() throws IOException;
  }

  static <T> T parsed(Part<T> part) throws LaptopException {
    try {
      return part.read();
    } catch (IOException | ArithmeticException | IllegalArgumentException e) {
      throw LaptopException.ofAnswer(e);
    }
  }

  @Override
  public void close() {
    smp.close();
  }
}
