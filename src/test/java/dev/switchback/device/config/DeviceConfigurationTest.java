package dev.switchback.device.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.nn.TruthTable;
import org.junit.jupiter.api.Test;

class DeviceConfigurationTest {
  @Test
  void aTruthTableOfAnotherNumberOfSwitchesIsRefused() {
    DeviceConfiguration d = DeviceConfiguration.defaults();

    assertThrows(
        IllegalArgumentException.class,
        () ->
            new DeviceConfiguration(
                d.board(),
                d.boardModel(),
                d.wiring(),
                d.debounceMillis(),
                d.engine(),
                TruthTable.parse("01"),
                d.topology(),
                d.recipe(),
                d.seed(),
                d.port(),
                d.baud(),
                d.publicKey(),
                d.logLevel()));
  }
}
