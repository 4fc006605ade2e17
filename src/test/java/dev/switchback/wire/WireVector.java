package dev.switchback.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A recording of Python's smp 3.3.2 and a Zephyr 4.4.0 server.
 *
 * @param request whether the client sent it
 * @param wire the bytes on the line, one character each
 */
public record WireVector(String name, boolean request, String wire) {
  private static final String FILE = "/golden/link/smp-zephyr-4.4.0.txt";

  /** Returns all vectors of the file in order: 46 requests and their answers. */
  public static List<WireVector> all() {
    List<WireVector> vectors = new ArrayList<>();
    String name = "";
    for (String line : text().lines().filter(each -> !each.startsWith("#")).toList()) {
      if (!line.startsWith(" ")) {
        name = line.strip();
      } else {
        byte[] frame = HexFormat.of().parseHex(line.strip().substring(3));
        vectors.add(of(name, line.startsWith("  tx "), frame));
      }
    }
    return vectors;
  }

  static WireVector of(String name, boolean request, byte[] frame) {
    return new WireVector(name, request, new String(frame, StandardCharsets.ISO_8859_1));
  }

  private static String text() {
    try (InputStream in = WireVector.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] frame() {
    return Received.latin1(wire);
  }

  /** Returns the lines without markers and line feeds. */
  List<String> lines() {
    return wire.lines().map(line -> line.substring(2)).toList();
  }

  /** Returns length, packet and CRC, decoded line by line by the JDK. */
  byte[] body() {
    return Received.join(
        lines().stream().map(line -> Base64.getDecoder().decode(line)).toArray(byte[][]::new));
  }

  public byte[] packet() {
    byte[] body = body();
    return Arrays.copyOfRange(body, 2, body.length - 2);
  }

  @Override
  public String toString() {
    return name + (request ? " tx" : " rx");
  }
}
