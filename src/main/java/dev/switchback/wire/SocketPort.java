package dev.switchback.wire;

import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/** The UNIX socket that a device on this machine serves. */
public final class SocketPort implements Port {
  /** That of the installed service. */
  public static final Path SERVICE = Path.of("/run/switchback/line");

  /** What Linux says of a socket whose queue of guests is full. */
  private static final String FULL = "temporarily unavailable";

  private static final int TYPE = 0170000;
  private static final int SOCKET = 0140000;

  private final Path path;

  public SocketPort(Path path) {
    this.path = path;
  }

  /** Whether there is a socket, whoever may open it. */
  public static boolean isSocket(Path path) {
    try {
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return mode instanceof Integer bits && (bits & TYPE) == SOCKET;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  @Override
  public ByteLink open() throws LinkException {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      // Blocking, it would wait for a place in the queue of a device that hangs.
      channel.configureBlocking(false);
      if (!channel.connect(UnixDomainSocketAddress.of(path))) {
        throw new SocketException(FULL);
      }
    } catch (IOException | UnsupportedOperationException e) {
      close(channel);
      throw failure(e);
    }
    return SocketLink.ofGuest(channel, path.toString());
  }

  private static void close(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // It was never used.
    }
  }

  /** Tells what an opening failed of. */
  LinkException failure(Exception cause) {
    if (Files.exists(path) && !isSocket(path)) {
      return new LinkException(Kind.NO_PORT, path + " is not a socket of a device", cause);
    }
    if (cause instanceof ConnectException) {
      return new LinkException(Kind.NO_PORT, "no device listens on " + path, start(), cause);
    }
    if (String.valueOf(cause.getMessage()).contains(FULL)) {
      return new LinkException(Kind.BUSY, path + " takes no guest now; try again");
    }
    if (isDenied(cause)) {
      return new LinkException(
          Kind.PERMISSION,
          "no permission for " + path,
          "run 'sudo usermod -aG %s %s', then log out and in again"
              .formatted(group(), System.getProperty("user.name")),
          cause);
    }
    if (Files.notExists(path)) {
      return new LinkException(Kind.NO_PORT, "no device listens: no " + path, start(), cause);
    }
    return new LinkException(Kind.OTHER, path + ": " + cause.getMessage(), cause);
  }

  private String start() {
    return path.equals(SERVICE)
        ? "run 'sudo systemctl restart switchback'"
        : "is a device running, with this state directory?";
  }

  /** Java has no exception of its own for it; a directory on the way may deny it, too. */
  private static boolean isDenied(Exception cause) {
    return String.valueOf(cause.getMessage()).contains("ermission denied");
  }

  private String group() {
    try {
      return Files.readAttributes(path, PosixFileAttributes.class).group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "switchback";
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
