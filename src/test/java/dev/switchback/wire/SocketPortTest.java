package dev.switchback.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a UNIX socket. */
@Timeout(30)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SocketPortTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("line");
  }

  private ServerSocketChannel server() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path()));
  }

  private LinkException failure() {
    return assertThrows(LinkException.class, () -> new SocketPort(path()).open());
  }

  @Test
  void bytesPassBothWays() throws Exception {
    try (ServerSocketChannel server = server();
        ByteLink one = new SocketPort(path()).open()) {
      ByteLink two = SocketLink.of(server.accept(), "two");
      byte[] buffer = new byte[10];
      one.write(new byte[] {9, 1, 2, 9}, 1, 2);
      assertEquals(2, two.read(buffer));
      assertArrayEquals(new byte[] {1, 2}, Arrays.copyOf(buffer, 2));
      two.write(new byte[] {3}, 0, 1);
      assertEquals(1, one.read(buffer));
      assertEquals(3, buffer[0]);
      assertEquals(0, one.read(buffer), "after the limit");
      two.close();
      LinkException lost = assertThrows(LinkException.class, () -> one.read(buffer));
      assertEquals(Kind.LOST, lost.kind());
    }
  }

  @Test
  void closingEndsAReadWithoutLimit() throws Exception {
    try (ServerSocketChannel server = server();
        ByteLink one = new SocketPort(path()).open()) {
      SocketLink two = SocketLink.of(server.accept(), "two");
      CompletableFuture<Integer> read =
          CompletableFuture.supplyAsync(() -> {
            try {
              return two.read(new byte[1], 0);
            } catch (LinkException e) {
              throw new CompletionException(e);
            }
          });
      TimeUnit.MILLISECONDS.sleep(200);
      assertFalse(read.isDone());
      two.close();
      CompletionException ended = assertThrows(CompletionException.class, read::join);
      assertEquals("two was closed", Objects.requireNonNull(ended.getCause()).getMessage());
      assertTrue(one.toString().endsWith("line"));
    }
  }

  @Test
  void aGuestWithoutAPlaceIsToldWhyHoweverItFinds() throws Exception {
    String said = SocketLink.NO_PLACE + ":\033[2J all are taken";
    String told = path() + ": no place for another guest:?[2J all are taken";
    for (boolean isReader : new boolean[] {true, false}) {
      Files.deleteIfExists(path());
      try (ServerSocketChannel server = server();
          ByteLink guest = new SocketPort(path()).open()) {
        SocketLink refusing = SocketLink.of(server.accept(), "refusing");
        guest.write(new byte[] {1}, 0, 1);
        refusing.write((said + "\r\n").getBytes(US_ASCII), 0, said.length() + 2);
        refusing.close();
        byte[] buffer = new byte[4096];
        for (int i = 0; i < 2; i++) {
          LinkException refused =
              assertThrows(
                  LinkException.class,
                  () -> {
                    if (isReader) {
                      guest.read(buffer);
                    } else {
                      guest.write(buffer, 0, 1);
                    }
                  });
          assertEquals(Kind.BUSY, refused.kind());
          assertEquals(told, refused.what());
        }
      }
    }
  }

  /** Only the first bytes may be a refusal, and only of a server. */
  @Test
  void theSameTextLaterIsText() throws Exception {
    byte[] text = SocketLink.NO_PLACE.getBytes(US_ASCII);
    try (ServerSocketChannel server = server();
        ByteLink guest = new SocketPort(path()).open();
        SocketLink other = SocketLink.of(server.accept(), "other")) {
      byte[] buffer = new byte[4096];
      guest.write(text, 0, text.length);
      assertEquals(text.length, other.read(buffer));
      other.write(new byte[] {'>'}, 0, 1);
      assertEquals(1, guest.read(buffer));
      other.write(text, 0, text.length);
      assertEquals(text.length, guest.read(buffer));
    }
  }

  @Test
  void aWriteThatNobodyReadsEnds() throws Exception {
    try (ServerSocketChannel server = server();
        ByteLink one = new SocketPort(path()).open();
        SocketLink two = SocketLink.of(server.accept(), "two")) {
      byte[] much = new byte[1 << 20];
      LinkException stuck =
          assertThrows(
              LinkException.class,
              () -> {
                for (int i = 0; i < 10; i++) {
                  two.write(much, 0, much.length);
                }
              });
      assertEquals("two takes no bytes: nothing reads at its other end", stuck.getMessage());
      assertTrue(one.toString().endsWith("line"));
    }
  }

  @Test
  void nobodyListeningIsNoPort() throws Exception {
    assertEquals(Kind.NO_PORT, failure().kind());
    assertTrue(failure().what().startsWith("no device listens: no " + path()));
    server().close();
    assertTrue(SocketPort.isSocket(path()));
    assertEquals(Kind.NO_PORT, failure().kind());
    assertTrue(failure().what().startsWith("no device listens on " + path()));
  }

  @Test
  void aFileIsNoSocket() throws Exception {
    Files.createFile(path());
    assertFalse(SocketPort.isSocket(path()));
    assertEquals(Kind.NO_PORT, failure().kind());
    assertEquals(path() + " is not a socket of a device", failure().getMessage());
  }

  /** Root, as whom tests may run, is denied nothing. */
  @Test
  void withoutPermissionTheFixIsTheGroup() throws Exception {
    LinkException denied =
        new SocketPort(directory.resolve("none")).failure(new SocketException("Permission denied"));
    assertEquals(Kind.PERMISSION, denied.kind());
    assertEquals(
        "run 'sudo usermod -aG switchback "
            + System.getProperty("user.name")
            + "', then log out and in again",
        denied.fix());
  }

  @Test
  void aDeviceThatHangsHoldsUpNobody() throws Exception {
    try (ServerSocketChannel server =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(path()), 1)) {
      LinkException full =
          assertThrows(
              LinkException.class,
              () -> {
                for (int i = 0; i < 10; i++) {
                  new SocketPort(path()).open();
                }
              });
      assertEquals(Kind.BUSY, full.kind());
      assertTrue(server.isOpen());
    }
  }
}
