package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.AllocatedBytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUploadTest {
  private static final int CHUNK = 100;

  private final byte[] file = file(350, 1);
  private final FakeImages port = new FakeImages();
  private final Exchange exchange = new Exchange(new ImageGroup(port));

  private static byte[] file(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private SmpMap upload(Exchange.Fields fields) {
    return exchange.write(1, 1, fields);
  }

  private SmpMap send(byte[] of, int offset) {
    return upload(map -> {
      map.number("off", offset);
      map.bytes("data", Arrays.copyOfRange(of, offset, Math.min(of.length, offset + CHUNK)));
      if (offset == 0) {
        map.number("len", of.length);
        map.bytes("sha", sha256(of));
      }
    });
  }

  private long wanted(SmpMap answer) throws SmpException {
    assertEquals("ok", Exchange.outcome(answer));
    return answer.number("off");
  }

  private void sendFrom(byte[] of, int offset) throws SmpException {
    for (int at = offset; at < of.length; at += CHUNK) {
      assertEquals(Math.min(of.length, at + CHUNK), wanted(send(of, at)));
    }
  }

  private void assertStaged(byte[] expected) {
    assertArrayEquals(expected, port.staged.getLast());
  }

  @Test
  void chunksInOrderAreStagedWhenTheFileIsWhole() throws SmpException {
    for (int at = 0; at < 300; at += CHUNK) {
      SmpMap answer = send(file, at);
      assertEquals(at + CHUNK, wanted(answer));
      assertFalse(answer.has("match"), "only at the end");
    }
    assertEquals(List.of(), port.staged);
    SmpMap last = send(file, 300);
    assertEquals(350, wanted(last));
    assertTrue(last.flag("match", false));
    assertStaged(file);
  }

  @Test
  void oneChunkMayBeTheWholeFile() throws SmpException {
    byte[] small = file(80, 2);
    assertTrue(send(small, 0).flag("match", false));
    assertStaged(small);
  }

  @Test
  void everyOrderOfChunksIsAnsweredWithTheOffsetThatIsWanted() throws SmpException {
    assertEquals(100, wanted(send(file, 0)));
    assertEquals(100, wanted(send(file, 200)), "overtaken");
    assertEquals(100, wanted(send(file, 300)), "overtaken, the last");
    assertEquals(200, wanted(send(file, 100)));
    assertEquals(200, wanted(send(file, 100)), "repeated");
    assertEquals(200, wanted(send(file, 50)), "askew");
    assertEquals(200, wanted(send(file, 0)), "the first again");
    sendFrom(file, 200);
    assertStaged(file);
    assertEquals(1, port.staged.size());
  }

  @Test
  void anEmptyChunkAsksForTheOffset() throws SmpException {
    sendFirst();
    SmpMap answer =
        upload(map -> {
          map.number("off", 100);
          map.bytes("data", new byte[0]);
        });
    assertEquals(100, wanted(answer));
  }

  private void sendFirst() throws SmpException {
    assertEquals(100, wanted(send(file, 0)));
  }

  @Test
  void theSameHashIsResumed() throws SmpException {
    sendFirst();
    wanted(send(file, 100));
    assertEquals(200, wanted(send(file, 0)));
    sendFrom(file, 200);
    assertStaged(file);
  }

  @Test
  void anotherHashBeginsAnew() throws SmpException {
    byte[] other = file(350, 3);
    sendFirst();
    assertEquals(100, wanted(send(other, 0)));
    sendFrom(other, 100);
    assertStaged(other);
  }

  @Test
  void theSameHashOfAnotherLengthBeginsAnew() throws SmpException {
    sendFirst();
    wanted(send(file, 100));
    SmpMap answer =
        upload(map -> {
          map.number("off", 0);
          map.number("len", 340);
          map.bytes("sha", sha256(file));
          map.bytes("data", new byte[10]);
        });
    assertEquals(10, wanted(answer));
  }

  @Test
  void withoutAHashOffset0BeginsAnew() throws SmpException {
    for (int i = 0; i < 2; i++) {
      SmpMap answer =
          upload(map -> {
            map.number("off", 0);
            map.number("len", 20);
            map.bytes("data", new byte[10]);
          });
      assertEquals(10, wanted(answer));
    }
    SmpMap last =
        upload(map -> {
          map.number("off", 10);
          map.bytes("data", new byte[10]);
        });
    assertEquals(20, wanted(last));
    assertFalse(last.has("match"), "there was no hash");
    assertStaged(new byte[20]);
  }

  /** cmcumgr announces the image's own hash; Zephyr with MCUboot accepts such an image. */
  @Test
  void theImagesOwnHashIsAHashOfTheFile() throws SmpException {
    byte[] own = port.hash(file).bytes();
    SmpMap first =
        upload(map -> {
          map.number("off", 0);
          map.number("len", file.length);
          map.bytes("sha", own);
          map.bytes("data", Arrays.copyOf(file, CHUNK));
        });
    assertEquals(CHUNK, wanted(first));
    wanted(send(file, 100));
    wanted(send(file, 200));
    assertTrue(send(file, 300).flag("match", false));
    assertStaged(file);
  }

  /** SMP 1 clients accept only numbers, so a mismatch is an error. */
  @Test
  void smp1IsToldOfNoMatch() throws SmpException {
    exchange.inVersion1();
    SmpMap whole = send(file(80, 2), 0);
    assertEquals(Set.of("off", "rc"), whole.names());
    assertStaged(file(80, 2));
    byte[] wrong = file.clone();
    wrong[340] ^= 1;
    for (int at = 0; at < 300; at += CHUNK) {
      wanted(send(file, at));
    }
    assertEquals("3", Exchange.outcome(send(wrong, 300)));
    assertEquals(1, port.staged.size());
  }

  @Test
  void bytesOfAnotherHashAreNotStaged() throws SmpException {
    byte[] wrong = file.clone();
    wrong[340] ^= 1;
    sendFirst();
    wanted(send(file, 100));
    wanted(send(file, 200));
    SmpMap last = send(wrong, 300);
    assertEquals(350, wanted(last));
    assertFalse(last.flag("match", true));
    assertEquals(List.of(), port.staged);
  }

  @Test
  void theLastChunkOnceMoreIsAnsweredAsBefore() throws SmpException {
    sendFirst();
    sendFrom(file, 100);
    SmpMap again = send(file, 300);
    assertEquals(350, wanted(again));
    assertTrue(again.flag("match", false));
    assertEquals(350, wanted(send(file, 100)), "one that was late");
    assertEquals(1, port.staged.size());
  }

  @Test
  void aRefusalIsToldAgainAndTheNextUploadBegins() throws SmpException {
    port.refuses = true;
    sendFirst();
    wanted(send(file, 100));
    wanted(send(file, 200));
    assertEquals("1/23", Exchange.outcome(send(file, 300)));
    assertEquals("1/23", Exchange.outcome(send(file, 300)));
    port.refuses = false;
    sendFirst();
    sendFrom(file, 100);
    assertStaged(file);
  }

  @Test
  void aChunkWithoutAnUploadIsToldToBegin() throws SmpException {
    assertEquals(0, wanted(send(file, 100)));
    assertEquals(List.of(), port.calls);
  }

  @Test
  void anEraseForgetsTheUpload() throws SmpException {
    sendFirst();
    exchange.write(1, 5, map -> {});
    assertEquals(0, wanted(send(file, 100)));
  }

  @Test
  void anUpgradeAsksForANewerVersion() {
    upload(map -> {
      map.number("off", 0);
      map.number("len", 1);
      map.bytes("data", new byte[1]);
      map.flag("upgrade", true);
    });
    assertEquals(List.of("stage newer"), port.calls);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aLengthHasToBePositive(long length) throws SmpException {
    assertRefusedFirst("1/21", map -> map.number("len", length));
  }

  @ParameterizedTest
  @ValueSource(longs = {FakeImages.MAX_BYTES + 1, Integer.MAX_VALUE, Long.MAX_VALUE})
  void aLengthHasALimit(long length) throws SmpException {
    assertRefusedFirst("1/30", map -> map.number("len", length));
  }

  @Test
  void moreThanWasAnnouncedIsRefused() throws SmpException {
    assertRefusedFirst("1/31", map -> map.number("len", 9));
    sendFirst();
    SmpMap answer =
        upload(map -> {
          map.number("off", 100);
          map.bytes("data", new byte[251]);
        });
    assertEquals("1/31", Exchange.outcome(answer));
    sendFrom(file, 100);
    assertStaged(file);
  }

  @Test
  void aFirstChunkThatIsMalformedIsRefused() throws SmpException {
    assertRefusedFirst("3", map -> {});
    assertRefusedFirst("3", map -> map.text("len", "10"));
    assertRefusedFirst(
        "3",
        map -> {
          map.number("len", 10);
          map.text("sha", "x");
        });
    assertRefusedFirst(
        "1/24",
        map -> {
          map.number("len", 10);
          map.bytes("sha", new byte[33]);
        });
    assertRefusedFirst(
        "1/14",
        map -> {
          map.number("len", 10);
          map.number("image", 2);
        });
    assertRefusedFirst(
        "1/14",
        map -> {
          map.number("len", 10);
          map.number("image", -1);
        });
    assertRefusedFirst(
        "3",
        map -> {
          map.number("len", 10);
          map.number("upgrade", 1);
        });
  }

  /** The previous image stays. */
  private void assertRefusedFirst(String outcome, Exchange.Fields fields) throws SmpException {
    wanted(send(file, 0));
    SmpMap answer =
        upload(map -> {
          map.number("off", 0);
          map.bytes("data", new byte[10]);
          fields.write(map);
        });
    assertEquals(outcome, Exchange.outcome(answer));
    assertEquals(100, wanted(send(file, 0)), "the upload goes on");
  }

  @Test
  void offsetAndDataAreWanted() throws SmpException {
    assertEquals("3", Exchange.outcome(upload(map -> map.number("off", 1))));
    assertEquals("3", Exchange.outcome(upload(map -> map.bytes("data", new byte[1]))));
    assertEquals(
        "3",
        Exchange.outcome(
            upload(map -> {
              map.number("off", 1);
              map.text("data", "x");
            })));
    assertEquals(0, wanted(upload(ImageUploadTest::farBehind)));
  }

  private static void farBehind(CborWriter map) throws IOException {
    map.number("off", Long.MAX_VALUE);
    map.bytes("data", new byte[1]);
  }

  @Test
  void memoryGrowsWithWhatArrives() {
    Runnable announcement =
        () ->
            upload(map -> {
              map.number("off", 0);
              map.number("len", FakeImages.MAX_BYTES);
              map.bytes("data", new byte[1]);
            });
    announcement.run();
    long bytes = AllocatedBytes.window(announcement, 10) / 10;
    assertTrue(bytes < FakeImages.MAX_BYTES / 16, bytes + " bytes");
  }
}
