package dev.switchback.core.fixed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionTableTest {
  private static final QFormat Q7_16 = QFormat.DEVICE;

  /** A table with the function it stands for, its range and its greatest curvature. */
  record Tabulated(
      String name,
      QFormat format,
      Function<QFormat, FunctionTable> maker,
      DoubleUnaryOperator exact,
      int limit,
      double curvature) {
    FunctionTable table() {
      return maker.apply(format);
    }

    double chord() {
      double step = 2.0 * limit / 2048;
      return step * step / 8 * curvature;
    }

    double worstError() {
      FunctionTable table = table();
      double worst = 0.0;
      double one = format.one();
      int from = Math.max(-format.max() - 1, -2 * limit * format.one());
      int to = Math.min(format.max(), 2 * limit * format.one());
      for (int raw = from; raw <= to; raw++) {
        worst = Math.max(worst, Math.abs(table.at(raw) / one - exact.applyAsDouble(raw / one)));
      }
      return worst;
    }

    @Override
    public String toString() {
      return name + " " + format;
    }
  }

  private static double sigmoid(double x) {
    return 1.0 / (1.0 + StrictMath.exp(-x));
  }

  static List<Tabulated> tables() {
    return Stream.of(Q7_16, new QFormat(3, 12), new QFormat(16, 8), new QFormat(3, 18))
        .flatMap(f ->
            Stream.of(
                new Tabulated(
                    "sigmoid", f, FunctionTable::sigmoid, FunctionTableTest::sigmoid, 16, 0.0963),
                new Tabulated("tanh", f, FunctionTable::tanh, StrictMath::tanh, 8, 0.7699),
                new Tabulated(
                    "decay",
                    f,
                    FunctionTable::decay,
                    x -> StrictMath.exp(Math.min(x, 0.0)),
                    16,
                    1.0)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void errorIsHalfAUnitAndTheChord(Tabulated t) {
    double stated = (0.5 + 0x1p-7) / t.format.one() + t.chord();
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
    long limit = (long) t.limit * t.format.one();
    FunctionTable table = t.table();
    int lowest = table.at(-t.format.max() - 1);
    int highest = table.at(t.format.max());
    for (int raw = -t.format.max() - 1; raw <= t.format.max(); raw++) {
      int value = table.at(raw);
      if (value < last || (raw < -limit && value != lowest) || (raw >= limit && value != highest)) {
        throw new AssertionError("at " + raw + ": " + value + " after " + last);
      }
      last = value;
    }
  }

  @Test
  void deviceFormatReachesItsEndsExactly() {
    FunctionTable sigmoid = FunctionTable.sigmoid(Q7_16);
    FunctionTable tanh = FunctionTable.tanh(Q7_16);
    FunctionTable decay = FunctionTable.decay(Q7_16);
    int least = -Q7_16.max() - 1;
    assertEquals(0, sigmoid.at(least));
    assertEquals(32768, sigmoid.at(0));
    assertEquals(65536, sigmoid.at(Q7_16.max()));
    assertEquals(-65536, tanh.at(least));
    assertEquals(0, tanh.at(0));
    assertEquals(65536, tanh.at(Q7_16.max()));
    assertEquals(0, decay.at(least));
    assertEquals(65536, decay.at(0));
    assertEquals(65536, decay.at(Q7_16.max()));
    assertTrue(decay.at(-1) < 65537 && decay.at(-65536) == Math.round(65536 / Math.E));
  }

  @Test
  void betweenEntriesTheTableIsStraight() {
    // x^2 on [-1, 1): entries every 64 raw units, the chord above the parabola.
    FunctionTable square = FunctionTable.of(Q7_16, 0, x -> x * x);
    for (int raw = -65536; raw < 65536; raw++) {
      double low = Math.floor(raw / 64.0) * 64.0 / 65536.0;
      double high = low + 64.0 / 65536.0;
      double part = raw / 64.0 - Math.floor(raw / 64.0);
      double chord = 65536.0 * (low * low * (1.0 - part) + high * high * part);
      assertEquals(chord, square.at(raw), 0.5 + 0x1p-7);
    }
  }
}
