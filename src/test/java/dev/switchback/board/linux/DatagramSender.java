package dev.switchback.board.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program that sends its one word to systemd's socket, whatever the word says. */
public final class DatagramSender {
  private DatagramSender() {}

  /** What a shell runs, before the word. */
  public static String command() {
    return String.join(
        " ",
        "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "'",
        "--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
        "-cp",
        "'"
            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
            + "'",
        DatagramSender.class.getName());
  }

  public static void main(String[] args) throws IOException {
    UnixDatagramSocket.open(System.getenv("NOTIFY_SOCKET"))
        .send(args[0].getBytes(StandardCharsets.UTF_8));
  }
}
