package dev.switchback.tools.client;

import dev.switchback.format.Sha256;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Uploads one file to slot 1 by group 1. Several chunks are in flight at once, and each answer
 * names the next offset that the server expects. So the upload resumes after a lost chunk and,
 * because the first chunk carries the SHA-256 of the file, after a lost line. A failed chunk is
 * sent again alone, shorter each time, because short frames get through where long ones do not. One
 * thread.
 */
final class Upload {
  private static final int IMAGE = 1;
  private static final int UPLOAD = 1;

  /** Failures in a row without progress. */
  private static final int MAX_FAILURES = 5;

  private static final int LEAST_CHUNK_BYTES = 64;

  /** Size of the map with {@code off} and {@code data}, without the data bytes. */
  private static final int FIELDS_BYTES = 1 + 4 + 5 + 5 + 3;

  /** Size of {@code len} and {@code sha} in the first chunk. */
  private static final int FIRST_FIELDS_BYTES = 4 + 5 + 4 + 34;

  /** A chunk in flight. */
  private record Chunk(SmpHeader request, int endOffset, int wireBytes) {}

  private final DeviceClient device;
  private final byte[] file;
  private final int packetBytes;
  private final Progress progress;
  private final Deque<Chunk> underWay = new ArrayDeque<>();
  private int window;
  private int wanted;
  private int furthest;
  private int next;
  private int failures;

  /**
   * Creates an upload; {@code run} starts it.
   *
   * @param file at least 1 byte
   */
  Upload(DeviceClient device, byte[] file, BufferParameters buffers, Progress progress) {
    this.device = device;
    this.file = file;
    this.packetBytes = buffers.packetBytes();
    this.window = buffers.window();
    this.progress = progress;
  }

  void run() throws LaptopException {
    while (wanted < file.length) {
      fill();
      exchange();
    }
  }

  /**
   * The answer to the first chunk says where to continue, so nothing else is sent before it
   * arrives.
   */
  private void fill() throws LaptopException {
    int limit = wanted == 0 || failures > 0 ? 1 : window;
    while (next < file.length && underWay.size() < limit) {
      send(next, Math.min(file.length - next, chunkBytes()));
    }
  }

  private int chunkBytes() {
    int room = packetBytes - SmpHeader.BYTES - FIELDS_BYTES - (next == 0 ? FIRST_FIELDS_BYTES : 0);
    return Math.min(room, Math.max(LEAST_CHUNK_BYTES, room >> failures));
  }

  private void send(int offset, int bytes) throws LaptopException {
    SmpHeader request =
        device
            .smp()
            .post(SmpHeader.WRITE, IMAGE, UPLOAD, writer -> writeChunk(writer, offset, bytes));
    next = offset + bytes;
    underWay.add(new Chunk(request, next, FrameEncoder.encodedBytes(packetBytes)));
  }

  private void writeChunk(CborWriter writer, int offset, int bytes) throws IOException {
    writer.begin(offset == 0 ? 4 : 2);
    writer.number("off", offset);
    writer.bytes("data", file, offset, bytes);
    if (offset == 0) {
      writer.number("len", file.length);
      writer.bytes("sha", Sha256.of(file, file.length));
    }
  }

  private void exchange() throws LaptopException {
    SmpClient smp = device.smp();
    long deadline = smp.clock().nanoTime() + patienceNanos();
    Chunk chunk = null;
    while (chunk == null) {
      SmpClient.Answer answer = smp.receive(deadline);
      if (answer == null) {
        miss();
        return;
      }
      chunk = withdraw(answer.header());
      if (chunk != null) {
        settle(chunk, device.checked(answer.map()));
      }
    }
  }

  /** A server may erase the slot at the first byte and writes it at the last. */
  private long patienceNanos() {
    boolean usesDisk = wanted == 0 || next == file.length;
    long wireBytes = underWay.stream().mapToLong(Chunk::wireBytes).sum();
    return device.smp().wireNanos(wireBytes)
        + (usesDisk ? DeviceClient.DISK_PATIENCE_NANOS : SmpClient.PATIENCE_NANOS);
  }

  /**
   * Removes and returns the chunk of this answer. Answers keep their order, so earlier chunks were
   * not answered.
   */
  private @Nullable Chunk withdraw(SmpHeader answer) {
    if (underWay.stream().noneMatch(chunk -> answer.answers(chunk.request()))) {
      return null;
    }
    Chunk chunk = underWay.remove();
    while (!answer.answers(chunk.request())) {
      chunk = underWay.remove();
    }
    return chunk;
  }

  private void settle(Chunk chunk, SmpMap answer) throws LaptopException {
    int offset = DeviceClient.parsed(() -> offset(answer));
    wanted = offset;
    if (offset > furthest) {
      furthest = offset;
      failures = 0;
    }
    if (offset < chunk.endOffset()) {
      rewind(offset);
    } else if (offset > next) {
      goTo(offset);
    }
    progress.moved(offset, file.length);
  }

  private int offset(SmpMap answer) throws IOException {
    long offset = Download.require("offset", answer.number("off"), 0, file.length);
    if (!answer.flag("match", true)) {
      throw new IOException("the bytes that arrived are not those that were sent");
    }
    return (int) offset;
  }

  private void miss() throws LaptopException {
    window = Math.max(1, window / 2);
    goTo(wanted);
    if (++failures > MAX_FAILURES) {
      throw device.smp().noReply();
    }
  }

  private void rewind(int offset) throws LaptopException {
    goTo(offset);
    if (++failures > MAX_FAILURES) {
      throw new LaptopException(
          Kind.PROTOCOL, "the device goes on asking for the bytes from offset " + offset);
    }
  }

  private void goTo(int offset) {
    underWay.clear();
    next = offset;
  }
}
