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
 * Sends one file to slot 1 by group 1. Several chunks are under way at once; each answer names the
 * offset that the server wants next, and there the upload goes on: after a lost chunk, and after a
 * cut, for the first chunk carries the SHA-256 of the file. A chunk that fails is sent again alone
 * and shorter each time, as short ones get through where long ones do not. One thread.
 */
final class Upload {
  private static final int IMAGE = 1;
  private static final int UPLOAD = 1;

  /** Failures with no byte of progress between them. */
  private static final int MAX_FAILURES = 5;

  private static final int LEAST_CHUNK_BYTES = 64;

  /** The map, {@code off} and {@code data} but for its bytes. */
  private static final int FIELDS_BYTES = 1 + 4 + 5 + 5 + 3;

  /** {@code len} and {@code sha} of the first chunk. */
  private static final int FIRST_FIELDS_BYTES = 4 + 5 + 4 + 34;

  /** A chunk under way. */
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
   * An upload that has not begun.
   *
   * @param file 1 byte at least
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

  /** The answer to the first chunk tells where to go on: nothing is sent behind it before. */
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

  /** A server may clear the slot at the first byte, and writes it at the last. */
  private long patienceNanos() {
    boolean usesDisk = wanted == 0 || next == file.length;
    long wireBytes = underWay.stream().mapToLong(Chunk::wireBytes).sum();
    return device.smp().wireNanos(wireBytes)
        + (usesDisk ? DeviceClient.DISK_PATIENCE_NANOS : SmpClient.PATIENCE_NANOS);
  }

  /** The chunk of this answer; answers keep their order, so those before it have none. */
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
