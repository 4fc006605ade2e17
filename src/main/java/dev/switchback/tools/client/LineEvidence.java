package dev.switchback.tools.client;

import dev.switchback.tools.client.LaptopException.Kind;
import java.util.Locale;

/**
 * What came over a line besides answers, the last of it: who asks in vain learns from it why. One
 * thread.
 */
final class LineEvidence {
  private static final int KEPT_CHARACTERS = 256;
  private static final int QUOTED_CHARACTERS = 60;

  private final StringBuilder kept = new StringBuilder();
  private long bytes;
  private long noise;
  private long answered;
  private long malformed;
  private long echoed;

  void text(byte b) {
    bytes++;
    kept.append((char) (b & 0xff));
    if (kept.length() > KEPT_CHARACTERS) {
      kept.deleteCharAt(0);
    }
    if (isNoise(b)) {
      noise++;
    }
  }

  /** What text does not consist of: control characters, bytes with the top bit. */
  private static boolean isNoise(byte b) {
    return b < ' ' && !(b >= '\b' && b <= '\r') && b != 0x1b;
  }

  /** An answer as it should be. */
  void answered() {
    answered++;
  }

  /** An answer that came whole, and is not as the protocol has it. */
  void malformed() {
    malformed++;
  }

  /** A request, which only this end sends. */
  void echoed() {
    echoed++;
  }

  /**
   * Why no answer came, most probable cause first.
   *
   * @param line names port and baud rate for people
   * @param damaged frames that were dropped
   */
  LaptopException noReply(String line, long damaged) {
    String text = kept.toString();
    if (isLogin(text)) {
      return new LaptopException(
          Kind.NO_REPLY,
          line
              + " is taken by a login console; on the Raspberry Pi run: "
              + "sudo raspi-config nonint do_serial_cons 1, and restart it");
    }
    if (echoed > 0) {
      return new LaptopException(
          Kind.NO_REPLY,
          line + " sends every request back: RX and TX are joined, or a terminal in echo is there");
    }
    if (malformed > 0) {
      return new LaptopException(
          Kind.PROTOCOL, line + ": " + malformed + " answers are not as the protocol has them");
    }
    if (damaged > 0) {
      return new LaptopException(
          Kind.PROTOCOL,
          line
              + ": "
              + damaged
              + " answers came damaged: does another program read the same port, "
              + "is the ground connected, the cable short?");
    }
    return new LaptopException(Kind.NO_REPLY, line + " does not answer: " + silence(text));
  }

  /** The same for a socket, where no cable and no rate is to be looked at. */
  LaptopException noReplyOfSocket(String path, long damaged) {
    long wrong = malformed + damaged;
    return wrong > 0
        ? new LaptopException(
            Kind.PROTOCOL,
            path + ": " + wrong + " answers are not as the protocol has them",
            SocketAdvice.of(path),
            null)
        : new LaptopException(
            Kind.NO_REPLY, path + " " + silenceOfSocket(), SocketAdvice.of(path), null);
  }

  private String silenceOfSocket() {
    if (answered > 0) {
      return "does not answer any more";
    }
    if (echoed > 0) {
      return "sends every request back, which no device does";
    }
    return bytes == 0
        ? "does not answer"
        : "is served by something else, which says '" + quoted(kept.toString()) + "'";
  }

  private static boolean isLogin(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("login:") || lower.contains("password:") || lower.contains("login incor");
  }

  private String silence(String text) {
    if (answered > 0) {
      return "it did before; is it switched off, or the cable pulled?";
    }
    if (bytes == 0) {
      return "not a byte came; is the device running with this cable, TX to RX, RX to TX, GND to GND?";
    }
    if (noise * 4 >= bytes) {
      return "what came is no text; the device probably uses another baud rate: try --baud";
    }
    return "something else is there, it says '" + quoted(text) + "'";
  }

  private static String quoted(String text) {
    String plain = text.replaceAll("[^ -~]+", " ").strip();
    return plain.substring(Math.max(0, plain.length() - QUOTED_CHARACTERS));
  }
}
