package dev.switchback.wire;

import static dev.switchback.wire.ModemSender.ACK;
import static dev.switchback.wire.ModemSender.CAN;
import static dev.switchback.wire.ModemSender.EOT;
import static dev.switchback.wire.ModemSender.NAK;
import static dev.switchback.wire.ModemSender.block;
import static dev.switchback.wire.ModemSender.header;
import static dev.switchback.wire.ModemSender.noMoreFiles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.AllocatedBytes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YmodemReceiverTest {
  private static final int MAX = 100_000;
  private static final String CANCELLED = CAN.repeat(8);

  private final ModemSender sender = new ModemSender(MAX);

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(random);
    return random;
  }

  private void assertFailed(String reason) {
    assertEquals(reason, sender.receiver.failure());
    assertFalse(sender.receiver.isDone());
    assertEquals("", sender.silence(0.3));
    assertTrue(sender.receiver.isDone());
  }

  private void assertReceived(byte[] content) {
    assertEquals("", sender.silence(1));
    assertNull(sender.receiver.failure());
    assertTrue(sender.receiver.isDone());
    assertArrayEquals(content, sender.receiver.content());
  }

  private void begin(int length) {
    assertEquals("C", sender.replies());
    assertEquals(ACK + "C", sender.send(header("xor.img", length + " 14000000000 100644")));
  }

  @ParameterizedTest
  @CsvSource({
    "128, 0",
    "128, 1",
    "128, 128",
    "1024, 129",
    "1024, 1024",
    "1024, 50000",
    "128, 70000"
  })
  void fileOfAnyLength_isReceivedAsAnnounced(int blockBytes, int length) {
    byte[] file = random(length);
    begin(length);
    sender.sendBlocks(file, blockBytes);
    assertEquals(ACK + "C", sender.send(EOT));
    assertFalse(sender.receiver.isDone());
    assertEquals(ACK, sender.send(noMoreFiles()));
    assertReceived(file);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 1024})
  void xmodem_keepsThePadding(int blockBytes) {
    byte[] file = random(40_000);
    sender.replies();
    sender.sendBlocks(file, blockBytes);
    assertEquals(ACK, sender.send(EOT));
    byte[] content = sender.receiver.content();
    assertArrayEquals(file, Arrays.copyOf(content, file.length));
    for (int i = file.length; i < content.length; i++) {
      assertEquals(0x1A, content[i]);
    }
    assertReceived(content);
  }

  @Test
  void receiver_asksEverySecond_60Times() {
    assertEquals("C".repeat(60), sender.replies() + sender.silence(59.9));
    assertNull(sender.receiver.failure());
    assertEquals("", sender.silence(0.2));
    assertFalse(sender.receiver.hasBegun());
    assertFailed("no sender began");
  }

  @Test
  void noise_beforeTheSender_isIgnored_andDoesNotHoldUpTheAsking() {
    StringBuilder asked = new StringBuilder(sender.replies());
    for (int i = 0; i < 49; i++) {
      asked.append(sender.send("\1x\2\0\376\4ab" + CAN + "\10q"));
      assertFalse(sender.receiver.hasBegun());
      asked.append(sender.silence(0.1));
    }
    assertEquals("CCCCC", asked.toString());
    assertEquals(ACK + "C", sender.send(header("xor.img", "4 0")));
    assertTrue(sender.receiver.hasBegun());
  }

  @Test
  void ctrlC_beforeTheSender_ends() {
    sender.replies();
    assertEquals("", sender.send("\3"));
    assertFailed("interrupted");
  }

  @Test
  void twoCancels_end_oneDoesNot() {
    begin(200);
    assertEquals("", sender.send(CAN));
    assertEquals(ACK, sender.send(block(1, random(128))));
    assertEquals("", sender.send(CAN));
    assertEquals(CANCELLED, sender.send(CAN));
    assertFailed("cancelled by the sender");
  }

  @Test
  void cancelInTheMiddleOfABlock_isSeenOnceItIsQuiet() {
    begin(200);
    byte[] half = Arrays.copyOf(block(1, random(128)), 60);
    assertEquals("", sender.send(half) + sender.send(CAN.repeat(10) + "\10".repeat(10)));
    assertEquals(CANCELLED, sender.silence(1));
    assertFailed("cancelled by the sender");
  }

  @Test
  void everyFlippedBit_ofABlock_isAskedForAgain() {
    byte[] data = random(128);
    byte[] block = block(1, data);
    for (int bit = 0; bit < 8 * block.length; bit++) {
      ModemSender each = new ModemSender(MAX);
      each.send(header("xor.img", "128"));
      each.replies();
      byte[] flipped = block.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      String answer = each.send(flipped);
      answer += each.silence(0.2) + (answer.isEmpty() ? each.silence(0.9) : "");
      assertEquals("C", answer, "bit " + bit);
      assertEquals(ACK, each.send(block), "bit " + bit);
      assertEquals(NAK, each.send(EOT));
      assertEquals(ACK + "C", each.send(EOT));
      assertArrayEquals(data, each.receiver.content());
    }
  }

  @Test
  void everyDroppedByte_ofABlock_isAskedForAgain() {
    byte[] data = random(200);
    byte[] block = block(2, Arrays.copyOfRange(data, 128, 200));
    for (int dropped = 0; dropped < block.length; dropped++) {
      ModemSender each = new ModemSender(MAX);
      each.send(header("xor.img", "200"));
      each.send(block(1, Arrays.copyOf(data, 128)));
      each.replies();
      byte[] before = Arrays.copyOf(block, dropped);
      byte[] after = Arrays.copyOfRange(block, dropped + 1, block.length);
      assertEquals(NAK, each.send(before) + each.send(after) + each.silence(1.1), "at " + dropped);
      assertEquals(ACK, each.send(block));
      assertEquals(NAK, each.send(EOT));
      assertEquals(ACK + "C", each.send(EOT));
      assertArrayEquals(data, each.receiver.content());
    }
  }

  @Test
  void repeatedBlocks_areAcknowledged_onceItIsQuiet() {
    byte[] file = random(256);
    byte[] header = header("xor.img", "256 0");
    byte[] first = block(1, Arrays.copyOf(file, 128));
    byte[] second = block(2, Arrays.copyOfRange(file, 128, 256));
    begin(256);
    assertEquals("", sender.send(header));
    assertEquals(ACK + "C", sender.silence(0.2));
    assertEquals(ACK, sender.send(first));
    assertEquals("", sender.send(first));
    assertEquals(ACK, sender.silence(0.2));
    assertEquals(ACK, sender.send(second) + sender.send(second) + sender.send(second));
    assertEquals(ACK, sender.silence(0.2));
    assertEquals("", sender.silence(9.9));
    assertEquals(NAK + ACK + "C" + ACK + "C", sender.send(EOT + EOT + EOT));
    assertEquals(ACK, sender.send(noMoreFiles()));
    assertReceived(file);
  }

  @Test
  void firstBlock_repeatedForEachC_isAcknowledgedOnce() {
    byte[] file = random(256);
    byte[] header = header("xor.img", "256 0");
    begin(256);
    assertEquals("", sender.send(header) + sender.send(header));
    sender.sendBlocks(file, 128);
    assertEquals(ACK + "C", sender.send(EOT));
  }

  @Test
  void sameBlockForEver_endsTheTransfer() {
    begin(256);
    byte[] block = block(1, random(128));
    assertEquals(ACK, sender.send(block));
    for (int round = 0; round < 9; round++) {
      assertEquals(ACK, sender.send(block) + sender.silence(0.2));
    }
    assertEquals(CANCELLED, sender.send(block) + sender.silence(0.2));
    assertFailed("10 bad blocks in a row");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lastAcknowledgement_isGivenAgain(boolean isYmodem) {
    sender.replies();
    if (isYmodem) {
      sender.send(header("x", "0"));
    } else {
      sender.send(block(1, random(128)));
    }
    sender.send(EOT + EOT);
    byte[] last = isYmodem ? noMoreFiles() : Received.latin1(EOT);
    sender.send(isYmodem ? last : new byte[0]);
    sender.replies();
    assertEquals("", sender.silence(0.9));
    assertEquals(ACK, sender.send(last));
    assertEquals("", sender.silence(0.9));
    assertFalse(sender.receiver.isDone());
    sender.silence(0.1);
    assertTrue(sender.receiver.isDone());
    assertNull(sender.receiver.failure());
  }

  @Test
  void numbers_wrapAround() {
    byte[] file = random(300 * 128);
    sender.replies();
    sender.sendBlocks(file, 128);
    assertEquals(ACK, sender.send(EOT));
    assertReceived(file);
  }

  @Test
  void blockOutOfSequence_endsTheTransfer() {
    begin(1000);
    assertEquals(CANCELLED, sender.send(block(2, random(128))));
    assertFailed("block 2 came where 1 was due");
  }

  @Test
  void lostEnd_isAskedForAgain() {
    begin(128);
    assertEquals(ACK, sender.send(block(1, random(128))));
    assertEquals("", sender.silence(9.9));
    assertEquals(NAK, sender.silence(0.2));
    assertEquals(NAK + ACK + "C", sender.send(EOT + EOT));
    assertEquals("C", sender.silence(3));
    assertEquals("C", sender.silence(3));
    assertFalse(sender.receiver.isDone());
    assertEquals("", sender.silence(3));
    assertReceived(random(128));
  }

  @Test
  void tenBadBlocksInARow_end_nineDoNot() {
    begin(1000);
    sender.send(block(1, random(128)));
    byte[] bad = block(2, random(128));
    bad[70] ^= 1;
    for (int round = 0; round < 9; round++) {
      assertEquals(NAK, sender.send(bad) + sender.silence(0.2));
    }
    assertEquals(ACK, sender.send(block(2, random(128))));
    for (int round = 0; round < 9; round++) {
      assertEquals(NAK, sender.send(bad) + sender.silence(0.2));
    }
    assertEquals(CANCELLED, sender.send(bad) + sender.silence(0.2));
    assertFailed("10 bad blocks in a row");
  }

  @Test
  void silence_endsTheTransfer_after100Seconds() {
    begin(1000);
    sender.send(block(1, random(128)));
    assertEquals(NAK.repeat(9), sender.silence(99.9));
    assertEquals(CANCELLED, sender.silence(0.2));
    assertFailed("the sender fell silent");
  }

  @Test
  void whatFollowsAFailure_isSwallowed_untilTheLineIsQuiet() {
    begin(1000);
    sender.send(CAN + CAN);
    sender.replies();
    for (int i = 0; i < 20; i++) {
      assertEquals("", sender.send(random(100)) + sender.silence(0.1));
      assertFalse(sender.receiver.isDone());
    }
    assertFailed("cancelled by the sender");
  }

  @ParameterizedTest
  @CsvSource({
    "100001, '100001 bytes announced, at most 100000 are taken'",
    "9999999999999999999999, '1000000000000 bytes announced, at most 100000 are taken'"
  })
  void announcedLengthBeyondTheLimit_isRefused(String length, String reason) {
    sender.replies();
    assertEquals(CANCELLED, sender.send(header("big.img", length)));
    assertFailed(reason);
  }

  @Test
  void endBeforeTheFirstBlock_isNone() {
    sender.replies();
    byte[] bad = header("x.img", "3");
    bad[70] ^= 1;
    assertEquals("C", sender.send(bad) + sender.silence(0.2));
    assertEquals("", sender.send(EOT + EOT));
    assertEquals(ACK + "C", sender.send(header("x.img", "3")));
  }

  @Test
  void noFile_isRefused() {
    sender.replies();
    assertEquals(CANCELLED, sender.send(noMoreFiles()));
    assertFailed("the sender has no file");
  }

  @Test
  void secondFile_isRefused() {
    begin(0);
    sender.send(EOT + EOT);
    sender.replies();
    assertEquals(CANCELLED, sender.send(header("second.img", "3")));
    assertFailed("one file at a time");
  }

  @Test
  void moreThanAnnounced_isRefused() {
    begin(128);
    sender.send(block(1, random(128)));
    sender.replies();
    assertEquals(CANCELLED, sender.send(block(2, random(128))));
    assertFailed("more than 128 bytes came");
  }

  @Test
  void lessThanAnnounced_isRefused() {
    begin(300);
    sender.send(block(1, random(128)));
    sender.replies();
    assertEquals(NAK + CANCELLED, sender.send(EOT + EOT));
    assertFailed("the file ended after 128 of 300 bytes");
  }

  @Test
  void xmodemBeyondTheLimit_isRefused() {
    sender.replies();
    int number = 1;
    String answer = ACK;
    while (answer.equals(ACK)) {
      answer = sender.send(block(number++, random(1024)));
    }
    assertEquals(CANCELLED, answer);
    assertEquals(100, number);
    assertFailed("more than 100000 bytes came");
  }

  @ParameterizedTest
  @CsvSource({"a\u00fcb\u0007.img, 12", "dir/x.img, 12x"})
  void anyName_isTaken(String name, String length) {
    sender.replies();
    assertEquals(ACK + "C", sender.send(header(name, length)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", " 12"})
  void untoldLength_keepsThePadding(String length) {
    sender.replies();
    sender.send(header("x.img", length));
    sender.replies();
    sender.sendBlocks(random(100), 128);
    assertEquals(ACK + "C", sender.send(EOT));
    assertEquals(128, sender.receiver.content().length);
  }

  @Test
  void receiving_allocatesNothing() {
    byte[] block = block(1, random(1024));
    YmodemReceiver receiver = new YmodemReceiver((bytes, offset, length) -> {}, 1 << 24, 0);
    for (byte value : header("big.img", "16777216")) {
      receiver.receive(value, 0);
    }
    int[] number = {0};
    AllocatedBytes.requireNone(
        "a YMODEM receiver",
        () -> {
          number[0]++;
          block[1] = (byte) number[0];
          block[2] = (byte) (255 - number[0]);
          for (byte value : block) {
            receiver.receive(value, number[0]);
          }
          receiver.tick(number[0]);
        },
        100);
    assertNull(receiver.failure());
  }
}
