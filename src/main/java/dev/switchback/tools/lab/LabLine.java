package dev.switchback.tools.lab;

import dev.switchback.Clock;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.LiveReading;
import dev.switchback.tools.client.PacketRelay;
import dev.switchback.wire.Port;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The line to the device, for all pages. One thread owns it: it passes packets on, one at a time in
 * the order of their arrival, and in between reads what moves for as long as somebody looks. A line
 * that is lost is opened again. Other methods: any thread.
 */
final class LabLine implements AutoCloseable {
  private static final long LOOK_NANOS = 1_000_000_000L / 30;

  /** Until a while after an upload, readings leave it the line. */
  private static final long BUSY_LOOK_NANOS = 200_000_000L;

  private static final long UPLOAD_NANOS = 1_000_000_000L;

  /** However many packets come, live readings wait no longer. */
  private static final long OVERDUE_NANOS = 200_000_000L;

  private static final long REOPEN_NANOS = 500_000_000L;

  /** Whoever looks is told what moves at least so often. */
  private static final long REPEAT_NANOS = 1_000_000_000L;

  /** A device that does not answer for so long is gone. */
  private static final long GONE_NANOS = 1_500_000_000L;

  /** More than all tries of a packet take, of those before it as well. */
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private static final int MAX_WAITING = 256;

  /** A packet on its way, or with {@link #packet} null a wish to look again. */
  private static final class Work {
    private final @Nullable LabPacket packet;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    private Work(@Nullable LabPacket packet) {
      this.packet = packet;
    }
  }

  private final Port port;
  private final int baud;
  private final Clock clock;
  private final Viewers viewers;
  private final SharedReads reads;
  private final FileTurn fileTurn;
  private final LinkedBlockingQueue<Work> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Thread thread = Thread.ofPlatform().daemon().name("lab line").unstarted(this::run);
  private volatile boolean closing;
  private volatile @Nullable PacketRelay relay;

  // The thread's own.
  private @Nullable LaptopException trouble;
  private long reopenNanos;
  private long lookNanos;
  private String shown = "";
  private long shownNanos;

  /**
   * @param baud of the port, for timeouts
   * @param viewers told of line and device
   */
  LabLine(Port port, int baud, Clock clock, Viewers viewers) {
    this.port = port;
    this.baud = baud;
    this.clock = clock;
    this.viewers = viewers;
    this.reads = new SharedReads(clock);
    this.fileTurn = new FileTurn(clock);
    this.reopenNanos = clock.nanoTime();
    this.lookNanos = reopenNanos;
  }

  void start() {
    tell(false, "not opened yet");
    look();
    thread.start();
  }

  /** Looks at once, because somebody has come. */
  void look() {
    waiting.offer(new Work(null));
  }

  /**
   * Passes a packet on.
   *
   * @return the packet that answers it
   * @throws Rejection if the device does not answer
   */
  byte[] pass(LabPacket packet) throws Rejection {
    Work work = new Work(packet);
    if (closing || !waiting.offer(work)) {
      throw new Rejection(503, "too many packets wait for the device; try again");
    }
    try {
      return answer(work);
    } catch (TimeoutException e) {
      throw new Rejection(503, port + " has too much to do; try again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Rejection(503, "the lab ends", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LaptopException gone) {
        throw new Rejection(503, String.valueOf(gone.getMessage()), gone);
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private byte[] answer(Work work)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return work.answer.get(GONE_NANOS, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      synchronized (this) {
        if (!work.answer.isDone()) {
          tell(false, port + " has not answered for 1.5 s; still waiting");
        }
      }
      return work.answer.get(LIMIT_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private synchronized void tell(boolean isOpen, String text) {
    viewers.state(
        "line",
        Json.object(json -> {
          json.writeBooleanField("open", isOpen);
          json.writeStringField("name", port.toString());
          json.writeStringField("text", text);
        }));
  }

  private void run() {
    try {
      while (!closing) {
        Work work = next();
        if (work == null) {
          look(false);
        } else if (work.packet == null) {
          look(true);
        } else {
          serve(work.packet, work.answer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closing = true;
      drop();
      waiting.forEach(work ->
          work.answer.completeExceptionally(
              new LaptopException(LaptopException.Kind.NO_REPLY, "the lab ends")));
    }
  }

  /** Returns the next packet; null if a look is due. */
  private @Nullable Work next() throws InterruptedException {
    if (viewers.count() == 0) {
      return waiting.take();
    }
    long dueNanos = lookNanos - clock.nanoTime();
    return dueNanos < -OVERDUE_NANOS
        ? null
        : waiting.poll(Math.max(0, dueNanos), TimeUnit.NANOSECONDS);
  }

  private PacketRelay open() throws LaptopException {
    PacketRelay open = relay;
    if (open != null) {
      return open;
    }
    if (trouble != null && clock.nanoTime() - reopenNanos < 0) {
      throw trouble;
    }
    try {
      open = PacketRelay.open(port, baud, clock);
      relay = open;
      reads.clear();
      shown = "";
      trouble = null;
      return open;
    } catch (LaptopException e) {
      lose(e, REOPEN_NANOS);
      throw e;
    }
  }

  /** Tells why the device is gone. */
  private void lose(LaptopException e, long restNanos) {
    drop();
    trouble = e;
    reopenNanos = clock.nanoTime() + restNanos;
    tell(false, String.valueOf(e.getMessage()));
  }

  private void drop() {
    PacketRelay open = relay;
    relay = null;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Reads what moves.
   *
   * @param isAnew whether everybody is told, also of what has not moved
   */
  private void look(boolean isAnew) {
    long nowNanos = clock.nanoTime();
    try {
      LiveReading reading = open().live();
      tell(true, "");
      show(reading, isAnew);
      lookNanos = nowNanos + (fileTurn.isUploading(UPLOAD_NANOS) ? BUSY_LOOK_NANOS : LOOK_NANOS);
    } catch (LaptopException e) {
      if (relay != null) {
        lose(e, 0); // Opening it tells more about why.
      }
      lookNanos = reopenNanos;
    }
  }

  private void show(LiveReading reading, boolean isAnew) {
    String live = live(reading);
    boolean isNew = !live.equals(shown);
    if (isNew) {
      reads.clear();
    }
    if (isNew || isAnew || clock.nanoTime() - shownNanos >= REPEAT_NANOS) {
      shown = live;
      shownNanos = clock.nanoTime();
      viewers.publish("live", live);
    }
  }

  private static String live(LiveReading reading) {
    return Json.object(json -> {
      json.writeNumberField("s", reading.row());
      json.writeNumberField("l", reading.answer());
      json.writeArrayFieldStart("o");
      for (double output : reading.outputs()) {
        Json.number(json, (float) output);
      }
      json.writeEndArray();
      json.writeNumberField("g", reading.generation());
      json.writeBooleanField("t", reading.isTraining());
      json.writeNumberField("e", reading.epochs());
      json.writeNumberField("c", reading.changes());
    });
  }

  private void serve(LabPacket packet, CompletableFuture<byte[]> result) {
    try {
      if (!fileTurn.takes(packet)) {
        result.complete(packet.busy());
        return;
      }
      byte[] known = reads.find(packet);
      if (known != null) {
        result.complete(known);
        return;
      }
      byte[] answer = open().pass(packet.bytes());
      boolean isChange = packet.isWrite() && packet.isAccepted(answer);
      if (packet.isWrite()) {
        reads.clear();
      } else {
        reads.keep(packet, answer);
      }
      boolean isWhole = fileTurn.moved(packet, answer);
      result.complete(answer);
      tell(true, "");
      if (isChange && isWhole && packet.changes()) {
        viewers.publish("changed", "{}");
      }
    } catch (LaptopException e) {
      if (relay != null) {
        lose(e, 0); // Opening it tells more about why.
      }
      result.completeExceptionally(e);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** Ends the thread, and with it every packet that waits. */
  @Override
  public void close() {
    closing = true;
    look();
    drop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
