package dev.switchback.tools.lab;

import dev.switchback.Clock;

/**
 * The page that uploads, of which there is one at a time: the chunks of two would mix, since for
 * the device all pages are one peer. One thread.
 */
final class FileTurn {
  private static final long TURN_NANOS = 10_000_000_000L;

  private final Clock clock;
  private String page = "";
  private long uploadNanos;
  private boolean hasUploaded;

  /** Length of the file under way; unknown if its first chunk was not seen. */
  private long bytes = Long.MAX_VALUE;

  FileTurn(Clock clock) {
    this.clock = clock;
  }

  /** Whether a packet may be passed on; a chunk takes or keeps the turn. */
  boolean takes(LabPacket packet) {
    if (!packet.isUpload()) {
      return true;
    }
    long nowNanos = clock.nanoTime();
    if (!page.isEmpty() && !page.equals(packet.page()) && nowNanos - uploadNanos < TURN_NANOS) {
      return false;
    }
    page = packet.page();
    uploadNanos = nowNanos;
    hasUploaded = true;
    return true;
  }

  /**
   * Notes the answer to a packet.
   *
   * @return whether it ends a file, if it moves one
   */
  boolean moved(LabPacket packet, byte[] answer) {
    if (!packet.movesFile()) {
      return true;
    }
    if (packet.number("off", 0) == 0) {
      bytes = packet.number("len", Long.MAX_VALUE);
    }
    boolean isWhole = LabPacket.number(answer, "off", 0) >= bytes;
    if (isWhole && packet.isUpload()) {
      page = "";
    }
    return isWhole;
  }

  /** Whether a page has uploaded within this time. */
  boolean isUploading(long nanos) {
    return hasUploaded && clock.nanoTime() - uploadNanos < nanos;
  }
}
