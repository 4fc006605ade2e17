package dev.switchback.tools.foreign;

import dev.switchback.core.fixed.FunctionTable;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import java.util.Set;

/**
 * The fixed engine's arithmetic as C99 functions. They avoid behaviour that depends on the compiler
 * or the width of {@code int}: shifts of negative numbers, and untyped constants above 32767.
 */
final class CFunctions {
  /** Activations without a lookup table. */
  private static final Set<Activation> TABLELESS = Set.of(Activation.RELU, Activation.LINEAR);

  private CFunctions() {}

  /** Returns only the functions that a network with these activations needs. */
  static String of(Set<Activation> activations) {
    StringBuilder text = new StringBuilder(arithmetic());
    if (!TABLELESS.containsAll(activations)) {
      text.append(look());
    }
    activations.forEach(activation -> text.append(function(activation)));
    return text.toString();
  }

  private static String function(Activation activation) {
    return switch (activation) {
      case SIGMOID -> tabled("sigmoid", FunctionTable.sigmoid());
      case TANH -> tabled("tanh", FunctionTable.tanh());
      case RELU -> relu();
      case LINEAR -> "";
      case SOFTMAX -> softmax(FunctionTable.decay());
    };
  }

  private static String table(String name, FunctionTable table) {
    return CHeader.array("switchback_" + name + "_table", table.entries());
  }

  /** Returns two arguments of {@code switchback_look}. */
  private static String range(FunctionTable table) {
    return "INT32_C(" + table.limit() + "), " + table.shift();
  }

  private static String arithmetic() {
    return """

    #define SWITCHBACK_FRACTION_BITS %s
    #define SWITCHBACK_MAX INT32_C(%s)

    static inline int32_t switchback_saturate(int64_t raw)
    {
        if (raw > SWITCHBACK_MAX) {
            return SWITCHBACK_MAX;
        }
        return raw < -SWITCHBACK_MAX - 1 ? -SWITCHBACK_MAX - 1 : (int32_t)raw;
    }

    /* value / 2^bits, rounded down; C leaves the right shift of negative numbers open. */
    static inline int64_t switchback_floor(int64_t value, int bits)
    {
        return value < 0 ? ~(~value >> bits) : value >> bits;
    }

    /* value / 2^bits, rounded half up. */
    static inline int64_t switchback_round(int64_t value, int bits)
    {
        return switchback_floor(value + (INT64_C(1) << (bits - 1)), bits);
    }

    /* One layer before its activation function; weights lie row by row, one row per input. */
    static inline void switchback_layer(const int32_t *weights, const int32_t *biases,
                                        int32_t fan_in, int32_t fan_out,
                                        const int32_t *in, int32_t *out)
    {
        for (int32_t j = 0; j < fan_out; j++) {
            int64_t sum = biases[j] * (int64_t)SWITCHBACK_ONE;
            for (int32_t i = 0; i < fan_in; i++) {
                sum += in[i] * (int64_t)weights[i * fan_out + j];
            }
            out[j] = switchback_saturate(switchback_round(sum, SWITCHBACK_FRACTION_BITS));
        }
    }
    """
        .formatted(QFormat.FRACTION_BITS, QFormat.MAX_VALUE);
  }

  private static String look() {
    return """

    /* A function by its table over [-limit, limit], 2^shift raw values from entry to entry. */
    static inline int32_t switchback_look(const int32_t *table, int32_t limit, int shift,
                                          int32_t raw)
    {
        int32_t from = raw < -limit ? 0 : raw >= limit ? 2 * limit - 1 : raw + limit;
        int32_t k = from >> shift;
        int64_t fraction = from & ((INT32_C(1) << shift) - 1);
        int64_t rise = switchback_floor((table[k + 1] - table[k]) * fraction, shift);
        return (int32_t)switchback_round(table[k] + rise, %s);
    }
    """
        .formatted(FunctionTable.GUARD_BITS);
  }

  private static String tabled(String name, FunctionTable table) {
    return table(name, table)
        + """

        static inline void switchback_%1$s(int32_t *values, int32_t count)
        {
            for (int32_t j = 0; j < count; j++) {
                values[j] = switchback_look(switchback_%1$s_table, %2$s, values[j]);
            }
        }
        """
            .formatted(name, range(table));
  }

  private static String relu() {
    return """

    static inline void switchback_relu(int32_t *values, int32_t count)
    {
        for (int32_t j = 0; j < count; j++) {
            values[j] = values[j] > 0 ? values[j] : 0;
        }
    }
    """;
  }

  private static String softmax(FunctionTable decay) {
    return table("decay", decay)
        + """

        static inline void switchback_softmax(int32_t *values, int32_t count)
        {
            int32_t max = values[0];
            int64_t sum = 0;
            for (int32_t j = 1; j < count; j++) {
                max = values[j] > max ? values[j] : max;
            }
            for (int32_t j = 0; j < count; j++) {
                int32_t below = switchback_saturate((int64_t)values[j] - max);
                values[j] = switchback_look(switchback_decay_table, %s, below);
                sum += values[j];
            }
            for (int32_t j = 0; j < count; j++) {
                values[j] = (int32_t)((values[j] * (int64_t)SWITCHBACK_ONE + sum / 2) / sum);
            }
        }
        """
            .formatted(range(decay));
  }
}
