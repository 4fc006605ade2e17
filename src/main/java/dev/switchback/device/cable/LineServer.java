package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceThread;
import dev.switchback.device.node.LineStatus;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;
import dev.switchback.wire.SocketLink;
import dev.switchback.wire.SocketPort;
import dev.switchback.wire.serial.PortUser;
import dev.switchback.wire.serial.PortUsers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Serves a UNIX socket to guests, each with a {@link Session} and a thread of its own, so that none
 * holds up another. A thread that waits for guests sleeps until one comes. One thread opens and
 * closes.
 */
public final class LineServer implements AutoCloseable {
  /** So many sessions fit the memory budget. */
  static final int MAX_GUESTS = 32;

  private static final String FULL = SocketLink.NO_PLACE + ": all " + MAX_GUESTS + " are taken\r\n";

  /** Between two guests, so that one that comes and goes all the time costs little. */
  private static final long PAUSE_NANOS = 5_000_000;

  private static final long RETRY_NANOS = 1_000_000_000;

  private final Device device;
  private final Path path;
  private final GuestTurns turns = new GuestTurns();
  private final Clock clock = new SystemClock();
  private final DeviceThread thread = new DeviceThread("line", this::run);

  /** Guarded by itself. */
  private final List<Guest> guests = new ArrayList<>();

  private volatile @Nullable ServerSocketChannel channel;
  private volatile boolean closing;
  private volatile String state = "not opened yet";

  /**
   * Adds the state of the socket to the status of the device.
   *
   * @param path of the socket, in a directory that exists once {@link #start} is called
   */
  public LineServer(Device device, Path path) {
    this.device = device;
    this.path = path;
    device.reportLine(this::status);
  }

  /**
   * Makes the socket, with mode 0660, and waits for guests on a separate thread. A socket that
   * nobody listens on is replaced.
   *
   * @throws LinkException BUSY if another process listens on it, naming it; another kind if there
   *     can be no socket
   */
  public void start() throws LinkException {
    try {
      open();
      state = "open";
    } catch (LinkException e) {
      state = String.valueOf(e.getMessage());
      throw e;
    }
    thread.start();
  }

  private void open() throws LinkException {
    removeStale();
    try {
      ServerSocketChannel open = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel = open;
      open.bind(UnixDomainSocketAddress.of(path), MAX_GUESTS);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    } catch (IOException | UnsupportedOperationException e) {
      closeChannel();
      throw new LinkException(Kind.OTHER, path + ": " + e.getMessage(), e);
    }
  }

  private void removeStale() throws LinkException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!SocketPort.isSocket(path)) {
      throw new LinkException(Kind.OTHER, path + " is there, and not a socket; remove it");
    }
    if (isServed()) {
      throw busy(PortUsers.ofSocket(path));
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new LinkException(Kind.OTHER, path + " cannot be replaced: " + e.getMessage(), e);
    }
  }

  private boolean isServed() throws LinkException {
    try {
      new SocketPort(path).open().close();
      return true;
    } catch (LinkException e) {
      return switch (e.kind()) {
        case NO_PORT -> false;
        case BUSY -> true;
        default -> throw e;
      };
    }
  }

  private LinkException busy(List<PortUser> users) {
    String names = users.stream().map(PortUser::toString).collect(Collectors.joining(", "));
    return new LinkException(
        Kind.BUSY,
        path + " is served by " + (names.isEmpty() ? "another process" : names),
        users.isEmpty() ? "end it" : users.getFirst().fix(path.toString()),
        null);
  }

  private void run() {
    ServerSocketChannel open = channel;
    while (open != null && !closing) {
      try {
        admit(open.accept());
        state = "open";
        clock.await(PAUSE_NANOS);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        state = String.valueOf(e.getMessage());
        Logger.warn("line {}: {}", path, state);
        clock.await(RETRY_NANOS);
      }
    }
  }

  private void admit(SocketChannel accepted) throws LinkException {
    SocketLink link = SocketLink.of(accepted, path.toString());
    boolean isAdmitted;
    synchronized (guests) {
      isAdmitted = !closing && guests.size() < MAX_GUESTS;
      if (isAdmitted) {
        Guest guest = new Guest(device, turns, link, this::remove);
        guests.add(guest);
        guest.start();
      }
    }
    if (!isAdmitted) {
      try (link) {
        link.write(FULL.getBytes(US_ASCII), 0, FULL.length());
      }
    }
  }

  private void remove(Guest guest) {
    synchronized (guests) {
      guests.remove(guest);
    }
  }

  /** Returns the number of guests. Any thread. */
  int guests() {
    synchronized (guests) {
      return guests.size();
    }
  }

  private LineStatus status() {
    return new LineStatus(path.toString(), guests(), state);
  }

  /** Closes the lines of all guests, and removes the socket. Idempotent. */
  @Override
  public void close() {
    closing = true;
    closeChannel();
    clock.wake();
    thread.join();
    List<Guest> last;
    synchronized (guests) {
      last = List.copyOf(guests);
    }
    last.forEach(Guest::close);
    last.forEach(Guest::join);
  }

  private void closeChannel() {
    ServerSocketChannel open = channel;
    channel = null;
    if (open == null) {
      return;
    }
    try (open) {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The next start replaces it.
    }
  }
}
