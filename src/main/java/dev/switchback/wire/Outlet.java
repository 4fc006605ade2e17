package dev.switchback.wire;

/** Takes bytes that go out, all of them before it returns. */
public interface Outlet {
  void send(byte[] bytes, int offset, int length);
}
