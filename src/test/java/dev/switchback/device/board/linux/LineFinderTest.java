package dev.switchback.device.board.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.BoardException.Kind;
import dev.switchback.device.board.Line;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineFinderTest {
  private static final GpioChip OWN = new GpioChip("gpiochip0", "gpio-brcmstb", 32);
  private static final GpioChip TWIN = new GpioChip("gpiochip1", "gpio-brcmstb", 4);
  private static final GpioChip HEADER = new GpioChip("gpiochip4", "pinctrl-rp1", 54);

  private final LineFinder finder =
      new LineFinder(List.of(OWN, TWIN, HEADER), LineFinderTest::names);

  /** Names as on a Raspberry Pi 5: {@code GPIO0} to {@code GPIO27}, and {@code -} for the rest. */
  private static List<LineInfo> names(GpioChip chip) {
    return IntStream.range(0, chip.lines())
        .mapToObj(line -> new LineInfo(chip.equals(HEADER) && line < 28 ? "GPIO" + line : "-", ""))
        .toList();
  }

  private void assertMissing(String message, LineFinder by, Line line) {
    BoardException missing = assertThrows(BoardException.class, () -> by.find(line));
    assertEquals(Kind.NO_BOARD, missing.kind());
    assertNotNull(missing.getMessage());
    assertTrue(missing.getMessage().startsWith(message), missing.getMessage());
  }

  @Test
  void bcmNumbersAreOnTheHeaderWhateverItsNumber() {
    assertEquals(new GpioLine(HEADER, 17), finder.find(new Line.Bcm(17)));
    assertEquals("gpiochip4:17", finder.find(new Line.Bcm(17)).toString());
    assertMissing(
        "GPIO17 is a line of a Raspberry Pi's header, and this machine has no chip of one: use the"
            + " simulated board, or name the chip, as in gpiochip0:17",
        new LineFinder(List.of(OWN), LineFinderTest::names),
        new Line.Bcm(17));
  }

  @Test
  void chipsAreFoundByNameAndByLabel() {
    assertEquals(new GpioLine(TWIN, 3), finder.find(new Line.OnChip("gpiochip1", 3)));
    assertEquals(new GpioLine(HEADER, 53), finder.find(new Line.OnChip("pinctrl-rp1", 53)));
    assertMissing(
        "no GPIO chip has the name or label 'gpiochip7'", finder, new Line.OnChip("gpiochip7", 0));
    assertMissing(
        "the label 'gpio-brcmstb' belongs to gpiochip0 and gpiochip1: write the name of one, as in"
            + " gpiochip0:3",
        finder,
        new Line.OnChip("gpio-brcmstb", 3));
    assertMissing(
        "pinctrl-rp1:54 does not exist: gpiochip4 has lines 0 to 53",
        finder,
        new Line.OnChip("pinctrl-rp1", 54));
  }

  @Test
  void linesAreFoundByTheirNamesIfThereIsOne() {
    assertEquals(new GpioLine(HEADER, 17), finder.find(new Line.Named("GPIO17")));
    assertMissing("no GPIO line has the name 'PIN_11'", finder, new Line.Named("PIN_11"));
    assertMissing("the name '-' belongs to gpiochip0:0 and ", finder, new Line.Named("-"));
  }

  @Test
  void namesThatThisUserMayNotReadAreAMatterOfPermission() {
    LineFinder shut =
        new LineFinder(
            List.of(OWN, HEADER),
            chip -> {
              throw new AccessDeniedException(chip.path());
            });
    BoardException refused =
        assertThrows(BoardException.class, () -> shut.find(new Line.Named("GPIO17")));
    assertEquals(Kind.PERMISSION, refused.kind());
    assertEquals(
        "no permission to open /dev/gpiochip4: run 'sudo usermod -aG gpio $USER', then log out and"
            + " in again",
        refused.getMessage());
  }

  /** It may be the one that was removed just now. */
  @Test
  void aChipThatCannotBeReadHidesNoLineOfAnother() {
    LineFinder partly =
        new LineFinder(
            List.of(OWN, HEADER),
            chip -> {
              if (chip.equals(OWN)) {
                throw new IOException("gone");
              }
              return names(chip);
            });
    assertEquals(new GpioLine(HEADER, 17), partly.find(new Line.Named("GPIO17")));
  }
}
