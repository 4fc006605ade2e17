package dev.switchback.wire;

/** Receives bytes to send. Returns after all are sent. */
public interface ByteSink {
  void send(byte[] bytes, int offset, int length);
}
