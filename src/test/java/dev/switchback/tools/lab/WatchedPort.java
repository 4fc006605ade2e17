package dev.switchback.tools.lab;

import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import dev.switchback.wire.smp.SmpHeader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the requests that pass, and cuts the line without a word on demand. */
final class WatchedPort implements Port {
  private final Port behind;
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();

  /** Whether what is written gets lost. */
  volatile boolean isSilent;

  WatchedPort(Port behind) {
    this.behind = behind;
  }

  /** Returns how many requests of a command have passed, such as {@code 100/8}. */
  int requests(String command) {
    return requests.getOrDefault(command, 0);
  }

  int requests() {
    return requests.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public ByteLink open() throws LinkException {
    ByteLink link = behind.open();
    Demultiplexer passing =
        new Demultiplexer(
            new Demultiplexer.Receiver() {
              @Override
              public void text(byte value) {
                throw new AssertionError("text to a device");
              }

              @Override
              public void packet(byte[] buffer, int length) {
                SmpHeader header = SmpHeader.read(buffer, 0);
                requests.merge(header.group() + "/" + header.command(), 1, Integer::sum);
              }
            });
    return new ByteLink() {
      @Override
      public int read(byte[] buffer) throws LinkException {
        return link.read(buffer);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws LinkException {
        if (!isSilent) {
          passing.receive(bytes, offset, length, System.nanoTime());
          link.write(bytes, offset, length);
        }
      }

      @Override
      public void close() {
        link.close();
      }
    };
  }

  @Override
  public String toString() {
    return behind.toString();
  }
}
