package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.Storage;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.FakeBoard;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A running device behind a session, in time controlled by the test. */
final class Line implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(20);

  final FakeBoard board;
  final Device device;
  final Session session;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private long nowNanos = 1_000_000_000_000L;
  private int sequence;

  Line(String... settings) {
    this(new MemoryStorage(), settings);
  }

  Line(Storage storage, String... settings) {
    this(storage, Session::new, settings);
  }

  /** As a guest of the socket sees it. */
  static Line ofGuest(String... settings) {
    return new Line(
        new MemoryStorage(),
        (device, output) -> new Session(device, new GuestTurns(), output),
        settings);
  }

  /** On a board whose switches only a hand moves. */
  static Line onRealBoard() {
    return new Line(
        new MemoryStorage(),
        Session::new,
        board ->
            (Board)
                Proxy.newProxyInstance(
                    Board.class.getClassLoader(),
                    new Class<?>[] {Board.class},
                    (_, method, arguments) -> method.invoke(board, arguments)));
  }

  private Line(
      Storage storage, BiFunction<Device, Session.Output, Session> sessions, String... settings) {
    this(storage, sessions, board -> board, settings);
  }

  private Line(
      Storage storage,
      BiFunction<Device, Session.Output, Session> sessions,
      UnaryOperator<Board> boards,
      String... settings) {
    DeviceConfiguration configuration =
        ConfigurationParser.parse("test", String.join("\n", settings).getBytes(ISO_8859_1));
    board = new FakeBoard(configuration.get(Key.TRUTH).inputs());
    device = new Device(configuration, boards.apply(board), storage, new TrainingListener() {});
    session = sessions.apply(device, sent::write);
    device.start();
    assertTrue(device.awaitMaintenance(LIMIT));
    assertTrue(device.parameters() == null || device.awaitAnswer(0, LIMIT));
    session.begin(nowNanos);
  }

  /** Returns the output since the last call. */
  String output() {
    String text = sent.toString(ISO_8859_1);
    sent.reset();
    // The prompt is preceded by a sequence that clears the line.
    return text.replace("\r\033[K", "");
  }

  /** Discards the output; allocates nothing. */
  void discard() {
    sent.reset();
  }

  /** Loses the line and opens it again. */
  void reopen() {
    session.begin(nowNanos);
  }

  void type(String text) {
    type(text.getBytes(ISO_8859_1));
  }

  void type(byte[] bytes) {
    try {
      session.receive(bytes, 0, bytes.length, nowNanos);
    } catch (LinkException e) {
      throw new AssertionError(e);
    }
  }

  /** Types a line and returns what it prints, up to the prompt that follows. */
  String command(String line) {
    output();
    type(line + "\r");
    return output();
  }

  /** Advances time in steps of 100 ms. */
  void pass(double seconds) {
    for (int step = 0; step < Math.round(seconds * 10); step++) {
      nowNanos += 100_000_000;
      type(new byte[0]);
    }
  }

  /** Writes the fields of a request. */
  interface Fields {
    void write(CborWriter writer) throws IOException;
  }

  byte[] frame(int operation, int group, int command, Fields fields) {
    try {
      CborWriter writer = new CborWriter(4096);
      writer.begin();
      fields.write(writer);
      int length = writer.finish(SmpHeader.request(operation, group, command, sequence++ & 0xFF));
      FrameEncoder encoder = new FrameEncoder(4096);
      int bytes = encoder.encode(writer.buffer(), length);
      return Arrays.copyOf(encoder.buffer(), bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  SmpMap read(int group, int command, Fields fields) {
    return ask(SmpHeader.READ, group, command, fields);
  }

  SmpMap write(int group, int command, Fields fields) {
    return ask(SmpHeader.WRITE, group, command, fields);
  }

  private SmpMap ask(int operation, int group, int command, Fields fields) {
    output();
    type(frame(operation, group, command, fields));
    return Objects.requireNonNull(answer(output()));
  }

  /** Returns the only packet in an output, which must contain nothing else. */
  static SmpMap answer(String output) {
    List<SmpMap> answers = new ArrayList<>();
    Demultiplexer demultiplexer =
        new Demultiplexer(
            new Demultiplexer.Receiver() {
              @Override
              public void text(byte value) {
                throw new AssertionError("text beside a frame: " + output);
              }

              @Override
              public void packet(byte[] buffer, int length) {
                try {
                  answers.add(SmpMap.read(buffer, SmpHeader.BYTES, length - SmpHeader.BYTES));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });
    byte[] bytes = output.getBytes(ISO_8859_1);
    demultiplexer.receive(bytes, 0, bytes.length, 0);
    assertTrue(answers.size() == 1, () -> answers.size() + " answers in " + output);
    return answers.getFirst();
  }

  static WeightImage image(Line line, String version) {
    return WeightImage.of(
        ImageVersion.parse(version),
        Objects.requireNonNull(line.device.parameters()),
        Engine.FLOAT,
        Map.of("note", "deployed"));
  }

  @Override
  public void close() {
    device.close();
  }
}
