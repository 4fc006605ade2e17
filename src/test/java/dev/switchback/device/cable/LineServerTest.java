package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.ForwardingStorage;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.SocketPort;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Guests on real sockets. */
@Tag("slow")
@EnabledOnOs({OS.LINUX, OS.MAC})
class LineServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int BUSY = 10;

  @TempDir Path directory;

  private final FakeBoard board = new FakeBoard(2);
  private final SlowStorage storage = new SlowStorage();
  private final Device device =
      new Device(DeviceConfiguration.defaults(), board, storage, new TrainingListener() {});
  private final List<Peer> peers = new ArrayList<>();

  @BeforeEach
  void startDevice() {
    device.start();
    assertTrue(device.awaitMaintenance(LIMIT));
  }

  @AfterEach
  void closeAll() {
    peers.forEach(Peer::close);
    device.close();
  }

  private Path path() {
    return directory.resolve("line");
  }

  /** A disk that takes its time with each deletion, on demand. */
  private static final class SlowStorage extends ForwardingStorage {
    volatile long deletionNanos;

    SlowStorage() {
      super(new MemoryStorage());
    }

    @Override
    public void delete(String name) throws IOException {
      LockSupport.parkNanos(deletionNanos);
      super.delete(name);
    }
  }

  private LineServer server() throws LinkException {
    LineServer server = new LineServer(device, path());
    server.start();
    return server;
  }

  private Peer peer() throws LinkException {
    Peer peer = new Peer(new SocketPort(path()).open());
    peers.add(peer);
    return peer;
  }

  private static boolean await(BooleanSupplier condition, double seconds) {
    long limit = System.nanoTime() + (long) (seconds * 1e9);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - limit > 0) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  /** The other end of a guest's line. */
  static final class Peer {
    final ByteLink link;
    private final byte[] buffer = new byte[4096];
    private final StringBuilder text = new StringBuilder();
    private final Deque<SmpMap> answers = new ArrayDeque<>();
    private final CborWriter writer = new CborWriter(4096);
    private final FrameEncoder encoder = new FrameEncoder(4096);
    private int sequence;
    private final Demultiplexer demultiplexer =
        new Demultiplexer(
            new Demultiplexer.Receiver() {
              @Override
              public void text(byte value) {
                text.append((char) value);
              }

              @Override
              public void packet(byte[] packet, int length) {
                try {
                  answers.add(SmpMap.read(packet, SmpHeader.BYTES, length - SmpHeader.BYTES));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });

    Peer(ByteLink link) {
      this.link = link;
    }

    byte[] frame(int operation, int group, int command, Line.Fields fields) throws IOException {
      writer.begin();
      fields.write(writer);
      int length = writer.finish(SmpHeader.request(operation, group, command, sequence++ & 0xFF));
      return Arrays.copyOf(encoder.buffer(), encoder.encode(writer.buffer(), length));
    }

    void send(byte[] bytes) throws LinkException {
      link.write(bytes, 0, bytes.length);
    }

    private void receive() throws LinkException {
      int count = link.read(buffer);
      demultiplexer.receive(buffer, 0, count, System.nanoTime());
    }

    SmpMap ask(int operation, int group, int command, Line.Fields fields) throws IOException {
      send(frame(operation, group, command, fields));
      long limit = System.nanoTime() + LIMIT.toNanos();
      while (answers.isEmpty()) {
        assertTrue(System.nanoTime() - limit < 0, "no answer");
        receive();
      }
      return answers.remove();
    }

    SmpMap echo() throws IOException {
      return ask(SmpHeader.WRITE, 0, 0, map -> map.text("d", "x"));
    }

    /** Sends a chunk of an upload, and returns the answer. */
    SmpMap upload(byte[] file, int from, int to) throws IOException {
      return ask(
          SmpHeader.WRITE,
          1,
          1,
          map -> {
            map.number("off", from);
            map.number("len", file.length);
            map.bytes("data", Arrays.copyOfRange(file, from, to));
          });
    }

    boolean reads(String expected, double seconds) throws LinkException {
      long limit = System.nanoTime() + (long) (seconds * 1e9);
      while (text.indexOf(expected) < 0 && System.nanoTime() - limit < 0) {
        receive();
      }
      return text.indexOf(expected) >= 0;
    }

    void type(String keys) throws LinkException {
      send(keys.getBytes(US_ASCII));
    }

    void close() {
      link.close();
    }
  }

  private WeightImage image(String version) {
    return WeightImage.of(
        ImageVersion.parse(version),
        Objects.requireNonNull(device.parameters()),
        Engine.FLOAT,
        Map.of("note", "n".repeat(500)));
  }

  private String versionInSlot1() {
    WeightImage image = device.status().store().slots().get(1).image();
    return image == null ? "none" : image.version().toString();
  }

  @Test
  void guestsComeAndGoEachWithAShellOfItsOwn() throws Exception {
    try (LineServer server = server()) {
      for (int round = 0; round < 3; round++) {
        Peer one = peer();
        Peer two = peer();
        one.type("stat");
        two.type("log\r");
        assertTrue(two.reads("switchback> ", 5));
        one.type("us\r");
        assertTrue(one.reads("faults: 0", 5), () -> one.text.toString());
        assertEquals("x", two.echo().text("r"));
        assertEquals(2, server.guests());
        one.close();
        two.close();
        assertTrue(await(() -> server.guests() == 0, 5));
      }
    }
  }

  @Test
  void theStatusTellsOfTheSocketAndItsGuests() throws Exception {
    assertFalse(device.status().toString().contains("LineStatus"), "no socket is configured");
    Peer peer;
    try (LineServer server = server()) {
      peer = peer();
      SmpMap line = peer.ask(SmpHeader.READ, 100, 0, map -> {}).map("line");
      assertEquals(Set.of("path", "state", "guests"), line.names());
      assertEquals(path().toString(), line.text("path"));
      assertEquals("open", line.text("state"));
      assertEquals(1, line.number("guests"));
      assertEquals("x", peer().echo().text("r"));
      assertEquals(2, peer.ask(SmpHeader.READ, 100, 0, map -> {}).map("line").number("guests"));
      peer.type("status\r");
      assertTrue(peer.reads("line: " + path() + ", open; 2 guests", 5), peer.text::toString);
      assertEquals(2, server.guests());
    }
  }

  @Test
  void theStatusTellsWhyThereIsNoSocket() throws Exception {
    Files.writeString(path(), "precious");
    assertThrows(LinkException.class, this::server);
    assertTrue(
        DeviceStatusMap.lines(device)
            .contains(
                "line: "
                    + path()
                    + ", "
                    + path()
                    + " is there, and not a socket; remove it; 0 guests"),
        () -> DeviceStatusMap.lines(device).toString());
  }

  @Test
  void timeIsToldToASessionThatNeedsIt() throws Exception {
    try (LineServer server = server()) {
      Peer person = peer();
      person.type("watch\r");
      assertTrue(person.reads("A=0 B=0 LED=0", 5));
      board.set(1, true);
      assertTrue(person.reads("A=0 B=1 LED=1", 5));
      assertEquals(1, server.guests());
    }
  }

  @Test
  void theSocketIsForOwnerAndGroupAndGoesWithTheServer() throws Exception {
    Peer guest;
    try (LineServer server = server()) {
      assertEquals(
          "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
      guest = peer();
      assertEquals("x", guest.echo().text("r"));
      assertEquals(1, server.guests());
    }
    assertFalse(Files.exists(path()));
    LinkException lost = assertThrows(LinkException.class, guest::echo);
    assertEquals(LinkException.Kind.LOST, lost.kind());
  }

  @Test
  void aSocketThatNobodyListensOnIsReplaced() throws Exception {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path()));
    }
    assertTrue(Files.exists(path()));
    LinkException refused = assertThrows(LinkException.class, this::peer);
    assertEquals(LinkException.Kind.NO_PORT, refused.kind());
    try (LineServer server = server()) {
      assertEquals("x", peer().echo().text("r"));
      assertEquals(1, server.guests());
    }
  }

  @Test
  void aSocketThatSomebodyListensOnIsNamedAndLeftAlone() throws Exception {
    try (LineServer server = server()) {
      LinkException busy = assertThrows(LinkException.class, this::server);
      assertEquals(LinkException.Kind.BUSY, busy.kind());
      String message = String.valueOf(busy.getMessage());
      assertTrue(message.contains(path() + " is served by "), message);
      assertTrue(message.contains("(process " + ProcessHandle.current().pid() + ")"), message);
      assertEquals("x", peer().echo().text("r"));
      assertTrue(server.guests() > 0);
    }
  }

  @Test
  void whatIsNoSocketIsLeftAlone() throws Exception {
    Files.writeString(path(), "precious");
    LinkException there = assertThrows(LinkException.class, this::server);
    assertEquals(LinkException.Kind.OTHER, there.kind());
    assertEquals("precious", Files.readString(path()));
    assertThrows(
        LinkException.class, () -> new LineServer(device, directory.resolve("no/line")).start());
  }

  @Test
  void oneGuestTooManyIsToldAndClosed() throws Exception {
    try (LineServer server = server()) {
      for (int i = 0; i < LineServer.MAX_GUESTS; i++) {
        assertEquals("x", peer().echo().text("r"));
      }
      Peer extra = peer();
      LinkException told = assertThrows(LinkException.class, () -> extra.reads("never told", 5));
      assertEquals(LinkException.Kind.BUSY, told.kind());
      assertEquals(path() + ": no place for another guest: all 32 are taken", told.what());
      assertEquals(told, assertThrows(LinkException.class, extra::receive), "from then on");
      peers.getFirst().close();
      assertTrue(await(() -> server.guests() < LineServer.MAX_GUESTS, 5));
      assertEquals("x", peer().echo().text("r"));
    }
  }

  /** Requests without reading the answers, until the socket takes no more. */
  @Test
  void aGuestThatDoesNotReadIsDropped() throws Exception {
    try (LineServer server = server()) {
      Peer stuck = peer();
      byte[] status = stuck.frame(SmpHeader.READ, 100, 0, map -> {});
      Thread.ofPlatform().daemon().start(() -> flood(stuck, status, new AtomicBoolean()));
      Peer other = peer();
      assertTrue(await(() -> server.guests() == 2, 5));
      long startNanos = System.nanoTime();
      while (server.guests() == 2) {
        assertTrue(System.nanoTime() - startNanos < 15e9, "it is still there");
        assertEquals("x", other.echo().text("r"));
      }
      assertEquals(1, server.guests());
    }
  }

  private static void flood(Peer peer, byte[] frame, AtomicBoolean isDone) {
    try {
      while (!isDone.get()) {
        peer.send(frame);
      }
    } catch (LinkException e) {
      // Dropped, as it should be.
    }
  }

  @Test
  void oneGuestAtATimeMovesAFile() throws Exception {
    byte[] first = image("5.0.0").bytes();
    byte[] second = image("6.0.0").bytes();
    try (LineServer server = server()) {
      Peer one = peer();
      Peer two = peer();
      assertEquals(500, one.upload(first, 0, 500).number("off"));
      assertEquals(BUSY, two.upload(second, 0, 500).number("rc", 0));
      two.type("load\r");
      assertTrue(two.reads("another guest is moving a file", 5));
      assertEquals(first.length, one.upload(first, 500, first.length).number("off"));
      assertEquals("5.0.0", versionInSlot1());
      one.close();
      assertTrue(await(() -> server.guests() == 1, 5));
      assertEquals(500, two.upload(second, 0, 500).number("off"));
      assertEquals(second.length, two.upload(second, 500, second.length).number("off"));
      assertEquals("6.0.0", versionInSlot1());
    }
  }

  @Test
  void aTurnThatIsNotUsedPassesOnAndItsFileIsForgotten() throws Exception {
    byte[] file = image("5.0.0").bytes();
    try (LineServer server = server()) {
      Peer idle = peer();
      Peer next = peer();
      assertEquals(500, idle.upload(file, 0, 500).number("off"));
      long startNanos = System.nanoTime();
      while (next.upload(file, 0, 500).number("rc", 0) == BUSY) {
        assertTrue(System.nanoTime() - startNanos < 15e9, "the turn is still taken");
        LockSupport.parkNanos(100_000_000);
      }
      assertTrue(System.nanoTime() - startNanos > 8e9);
      assertEquals(file.length, next.upload(file, 500, file.length).number("off"));
      next.close();
      assertTrue(await(() -> server.guests() == 1, 5));
      assertEquals(0, idle.upload(file, 500, 900).number("off"), "nothing is left of it");
    }
  }

  /** The cable takes no turns; whole files replace each other. */
  @Test
  void uploadsOfTheCableAndOfAGuestDoNotMix() throws Exception {
    byte[] first = image("5.0.0").bytes();
    byte[] second = image("6.0.0").bytes();
    List<String> toCable = new ArrayList<>();
    Session cable =
        new Session(
            device,
            (bytes, offset, length) -> toCable.add(new String(bytes, offset, length, ISO_8859_1)));
    cable.begin(System.nanoTime());
    try (LineServer server = server()) {
      Peer guest = peer();
      Peer onCable = new Peer(new SessionLink(cable));
      assertEquals(500, guest.upload(first, 0, 500).number("off"));
      onCable.send(chunk(onCable, second, 0, 600));
      onCable.send(chunk(onCable, second, 600, second.length));
      assertEquals("6.0.0", versionInSlot1());
      assertEquals(first.length, guest.upload(first, 500, first.length).number("off"));
      assertEquals("5.0.0", versionInSlot1());
      assertEquals(2, toCable.size());
      SmpMap refused =
          guest.ask(
              SmpHeader.WRITE, 1, 0, map -> map.bytes("hash", WeightImage.read(second).hash()));
      assertTrue(refused.has("err"));
      assertEquals(1, server.guests());
    }
  }

  private static byte[] chunk(Peer peer, byte[] file, int from, int to) throws IOException {
    return peer.frame(
        SmpHeader.WRITE,
        1,
        1,
        map -> {
          map.number("off", from);
          map.number("len", file.length);
          map.bytes("data", Arrays.copyOfRange(file, from, to));
        });
  }

  /** Writes go to a session at once. */
  private record SessionLink(Session session) implements ByteLink {
    @Override
    public int read(byte[] buffer) {
      return 0;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws LinkException {
      session.receive(bytes, offset, length, System.nanoTime());
    }

    @Override
    public void close() {}
  }

  @Test
  void changesOfManyGuestsNeverFillTheQueueOfCommands() throws Exception {
    AtomicBoolean isDone = new AtomicBoolean();
    storage.deletionNanos = 5_000_000;
    try (LineServer server = server()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Peer peer = peer();
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    while (!isDone.get()) {
                      peer.ask(SmpHeader.WRITE, 1, 5, map -> {});
                    }
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                }));
      }
      try {
        for (int i = 0; i < 50; i++) {
          device.apply(Event.ERASE, null);
        }
      } finally {
        isDone.set(true);
      }
      for (Thread thread : threads) {
        assertTrue(thread.join(LIMIT));
      }
      assertEquals(12, server.guests());
    }
  }
}
