package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmpServerTest {
  private static final long SECOND = 1_000_000_000L;

  /** Counts executed commands. */
  private static final class CountingGroup extends SmpGroup {
    int carriedOut;
    int resets;

    CountingGroup() {
      super(100, "counting", 4);
    }

    @Override
    public void handle(SmpRequest request, CborWriter answer) throws IOException {
      carriedOut++;
      answer.number("n", carriedOut);
      switch (request.command()) {
        case 0 -> answer.number("n", request.map().number("n", 0));
        case 1 -> throw new SmpException(GroupError.FILE_READ_ONLY, "refused");
        case 2 -> answer.text("t", "x".repeat(1000));
        case 3 -> request.afterAnswer(() -> resets++);
        default -> throw request.notSupported();
      }
    }
  }

  private final CountingGroup group = new CountingGroup();
  private final SmpServer server = new SmpServer(List.of(group), 256);

  private String handle(String hex, long nowNanos) {
    byte[] packet = HexFormat.of().parseHex(hex);
    return HexFormat.of()
        .formatHex(server.answer(), 0, server.handle(packet, packet.length, nowNanos));
  }

  private String handle(String hex) {
    return handle(hex, 0);
  }

  @Test
  void successHasAnRcInVersion1Alone() {
    assertEquals("010000090064aa03" + "bf616e0162726300ff", handle("000000000064aa03"));
  }

  @Test
  void successInVersion2HasNone() {
    assertEquals("090000050064aa03" + "bf616e01ff", handle("080000000064aa03"));
  }

  @Test
  void anErrorOfAGroupIsTranslatedForVersion1() {
    assertEquals("010000060064aa01" + "bf62726301ff", handle("000000000064aa01"));
    assertEquals(
        "090000130064aa01" + "bf63657272bf6567726f7570086272630fffff", handle("080000000064aa01"));
  }

  @Test
  void anAnswerThatDoesNotFitIsAnError() {
    assertEquals("090000060064aa02" + "bf62726307ff", handle("080000000064aa02"));
  }

  @Test
  void aLengthThatIsNotThePacketsIsCorrupt() {
    assertEquals("090000060064aa00" + "bf62726309ff", handle("080000010064aa00"));
    assertEquals("090000060064aa00" + "bf62726309ff", handle("080000000064aa00a0"));
  }

  @Test
  void lessThanAHeaderIsNotAnswered() {
    for (int length = 0; length < SmpHeader.BYTES; length++) {
      assertEquals("", handle("0a00000100640000".substring(0, 2 * length)));
    }
  }

  @Test
  void aWriteThatComesAgainIsAnsweredButNotCarriedOut() {
    String first = handle("0a0000000064aa00", 5);
    assertEquals(first, handle("0a0000000064aa00", 5 + 3 * SECOND - 1));
    assertEquals(1, group.carriedOut);
  }

  @Test
  void aPatientClientMayRepeatForTenSeconds() {
    String first = handle("0a0000000064aa00", 0);
    for (int time = 1; time <= 4; time++) {
      assertEquals(first, handle("0a0000000064aa00", time * (5 * SECOND / 2) - 1));
    }
    assertEquals(1, group.carriedOut);
    handle("0a0000000064aa00", 10 * SECOND);
    assertEquals(2, group.carriedOut);
  }

  @Test
  void aReadBetweenDoesNotDisturbTheRepetition() {
    String first = handle("0a0000000064aa00");
    handle("080000000064ab00");
    assertEquals(first, handle("0a0000000064aa00"));
    assertEquals(2, group.carriedOut);
  }

  @Test
  void anErrorIsRepeatedToo() {
    String first = handle("0a0000000064aa01");
    assertEquals(first, handle("0a0000000064aa01"));
    assertEquals(1, group.carriedOut);
  }

  @Test
  void aWriteIsCarriedOutAgainLaterOrWhenAnythingDiffers() {
    handle("0a0000000064aa00", 0);
    handle("0a0000000064aa00", 3 * SECOND);
    handle("0a0000000064ab00", 3 * SECOND);
    handle("0a0000010064ab00a0", 3 * SECOND);
    assertEquals(4, group.carriedOut);
  }

  @Test
  void aReadIsAlwaysCarriedOut() {
    handle("080000000064aa00");
    handle("080000000064aa00");
    assertEquals(2, group.carriedOut);
  }

  @Test
  void whatCommandsLeaveForAfterTheAnswerRunsOnce() {
    handle("0a0000000064aa03");
    assertEquals(0, group.resets);
    server.afterAnswer();
    server.afterAnswer();
    assertEquals(1, group.resets);
    handle("0a0000000064aa03");
    server.afterAnswer();
    assertEquals(1, group.resets, "a repetition is not carried out");
  }

  @Test
  void ourOwnAnswerComeBackIsNotAnswered() {
    String answer = handle("080000000064aa00");
    assertEquals("", handle(answer));
    assertEquals("", handle(answer));
  }
}
