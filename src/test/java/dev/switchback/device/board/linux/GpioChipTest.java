package dev.switchback.device.board.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.sim.RecordedBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpioChipTest {
  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "pi-3, gpiochip0, pinctrl-bcm2835, 54",
    "pi-zero-2-w, gpiochip0, pinctrl-bcm2835, 54",
    "pi-4, gpiochip0, pinctrl-bcm2711, 58",
    "pi-5, gpiochip0, pinctrl-rp1, 54",
    "pi-5-old-kernel, gpiochip4, pinctrl-rp1, 54",
    "emulated, gpiochip1, pinctrl-bcm2711, 54"
  })
  void theHeaderIsFoundByItsLabel_whateverItsNumber(
      String board, String name, String label, int lines) throws IOException {
    RecordedBoard.layOut(board, root);
    assertEquals(
        List.of(new GpioChip(name, label, lines)),
        GpioChip.all(root).stream().filter(GpioChip::isHeader).toList());
  }

  @Test
  void aPcHasNoChip() throws IOException {
    RecordedBoard.layOut("pc", root);
    assertEquals(List.of(), GpioChip.all(root));
  }

  @Test
  void chipsComeByNumber_notByTheirFirstLine() throws IOException {
    RecordedBoard.layOut("emulated", root);
    assertEquals(
        List.of("/dev/gpiochip0", "/dev/gpiochip1"),
        GpioChip.all(root).stream().map(GpioChip::path).toList());
  }

  @Test
  void aChipThatSharesItsDeviceIsLeftOut_asItsNumberCannotBeTold() throws IOException {
    RecordedBoard.layOut("pi-5", root);
    assertEquals(List.of("pinctrl-rp1"), GpioChip.all(root).stream().map(GpioChip::label).toList());
  }

  @Test
  void aChipWithoutANumberOfLinesIsLeftOut() throws IOException {
    RecordedBoard.layOut("emulated", root)
        .file("/sys/devices/platform/9030000.pl061/gpio/gpiochip504/ngpio", "many");
    assertEquals(1, GpioChip.all(root).size());
  }
}
