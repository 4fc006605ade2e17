package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FsGroupTest {
  /** Files in memory, readable at once. */
  private static final class Files implements FilePort {
    final Map<String, byte[]> files = new TreeMap<>();
    final List<String> completed = new ArrayList<>();
    String name = "";
    boolean isFull;

    private byte[] file(String of) throws SmpException {
      byte[] file = files.get(of);
      if (file == null) {
        throw new SmpException(GroupError.FILE_NOT_FOUND, of);
      }
      return file;
    }

    @Override
    public long length(String of) throws SmpException {
      return file(of).length;
    }

    @Override
    public byte[] read(String of, long offset, int most) throws SmpException {
      byte[] file = file(of);
      int from = (int) Math.min(offset, file.length);
      return Arrays.copyOfRange(file, from, Math.min(file.length, from + most));
    }

    @Override
    public void create(String of, long length) throws SmpException {
      if (of.startsWith("/read/")) {
        throw new SmpException(GroupError.FILE_READ_ONLY, of);
      }
      files.put(of, new byte[0]);
      name = of;
    }

    @Override
    public void append(byte[] bytes) throws SmpException {
      if (isFull) {
        throw new SmpException(GroupError.FILE_WRITE_FAILED, "full");
      }
      byte[] file = file(name);
      byte[] longer = Arrays.copyOf(file, file.length + bytes.length);
      System.arraycopy(bytes, 0, longer, file.length, bytes.length);
      files.put(name, longer);
    }

    @Override
    public void complete() {
      completed.add(name);
    }

    @Override
    public void flush() {}
  }

  private static final String NAME = "/scratch/a";

  private final Files port = new Files();
  private final Exchange exchange = new Exchange(new FsGroup(port), 512);
  private final byte[] file = new byte[1000];

  FsGroupTest() {
    new Random(1).nextBytes(file);
  }

  private SmpMap send(String name, int from, int to, int announced) {
    return exchange.write(
        8,
        0,
        map -> {
          map.text("name", name);
          map.number("off", from);
          map.bytes("data", file, from, to - from);
          if (from == 0) {
            map.number("len", announced);
          }
        });
  }

  private SmpMap send(int from, int to) {
    return send(NAME, from, to, file.length);
  }

  private static long wanted(SmpMap answer) throws SmpException {
    assertEquals("ok", Exchange.outcome(answer));
    return answer.number("off");
  }

  private SmpMap ask(int command, String name) {
    return exchange.read(8, command, map -> map.text("name", name));
  }

  @Test
  void aFileGoesUpInChunks() throws SmpException {
    assertEquals(400, wanted(send(0, 400)));
    assertEquals(400, ask(1, NAME).number("len"));
    assertEquals(800, wanted(send(400, 800)));
    assertEquals(List.of(), port.completed);
    assertEquals(1000, wanted(send(800, 1000)));
    assertEquals(List.of(NAME), port.completed);
    assertArrayEquals(file, port.files.get(NAME));
  }

  @Test
  void aFileComesDownInChunksThatFit() throws SmpException {
    port.files.put(NAME, file);
    ByteArrayOutputStream down = new ByteArrayOutputStream();
    int chunks = 0;
    while (down.size() < file.length) {
      int offset = down.size();
      SmpMap answer = download(offset);
      assertEquals(offset, answer.number("off"));
      assertEquals(offset == 0, answer.has("len"));
      down.writeBytes(answer.bytes("data"));
      chunks++;
    }
    assertArrayEquals(file, down.toByteArray());
    assertEquals(1000, download(0).number("len"));
    assertEquals(3, chunks, "of answers of 512 bytes");
    assertEquals(0, download(1000).bytes("data").length);
    assertEquals(0, download(Integer.MAX_VALUE + 1L).bytes("data").length);
  }

  private SmpMap download(long offset) {
    return exchange.read(
        8,
        0,
        map -> {
          map.text("name", NAME);
          map.number("off", offset);
        });
  }

  @Test
  void theLastChunkOnceMoreIsAnsweredAndNotWritten() throws SmpException {
    wanted(send(0, 400));
    wanted(send(400, 800));
    assertEquals(800, wanted(send(400, 800)));
    wanted(send(800, 1000));
    assertEquals(1000, wanted(send(800, 1000)));
    assertArrayEquals(file, port.files.get(NAME));
    assertEquals(1, port.completed.size());
  }

  @Test
  void aWrongOffsetIsRefusedWithTheOneThatIsWanted() throws SmpException {
    wanted(send(0, 400));
    for (int offset : new int[] {1, 399, 401, 900}) {
      SmpMap answer = send(offset, offset + 1);
      assertEquals("8/11", Exchange.outcome(answer));
      assertEquals(400, answer.number("len"));
    }
    assertEquals(800, wanted(send(400, 800)));
  }

  @Test
  void otherBytesAtTheLastOffsetAreNoRepetition() throws SmpException {
    wanted(send(0, 400));
    wanted(send(400, 800));
    file[500] ^= 1;
    assertEquals("8/11", Exchange.outcome(send(400, 800)));
  }

  @Test
  void offset0BeginsAnew() throws SmpException {
    wanted(send(0, 400));
    wanted(send(0, 300));
    assertEquals(300, port.file(NAME).length);
  }

  @Test
  void aChunkOfAnotherFileIsToldToBegin() throws SmpException {
    wanted(send(0, 400));
    SmpMap answer = send("/scratch/b", 400, 800, 0);
    assertEquals("8/11", Exchange.outcome(answer));
    assertEquals(0, answer.number("len"));
    assertEquals(800, wanted(send(400, 800)));
  }

  @Test
  void afterACloseAFileBeginsAt0() throws SmpException {
    wanted(send(0, 400));
    assertEquals("ok", Exchange.outcome(exchange.write(8, 4, map -> {})));
    assertEquals(0, send(400, 800).number("len"));
  }

  @Test
  void anEmptyFileIsCompleteAtOnce() throws SmpException {
    assertEquals(0, wanted(send(NAME, 0, 0, 0)));
    assertEquals(List.of(NAME), port.completed);
    assertEquals("8/16", Exchange.outcome(ask(2, NAME)), "nothing to hash");
  }

  @Test
  void moreThanWasAnnouncedIsRefused() throws SmpException {
    assertEquals("8/12", Exchange.outcome(send(NAME, 0, 400, 399)));
    wanted(send(NAME, 0, 400, 500));
    assertEquals("8/12", Exchange.outcome(send(400, 501)));
    assertEquals(500, wanted(send(400, 500)));
  }

  @Test
  void whatThePortRefusesIsTold() throws SmpException {
    assertEquals("8/15", Exchange.outcome(send("/read/a", 0, 10, 10)));
    assertEquals("8/3", Exchange.outcome(ask(1, "/none")));
    assertEquals("8/3", Exchange.outcome(ask(2, "/none")));
    wanted(send(0, 400));
    port.isFull = true;
    assertEquals("8/10", Exchange.outcome(send(400, 800)));
    assertEquals(0, send(400, 800).number("len"), "begins anew");
  }

  @ParameterizedTest
  @CsvSource({
    "crc32, 0, 1000",
    "crc32, 1, 999",
    "crc32, 999, 7",
    "sha256, 0, 1000",
    "sha256, 10, 20"
  })
  void hashesAreOfTheRange(String type, int offset, int length) throws Exception {
    port.files.put(NAME, file);
    SmpMap answer = hash(type, offset, length);
    int hashed = Math.min(length, 1000 - offset);
    assertEquals(hashed, answer.number("len"));
    assertEquals(offset, answer.number("off", 0));
    if (type.equals("crc32")) {
      CRC32 crc = new CRC32();
      crc.update(file, offset, hashed);
      assertEquals(crc.getValue(), answer.number("output"));
    } else {
      byte[] part = Arrays.copyOfRange(file, offset, offset + hashed);
      assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(part), answer.bytes("output"));
    }
  }

  private SmpMap hash(String type, long offset, long length) {
    return exchange.read(
        8,
        2,
        map -> {
          map.text("name", NAME);
          map.text("type", type);
          map.number("off", offset);
          map.number("len", length);
        });
  }

  @Test
  void aLongFileIsHashedInPieces() throws SmpException {
    port.files.put(NAME, new byte[100_000]);
    CRC32 crc = new CRC32();
    crc.update(new byte[100_000]);
    assertEquals(crc.getValue(), ask(2, NAME).number("output"));
  }

  @Test
  void aRangeThatIsNoneIsRefused() {
    port.files.put(NAME, file);
    assertEquals("8/12", Exchange.outcome(hash("crc32", 1000, 1)));
    assertEquals("8/12", Exchange.outcome(hash("crc32", Long.MAX_VALUE, 1)));
    assertEquals("3", Exchange.outcome(hash("crc32", -1, 1)));
    assertEquals("3", Exchange.outcome(hash("crc32", 0, 0)));
    assertEquals("3", Exchange.outcome(hash("crc32", 0, -1)));
    assertEquals("8/13", Exchange.outcome(hash("CRC32", 0, 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "/weights/../etc/passwd",
        "/scratch/..",
        "//scratch/a",
        "/scratch//a",
        "/scratch/",
        "/",
        "/scratch/a\n",
        "/scratch/\u0000",
        "/scratch/\u007f",
        "/scratch/\u0085"
      })
  void aNameThatCouldLeaveItsRootIsRefused(String name) {
    assertNameRefused(name);
  }

  private void assertNameRefused(String name) {
    assertEquals("8/2", Exchange.outcome(ask(1, name)));
    assertEquals("8/2", Exchange.outcome(ask(2, name)));
    assertEquals("8/2", Exchange.outcome(send(name, 0, 10, 10)));
    SmpMap down =
        exchange.read(
            8,
            0,
            map -> {
              map.text("name", name);
              map.number("off", 0);
            });
    assertEquals("8/2", Exchange.outcome(down));
    assertEquals(Map.of(), port.files);
  }

  @Test
  void aNameHasAtMost64Characters() throws SmpException {
    assertNameRefused("/scratch/" + "x".repeat(56));
    wanted(send("/scratch/" + "x".repeat(55), 0, 10, 10));
  }

  @Test
  void whatIsMissingOrNegativeIsInvalid() {
    port.files.put(NAME, file);
    assertEquals("3", Exchange.outcome(exchange.read(8, 1, map -> {})));
    assertEquals("3", Exchange.outcome(exchange.read(8, 0, map -> map.text("name", NAME))));
    assertEquals("3", Exchange.outcome(download(-1)));
    assertEquals("3", Exchange.outcome(send(NAME, 0, 1, -1)));
    assertEquals("3", Exchange.outcome(exchange.write(8, 0, map -> map.text("name", NAME))));
  }

  @Test
  void version1IsToldTheTranslationWithoutTheOffset() throws SmpException {
    wanted(send(0, 400));
    exchange.inVersion1();
    SmpMap answer = send(1, 2);
    assertEquals("1", Exchange.outcome(answer));
    assertFalse(answer.has("len"));
    assertEquals("3", Exchange.outcome(ask(1, "..")));
    assertEquals("5", Exchange.outcome(ask(1, "/none")));
  }

  @Test
  void otherCommandsAreNotSupported() {
    assertEquals("8", Exchange.outcome(exchange.read(8, 4, map -> {})));
    assertEquals("8", Exchange.outcome(exchange.read(8, 5, map -> {})));
    assertEquals("8", Exchange.outcome(exchange.write(8, 1, map -> {})));
  }
}
