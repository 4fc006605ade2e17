package dev.switchback.device.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.nn.TruthTable;
import org.junit.jupiter.api.Test;

class DeviceConfigurationTest {
  @Test
  void aTruthTableOfAnotherNumberOfSwitchesIsRefused() {
    DeviceConfiguration configuration = DeviceConfiguration.defaults();

    assertThrows(
        IllegalArgumentException.class,
        () -> configuration.with(Key.TRUTH, TruthTable.parse("01")));
  }
}
