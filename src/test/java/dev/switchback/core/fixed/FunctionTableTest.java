package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionTableTest {

  /** A table with the function it approximates, its range and its largest curvature. */
  record Tabulated(
      String name, FunctionTable table, DoubleUnaryOperator exact, int limit, double curvature) {
    double chord() {
      double step = 2.0 * limit / 2048;
      return step * step / 8 * curvature;
    }

    double worstError() {
      double worst = 0.0;
      double one = QFormat.ONE;
      int from = Math.max(QFormat.MIN, -2 * limit * QFormat.ONE);
      int to = Math.min(QFormat.MAX, 2 * limit * QFormat.ONE);
      for (int raw = from; raw <= to; raw++) {
        worst = Math.max(worst, Math.abs(table.at(raw) / one - exact.applyAsDouble(raw / one)));
      }
      return worst;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static double sigmoid(double x) {
    return 1.0 / (1.0 + StrictMath.exp(-x));
  }

  static List<Tabulated> tables() {
    return List.of(
        new Tabulated("sigmoid", FunctionTable.sigmoid(), FunctionTableTest::sigmoid, 16, 0.0963),
        new Tabulated("tanh", FunctionTable.tanh(), StrictMath::tanh, 8, 0.7699),
        new Tabulated(
            "decay", FunctionTable.decay(), x -> StrictMath.exp(Math.min(x, 0.0)), 16, 1.0));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void errorIsHalfAUnitAndTheChord(Tabulated t) {
    double stated = (0.5 + 0x1p-7) / QFormat.ONE + t.chord();
    double worst = t.worstError();
    assertTrue(worst <= stated, worst + " above " + stated);
    assertTrue(worst >= 0.9 * stated, worst + " far below " + stated);
  }

  @Test
  void deviceFormatStaysWithinItsStatedErrors() {
    double[] stated = {1.1e-5, 1.4e-5, 3.8e-5};
    for (int k = 0; k < 3; k++) {
      double worst = tables().get(k).worstError();
      assertTrue(worst <= stated[k] && worst > 0.95 * stated[k], tables().get(k) + " " + worst);
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void tableNeverFallsAndHoldsItsEnds(Tabulated t) {
    int last = Integer.MIN_VALUE;
    long limit = (long) t.limit * QFormat.ONE;
    FunctionTable table = t.table();
    int lowest = table.at(QFormat.MIN);
    int highest = table.at(QFormat.MAX);
    for (int raw = QFormat.MIN; raw <= QFormat.MAX; raw++) {
      int value = table.at(raw);
      if (value < last || (raw < -limit && value != lowest) || (raw >= limit && value != highest)) {
        throw new AssertionError("at " + raw + ": " + value + " after " + last);
      }
      last = value;
    }
  }

  @Test
  void deviceFormatReachesItsEndsExactly() {
    FunctionTable sigmoid = FunctionTable.sigmoid();
    FunctionTable tanh = FunctionTable.tanh();
    FunctionTable decay = FunctionTable.decay();
    int least = QFormat.MIN;
    assertEquals(0, sigmoid.at(least));
    assertEquals(32768, sigmoid.at(0));
    assertEquals(65536, sigmoid.at(QFormat.MAX));
    assertEquals(-65536, tanh.at(least));
    assertEquals(0, tanh.at(0));
    assertEquals(65536, tanh.at(QFormat.MAX));
    assertEquals(0, decay.at(least));
    assertEquals(65536, decay.at(0));
    assertEquals(65536, decay.at(QFormat.MAX));
    assertTrue(decay.at(-1) < 65537 && decay.at(-65536) == Math.round(65536 / Math.E));
  }

  @Test
  void betweenEntriesTheTableIsStraight() {
    // x^2 on [-1, 1): entries every 64 raw units, the chord above the parabola.
    FunctionTable square = FunctionTable.of(0, x -> x * x);
    for (int raw = -65536; raw < 65536; raw++) {
      double low = Math.floor(raw / 64.0) * 64.0 / 65536.0;
      double high = low + 64.0 / 65536.0;
      double part = raw / 64.0 - Math.floor(raw / 64.0);
      double chord = 65536.0 * (low * low * (1.0 - part) + high * high * part);
      assertEquals(chord, square.at(raw), 0.5 + 0x1p-7);
    }
  }
}
