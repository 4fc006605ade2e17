package dev.switchback.device.service;

import dev.switchback.sim.TestJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program that sends its argument to systemd's socket. */
public final class DatagramSender {
  private DatagramSender() {}

  /** Returns the shell command without the argument. */
  public static String command() {
    return String.join(
        " ",
        "'" + TestJvm.java() + "'",
        "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "-cp",
        "'" + TestJvm.classPath() + "'",
        DatagramSender.class.getName());
  }

  public static void main(String[] args) throws IOException {
    UnixDatagramSocket.open(System.getenv("NOTIFY_SOCKET"))
        .send(args[0].getBytes(StandardCharsets.UTF_8));
  }
}
