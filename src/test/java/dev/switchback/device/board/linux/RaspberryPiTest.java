package dev.switchback.device.board.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.RecordedBoard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaspberryPiTest {
  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "Raspberry Pi 5 Model B Rev 1.0, pinctrl-rp1, ttyAMA0, ttyAMA10, true",
    "Raspberry Pi 500 Rev 1.0, pinctrl-rp1, ttyAMA0, ttyAMA10, true",
    "Raspberry Pi Compute Module 5 Rev 1.0, pinctrl-rp1, ttyAMA0, ttyAMA10, true",
    "Raspberry Pi 4 Model B Rev 1.4, pinctrl-bcm2711, ttyS0, ttyS0, true",
    "Raspberry Pi 400 Rev 1.0, pinctrl-bcm2711, ttyS0, ttyS0, true",
    "Raspberry Pi Compute Module 4 Rev 1.1, pinctrl-bcm2711, ttyAMA0, ttyAMA0, true",
    "Raspberry Pi 3 Model B Plus Rev 1.3, pinctrl-bcm2835, ttyS0, ttyS0, true",
    "Raspberry Pi Zero 2 W Rev 1.0, pinctrl-bcm2835, ttyS0, ttyS0, true",
    "Raspberry Pi Compute Module 3 Plus Rev 1.0, pinctrl-bcm2835, ttyAMA0, ttyAMA0, true",
    "Raspberry Pi 2 Model B Rev 1.2, pinctrl-bcm2835, ttyAMA0, ttyAMA0, true",
    "Raspberry Pi 2 Model B Rev 1.1, pinctrl-bcm2835, ttyAMA0, ttyAMA0, false",
    "Raspberry Pi Zero W Rev 1.1, pinctrl-bcm2835, ttyS0, ttyS0, false",
    "Raspberry Pi Zero Rev 1.3, pinctrl-bcm2835, ttyAMA0, ttyAMA0, false",
    "Raspberry Pi Model B Plus Rev 1.2, pinctrl-bcm2835, ttyAMA0, ttyAMA0, false"
  })
  void everyModelHasItsRow(
      String model, String chip, String uart, String serial0, boolean is64Bit) {
    RaspberryPi row = RaspberryPi.of(model);
    assertNotNull(row);
    assertEquals(chip, row.chipLabel());
    assertEquals(uart, row.headerUart());
    assertEquals(serial0, row.serial0());
    assertEquals(is64Bit, row.is64Bit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux,dummy-virt", "Xunlong Orange Pi Zero", "Raspberry Pi 6 Model B"})
  void whatIsNotInTheTableHasNone(String model) {
    assertNull(RaspberryPi.of(model));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pi-3", "pi-4", "pi-5", "pi-5-old-kernel", "pi-zero-2-w"})
  void theTableAndTheRecordedBoardsAgree(String name) throws IOException {
    RecordedBoard.layOut(name, root);
    RaspberryPi row =
        RaspberryPi.of(Files.readString(root.resolve("proc/device-tree/model")).replace("\0", ""));
    List<String> headers =
        GpioChip.all(root).stream().filter(GpioChip::isHeader).map(GpioChip::label).toList();
    assertNotNull(row);
    assertEquals(List.of(row.chipLabel()), headers);
    assertEquals(row.serial0(), Files.readSymbolicLink(root.resolve("dev/serial0")).toString());
  }

  private static RaspberryPi known(String model) {
    @Nullable RaspberryPi row = RaspberryPi.of(model);
    assertNotNull(row);
    return row;
  }

  @Test
  void onlyAPi5HasSerial0OffTheHeader() {
    assertFalse(known("Raspberry Pi 5 Model B Rev 1.0").hasSerial0OnHeader());
    assertTrue(known("Raspberry Pi 4 Model B Rev 1.4").hasSerial0OnHeader());
  }

  @Test
  void whereBluetoothHasTheLargeUart_theHeaderHasTheSmallOne() {
    assertTrue(known("Raspberry Pi 3 Model B Rev 1.2").hasMiniUart());
    assertFalse(known("Raspberry Pi 5 Model B Rev 1.0").hasMiniUart());
    assertFalse(known("Raspberry Pi Compute Module 4 Rev 1.0").hasMiniUart());
  }

  @Test
  void theUartOfAPi5HasASettingOfItsOwn() {
    assertEquals("dtparam=uart0=on", known("Raspberry Pi 5 Model B Rev 1.0").uartSetting());
    assertEquals("enable_uart=1", known("Raspberry Pi 4 Model B Rev 1.4").uartSetting());
  }
}
