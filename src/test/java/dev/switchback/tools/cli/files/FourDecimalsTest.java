package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourDecimalsTest {
  private static void assertAsFormatted(float value) {
    assertEquals(
        String.format(Locale.ROOT, "%.4f", value),
        FourDecimals.of(value),
        () -> Float.toHexString(value));
  }

  @ParameterizedTest
  @ValueSource(
      floats = {
        0f,
        -0f,
        0.03125f,
        -0.03125f,
        0.99995f,
        -0.00004f,
        Float.MIN_VALUE,
        8388607.5f,
        1e9f,
        Float.MAX_VALUE,
        Float.NaN,
        Float.NEGATIVE_INFINITY
      })
  void isWhatTheFormatterMakes(float value) {
    assertAsFormatted(value);
  }

  @Test
  void alsoOfAnyFloat() {
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 50_000; k++) {
      assertAsFormatted(Float.intBitsToFloat(random.nextInt()));
      assertAsFormatted((float) random.nextDouble());
      assertAsFormatted(random.nextInt(1 << 20) / 32f);
    }
  }
}
