package dev.switchback.life;

import dev.switchback.device.cable.Session;
import dev.switchback.device.node.Device;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.ModemSender;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The peers at the other end of the cable: SMP clients, a person, a YMODEM sender, in turn. */
final class Peers {
  private static final List<String> COMMANDS =
      List.of(
          "status",
          "slots",
          "infer 0 1",
          "log",
          "help",
          "test",
          "confirm",
          "revert",
          "watch",
          "retrain",
          "teach 0111",
          "teach 01=0",
          "teach x",
          "unteach",
          "frob",
          "infer x",
          "");

  /** Lessons to teach; an empty one is the configured one. */
  private static final List<String> LESSONS = List.of("", "0111", "0001", "1001", "11=1", "00=1");

  private static final int[][] READS = {
    {0, 6}, {0, 7}, {0, 8}, {1, 0}, {1, 6}, {2, 1}, {8, 3}, {10, 0}, {10, 1}, {100, 1}, {100, 4}
  };
  private static final Fields ECHO = map -> map.text("d", "visit");
  private static final int PACKET_BYTES = 4096;
  private static final long TICK_NANOS = 100_000_000;

  private final Device device;
  private final LongSupplier now;
  private final Session session;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final CborWriter writer = new CborWriter(PACKET_BYTES);
  private final FrameEncoder encoder = new FrameEncoder(PACKET_BYTES);
  private boolean isBad;
  private boolean isLineLost;
  private int sequence;
  private @Nullable Offer upload;
  private int uploaded;
  private List<byte[]> ymodem = List.of();

  /** Fields of a request. */
  interface Fields {
    void write(CborWriter map) throws IOException;
  }

  Peers(Device device, LongSupplier now) {
    this.device = device;
    this.now = now;
    this.session = new Session(device, this::send);
    session.begin(now.getAsLong());
  }

  private void send(byte[] bytes, int offset, int length) throws LinkException {
    if (isLineLost) {
      throw new LinkException(LinkException.Kind.LOST, "the line is gone");
    }
    sent.write(bytes, offset, length);
  }

  /** Returns the same peers, connected to a restarted program. */
  Peers at(Device next, LongSupplier nextNow) {
    Peers peers = new Peers(next, nextNow);
    peers.isBad = isBad;
    peers.sequence = sequence;
    peers.upload = upload;
    peers.uploaded = uploaded;
    return peers;
  }

  /**
   * Returns whether the cable is faulty; a flipped bit may become a return and end a typed line.
   */
  boolean isBad() {
    return isBad;
  }

  void happen(Act.Kind kind, Random random) {
    sent.reset();
    switch (kind) {
      case CABLE_PULLED -> openLine();
      case CABLE_STALLS -> stall(random);
      case CABLE_GETS_BAD -> isBad = true;
      case CABLE_GETS_GOOD -> isBad = false;
      case NOISE -> receive(bytes(random, random.nextInt(200)));
      case UPLOAD_BEGINS -> beginUpload(random);
      case UPLOAD_GOES_ON -> sendChunk(random, random.nextInt(8) == 0 ? 0 : uploaded);
      case SLOT_1_IS_MARKED -> mark(random);
      case RESET -> write(random, 0, 5, map -> {});
      case CONFIRMED -> confirm(random);
      case REVERTED -> write(random, 100, 5, map -> {});
      case ERASED -> write(random, 1, 5, map -> {});
      case RETRAINED -> write(random, 100, 3, map -> {});
      case TAUGHT -> teach(random);
      case STATUS_READ -> readStatus(random);
      case SMP_READ -> {
        int[] read = READS[random.nextInt(READS.length)];
        send(random, SmpHeader.READ, read[0], read[1], map -> {});
      }
      case SMP_MALFORMED -> sendMalformed(random);
      case FILE_WRITTEN -> writeFile(random);
      case SHELL_COMMAND -> type(random, COMMANDS.get(random.nextInt(COMMANDS.size())) + "\r");
      case KEYS_TYPED -> type(random, keys(random));
      case YMODEM_BEGINS -> beginYmodem(random);
      case YMODEM_GOES_ON -> sendBlock(random);
      default -> throw new IllegalArgumentException(kind + " is not an event at the cable");
    }
    requireAnswers();
  }

  private void teach(Random random) {
    String lesson = LESSONS.get(random.nextInt(LESSONS.size()));
    if (lesson.isEmpty()) {
      write(random, 100, 7, map -> {});
    } else {
      write(random, 100, 6, map -> map.text("lesson", lesson));
    }
  }

  /** Sends a request over a healthy cable; the answer must come. */
  SmpMap ask(int operation, int group, int command, Fields fields) {
    sent.reset();
    receive(frame(1, operation, group, command, fields));
    List<Packet> answers = answers();
    Broken.unless(
        answers.size() == 1 && answers.getFirst().header.sequence() == sequence,
        "group " + group + ", command " + command + " got " + answers.size() + " answers");
    requireAnswers();
    return answers.getFirst().map;
  }

  /** Sends an echo over a healthy cable; the device must return it. */
  void echo() {
    try {
      String text = ask(SmpHeader.READ, 0, 0, ECHO).text("r");
      Broken.unless(text.equals("visit"), "the echo is '" + text + "'");
    } catch (IOException e) {
      throw new Broken(e);
    }
  }

  /** Sends an echo and text at once; the device must hold back what the text brings about. */
  void echoAndType(String text) {
    echo();
    int answered = sent.size();
    sent.reset();
    byte[] frame = frame(1, SmpHeader.READ, 0, 0, ECHO);
    byte[] typed = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] both = Arrays.copyOf(frame, frame.length + typed.length);
    System.arraycopy(typed, 0, both, frame.length, typed.length);
    receive(both);
    Broken.unless(sent.size() == answered, "text came right after a frame");
  }

  /** Types over a healthy cable and returns what the device writes. */
  String typed(String text) {
    sent.reset();
    receive(text.getBytes(StandardCharsets.ISO_8859_1));
    tick();
    return sent.toString(StandardCharsets.UTF_8);
  }

  /** Sends a file by YMODEM over a healthy cable, to a device that waits for one. */
  void sendByYmodem(byte[] file) {
    blocks(file).forEach(this::receive);
  }

  /** From now on the device cannot send, until {@link #openLine}. */
  void loseLine() {
    isLineLost = true;
  }

  /** Returns whether the session takes the text, and does not say that its line is gone. */
  boolean takes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      session.receive(bytes, 0, bytes.length, now.getAsLong());
      return true;
    } catch (LinkException e) {
      return false;
    }
  }

  void openLine() {
    isLineLost = false;
    session.begin(now.getAsLong());
  }

  /** Lets the session check its timeouts. */
  void tick() {
    receive(new byte[0]);
  }

  private void stall(Random random) {
    for (int i = random.nextInt(100); i >= 0; i--) {
      receive(new byte[0], i * TICK_NANOS);
    }
  }

  private void receive(byte[] bytes) {
    receive(bytes, 0);
  }

  private void receive(byte[] bytes, long laterNanos) {
    try {
      session.receive(bytes, 0, bytes.length, now.getAsLong() + laterNanos);
    } catch (LinkException e) {
      throw new Broken(e);
    }
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private void type(Random random, String text) {
    over(random, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String keys(Random random) {
    List<String> keys = List.of("\003", "\t", "\033[A", "\033[D", "\177", "st", "x", "\025", "\n");
    StringBuilder typed = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      typed.append(keys.get(random.nextInt(keys.size())));
    }
    return typed.toString();
  }

  /** Transmits bytes; a faulty cable drops, flips and doubles some. */
  private void over(Random random, byte[] bytes) {
    if (!isBad) {
      receive(bytes);
      return;
    }
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    for (byte value : bytes) {
      int fault = random.nextInt(300);
      if (fault != 0) {
        arrived.write(fault == 1 ? value ^ (1 << random.nextInt(8)) : value);
      }
      if (fault == 2) {
        arrived.write(value);
      }
    }
    receive(arrived.toByteArray());
  }

  private void write(Random random, int group, int command, Fields fields) {
    send(random, SmpHeader.WRITE, group, command, fields);
  }

  private void send(Random random, int operation, int group, int command, Fields fields) {
    int version = random.nextInt(4) == 0 ? 0 : 1;
    over(random, frame(version, operation, group, command, fields));
  }

  private byte[] frame(int version, int operation, int group, int command, Fields fields) {
    try {
      writer.begin();
      fields.write(writer);
      sequence = (sequence + 1) & 0xff;
      int length = writer.finish(new SmpHeader(operation, version, 0, group, sequence, command));
      return Arrays.copyOf(encoder.buffer(), encoder.encode(writer.buffer(), length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sendMalformed(Random random) {
    byte[] packet = bytes(random, 8 + random.nextInt(60));
    if (random.nextBoolean()) {
      // A valid header, so that the map is parsed.
      SmpHeader header =
          new SmpHeader(
              random.nextBoolean() ? SmpHeader.READ : SmpHeader.WRITE,
              1,
              packet.length - SmpHeader.BYTES,
              new int[] {0, 1, 2, 8, 9, 10, 100}[random.nextInt(7)],
              random.nextInt(256),
              random.nextInt(7));
      header.write(packet, 0);
    }
    over(random, Arrays.copyOf(encoder.buffer(), encoder.encode(packet, packet.length)));
  }

  private void beginUpload(Random random) {
    upload = Offer.any(random);
    uploaded = 0;
    sendChunk(random, 0);
  }

  private void sendChunk(Random random, int offset) {
    Offer now = upload;
    if (now == null) {
      return;
    }
    byte[] file = now.file();
    int end = Math.min(file.length, offset + 100 + random.nextInt(900));
    int hashes = random.nextInt(4);
    write(
        random,
        1,
        1,
        map -> {
          map.number("off", offset);
          map.bytes("data", Arrays.copyOfRange(file, Math.min(offset, end), end));
          if (offset == 0) {
            map.number("len", random.nextInt(50) == 0 ? 1 << 24 : file.length);
            if (hashes > 0) {
              map.bytes("sha", sha256(file));
            }
            map.flag("upgrade", hashes == 3);
          }
        });
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void confirm(Random random) {
    write(random, 1, 0, map -> map.flag("confirm", true));
    for (Packet answer : answers()) {
      boolean isDone = answer.map.has("images") && answer.header.command() == 0;
      Broken.unless(
          !isDone || isBad || !device.status().store().running().onTrial(),
          "what was confirmed is still on trial");
    }
  }

  private void mark(Random random) {
    @Nullable WeightImage image = device.status().store().slots().get(1).image();
    byte[] hash = image == null || random.nextInt(10) == 0 ? bytes(random, 32) : image.hash();
    boolean isForGood = random.nextInt(4) == 0;
    write(
        random,
        1,
        0,
        map -> {
          map.bytes("hash", hash);
          map.flag("confirm", isForGood);
        });
  }

  private void writeFile(Random random) {
    byte[] file = Offer.any(random).file();
    String name =
        List.of("/weights/slot1.img", "/weights/slot0.img", "/scratch/a", "/etc/passwd")
            .get(random.nextInt(4));
    write(
        random,
        8,
        0,
        map -> {
          map.number("off", 0);
          map.number("len", file.length);
          map.text("name", name);
          map.bytes("data", file);
        });
  }

  private void beginYmodem(Random random) {
    ymodem = blocks(Offer.any(random).file());
    type(random, "\003load\r");
  }

  private static List<byte[]> blocks(byte[] file) {
    List<byte[]> blocks = new ArrayList<>();
    blocks.add(ModemSender.header("w.img", String.valueOf(file.length)));
    for (int from = 0, number = 1; from < file.length; from += 1024, number++) {
      byte[] data = Arrays.copyOfRange(file, from, Math.min(file.length, from + 1024));
      blocks.add(ModemSender.block(number, data));
    }
    blocks.add(new byte[] {4});
    blocks.add(new byte[] {4});
    blocks.add(ModemSender.noMoreFiles());
    return blocks;
  }

  private void sendBlock(Random random) {
    for (int i = random.nextInt(5); i >= 0 && !ymodem.isEmpty(); i--) {
      over(random, ymodem.getFirst());
      ymodem = ymodem.subList(1, ymodem.size());
    }
  }

  private void readStatus(Random random) {
    String weights = device.status().weights();
    send(random, SmpHeader.READ, 100, 0, map -> {});
    for (Packet answer : answers()) {
      if (answer.header.group() == 100 && answer.header.command() == 0 && !isBad) {
        try {
          Broken.unless(answer.map.text("weights").equals(weights), "status reports other weights");
          Broken.unless(
              answer.map.text("state").equals(device.status().state()),
              "status reports another state");
        } catch (IOException e) {
          throw new Broken(e);
        }
      }
    }
  }

  /** One packet that the device sent. */
  private record Packet(SmpHeader header, SmpMap map) {}

  private List<Packet> answers() {
    List<Packet> packets = new ArrayList<>();
    Demultiplexer demultiplexer =
        new Demultiplexer(
            new Demultiplexer.Receiver() {
              @Override
              public void text(byte value) {}

              @Override
              public void packet(byte[] buffer, int length) {
                try {
                  packets.add(
                      new Packet(
                          SmpHeader.read(buffer, 0),
                          SmpMap.read(buffer, SmpHeader.BYTES, length - SmpHeader.BYTES)));
                } catch (IOException e) {
                  throw new Broken(e);
                }
              }
            });
    byte[] bytes = sent.toByteArray();
    demultiplexer.receive(bytes, 0, bytes.length, 0);
    return packets;
  }

  private void requireAnswers() {
    try {
      for (Packet packet : answers()) {
        SmpMap map = packet.map;
        Broken.unless(
            !map.has("err") || map.map("err").number("group") == packet.header.group(),
            "group " + packet.header.group() + " is answered by an error of another");
        if (packet.header.group() == 1 && packet.header.command() == 1 && map.has("off")) {
          uploaded = (int) map.number("off");
          int length = upload == null ? Integer.MAX_VALUE : upload.file().length;
          uploaded = Math.min(uploaded, length);
        }
      }
    } catch (IOException e) {
      throw new Broken(e);
    }
  }
}
