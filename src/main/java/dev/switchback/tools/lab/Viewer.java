package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One stream of server-sent events, written on the thread of its request. */
final class Viewer {
  /** A comment after so much silence shows whether anybody still reads. */
  private static final long SILENCE_NANOS = 5_000_000_000L;

  /** How long a write may take before the viewer is dropped. */
  static final long STUCK_NANOS = 5_000_000_000L;

  private static final byte[] FIRST = "retry: 500\n\n".getBytes(UTF_8);
  private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

  private final OutputStream out;
  private final Clock clock = new SystemClock();
  private final Thread thread = Thread.currentThread();

  /** Guarded by itself. */
  private final Map<String, String> waiting = new LinkedHashMap<>();

  private volatile boolean isWriting;
  private volatile long writingNanos;

  Viewer(OutputStream out) {
    this.out = out;
  }

  /**
   * Leaves an event to be sent, in place of one of the same name. If the viewer does not read, its
   * stream is closed. Any thread; never waits.
   */
  void offer(String name, String data) {
    synchronized (waiting) {
      waiting.put(name, data);
    }
    if (isWriting && clock.nanoTime() - writingNanos > STUCK_NANOS) {
      thread.interrupt();
    }
    clock.wake();
  }

  /** Sends until that fails. */
  void run() throws IOException {
    write(FIRST);
    while (!Thread.currentThread().isInterrupted()) {
      byte[] events = take();
      if (events.length == 0) {
        clock.await(SILENCE_NANOS);
        events = take();
        events = events.length == 0 ? COMMENT : events;
      }
      write(events);
    }
  }

  private byte[] take() {
    StringBuilder events = new StringBuilder();
    synchronized (waiting) {
      waiting.forEach((name, data) ->
          events.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n"));
      waiting.clear();
    }
    return events.toString().getBytes(UTF_8);
  }

  private void write(byte[] bytes) throws IOException {
    writingNanos = clock.nanoTime();
    isWriting = true;
    out.write(bytes);
    out.flush();
    isWriting = false;
  }
}
