package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGroupTest {
  private final FakeImages port = new FakeImages();
  private final Exchange exchange = new Exchange(new ImageGroup(port));

  private String mark(ImageHash hash, boolean confirm) {
    return Exchange.outcome(
        exchange.write(
            1,
            0,
            map -> {
              map.bytes("hash", hash.bytes());
              map.flag("confirm", confirm);
            }));
  }

  @Test
  void theStateTellsBothSlotsWithAllFlags() throws SmpException {
    SmpMap answer = exchange.read(1, 0, map -> {});
    SmpMap first = answer.maps("images").getFirst();
    SmpMap second = answer.maps("images").getLast();
    assertEquals(
        "[slot, version, hash, bootable, pending, confirmed, active, permanent]",
        first.names().toString());
    assertEquals("1.2.3.4", first.text("version"), "as Zephyr writes it");
    assertEquals("1.3.0", second.text("version"));
    assertArrayEquals(FakeImages.ACTIVE.bytes(), first.bytes("hash"));
    assertTrue(first.flag("active", false) && first.flag("confirmed", false));
    assertFalse(first.flag("pending", true) || first.flag("permanent", true));
    assertTrue(second.flag("pending", false) && second.flag("permanent", false));
    assertEquals(1, second.number("slot"));
  }

  @Test
  void theSlotsHaveTheirSizes() throws SmpException {
    SmpMap image = exchange.read(1, 6, map -> {}).maps("images").getFirst();
    assertEquals(FakeImages.MAX_BYTES, image.number("max_image_size"));
    assertEquals(2, image.maps("slots").size());
    assertEquals(FakeImages.MAX_BYTES, image.maps("slots").getLast().number("size"));
  }

  @ParameterizedTest
  @CsvSource({
    "bb, false, test bb, ok",
    "bb, true, permanent bb, ok",
    "aa, true, confirm, ok",
    "aa, false, , 1/33",
    "cc, false, , 1/3",
    "cc, true, , 1/3"
  })
  void aHashSaysWhichImageIsMeant(String digits, boolean confirm, String call, String outcome) {
    assertEquals(outcome, mark(FakeImages.hash(digits), confirm));
    assertEquals(call == null ? List.of() : List.of(call), port.calls);
  }

  @Test
  void aMarkIsAnsweredWithTheNewState() throws SmpException {
    SmpMap answer = exchange.write(1, 0, map -> map.flag("confirm", true));
    assertEquals(2, answer.maps("images").size());
    assertEquals(List.of("confirm"), port.calls);
  }

  @Test
  void ofTwoSlotsWithOneImageTheWaitingOneIsTested() {
    port.images =
        List.of(
            new ImageState(0, "1.0.0", FakeImages.ACTIVE, true, false, true, true, false),
            new ImageState(1, "1.0.0", FakeImages.ACTIVE, true, false, false, false, false));
    assertEquals("ok", mark(FakeImages.ACTIVE, false));
    assertEquals(List.of("test aa"), port.calls);
  }

  @Test
  void aTestWithoutAHashIsRefused() {
    assertEquals("1/24", Exchange.outcome(exchange.write(1, 0, map -> {})));
    assertEquals("1/24", mark(new ImageHash(new byte[0]), false));
  }

  @Test
  void anOddHashIsNoImage() {
    assertEquals("1/3", mark(new ImageHash(new byte[] {(byte) 0xaa}), false));
    assertEquals("3", Exchange.outcome(exchange.write(1, 0, map -> map.text("hash", "aa"))));
  }

  @Test
  void aRefusalIsTold() {
    port.refuses = true;
    assertEquals("1/23", mark(FakeImages.WAITING, false));
    assertEquals("1/23", Exchange.outcome(exchange.write(1, 5, map -> {})));
  }

  @Test
  void onlySlot1IsErased() {
    assertEquals("ok", Exchange.outcome(exchange.write(1, 5, map -> {})));
    assertEquals("ok", Exchange.outcome(exchange.write(1, 5, map -> map.number("slot", 1))));
    assertEquals("1/14", Exchange.outcome(exchange.write(1, 5, map -> map.number("slot", 0))));
    assertEquals("1/14", Exchange.outcome(exchange.write(1, 5, map -> map.number("slot", -1))));
    assertEquals(List.of("erase", "erase"), port.calls);
  }

  @Test
  void emptySlotsAreAnEmptyList() throws SmpException {
    port.images = List.of();
    assertEquals(List.of(), exchange.read(1, 0, map -> {}).maps("images"));
  }

  @Test
  void version1IsToldTheTranslation() {
    assertEquals("5", Exchange.outcome(exchangeInVersion1(FakeImages.hash("cc"))));
  }

  private SmpMap exchangeInVersion1(ImageHash hash) {
    return exchange.inVersion1().write(1, 0, map -> map.bytes("hash", hash.bytes()));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 5", "2, 6", "0, 2", "2, 3", "2, 4", "0, 7"})
  void otherCommandsAreNotSupported(int operation, int command) {
    SmpMap answer =
        operation == SmpHeader.READ
            ? exchange.read(1, command, map -> {})
            : exchange.write(1, command, map -> {});
    assertEquals("8", Exchange.outcome(answer));
  }
}
