package dev.switchback.tools.foreign;

import dev.switchback.core.fixed.FunctionTable;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The fixed engine's arithmetic as C99 functions. They avoid behaviour that depends on the compiler
 * or the width of {@code int}: shifts of negative numbers, and untyped constants above 32767. An
 * {@code int} counts and indexes: arrays stay below 32 KiB where it has 16 bits.
 */
final class CFunctions {
  private final Set<Activation> activations = EnumSet.noneOf(Activation.class);
  private final List<CTable> tables = new ArrayList<>();

  private CFunctions(CModel model) {
    Topology topology = model.topology();
    for (int l = 0; l < topology.layers(); l++) {
      activations.add(topology.activation(l));
    }
    for (Activation activation : activations) {
      CTable table = model.table(activation);
      if (table != null) {
        tables.add(table);
      }
    }
  }

  /** Returns only the functions that a network needs. */
  static String of(CModel model) {
    return new CFunctions(model).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder(arithmetic());
    if (!tables.isEmpty()) {
      text.append(look(tables.stream().allMatch(CTable::isNarrow)));
    }
    for (CTable table : tables) {
      text.append(CHeader.array(table.name() + "_table", table.half()));
    }
    if (activations.contains(Activation.SIGMOID)) {
      text.append(tabled(table("sigmoid")));
    }
    if (activations.contains(Activation.TANH)) {
      text.append(tabled(table("tanh")));
    }
    if (activations.contains(Activation.RELU)) {
      text.append(relu());
    }
    if (activations.contains(Activation.SOFTMAX)) {
      text.append(softmax(table("decay")));
    }
    return text.toString();
  }

  private CTable table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
  }

  private static String arithmetic() {
    return """

    static inline int32_t switchback_saturate(int32_t raw)
    {
        if (raw > SWITCHBACK_MAX) {
            return SWITCHBACK_MAX;
        }
        return raw < -SWITCHBACK_MAX - 1 ? -SWITCHBACK_MAX - 1 : raw;
    }

    /* One layer before its activation function; weights lie row by row, one row per input.
       Returns 0, plus 1 if a sum was cut above, plus 2 if one was cut below. */
    static inline int switchback_layer(const int32_t *weights, const int32_t *biases,
                                       int fan_in, int fan_out,
                                       const int32_t *in, int32_t *out)
    {
        int cut = 0;
        for (int j = 0; j < fan_out; j++) {
            /* Moved up by 2048: only positive numbers are shifted. Rounded half up. */
            int64_t sum = (SWITCHBACK_READ(biases + j) + SWITCHBACK_MAX + 1)
                          * (int64_t)SWITCHBACK_ONE + SWITCHBACK_ONE / 2;
            for (int i = 0, k = j; i < fan_in; i++, k += fan_out) {
                sum += in[i] * (int64_t)SWITCHBACK_READ(weights + k);
            }
            if (sum < 0) {
                out[j] = -SWITCHBACK_MAX - 1;
                cut |= 2;
            } else if (sum >= 2 * (SWITCHBACK_MAX + 1) * (int64_t)SWITCHBACK_ONE) {
                out[j] = SWITCHBACK_MAX;
                cut |= 1;
            } else {
                out[j] = (int32_t)(sum >> %s) - SWITCHBACK_MAX - 1;
            }
        }
        return cut;
    }
    """
        .formatted(QFormat.FRACTION_BITS);
  }

  private static String look(boolean isNarrow) {
    return """

    /* Entry k of a table: stored from 0 up; entry -k is total minus entry k. */
    static inline int32_t switchback_entry(const int32_t *table, int32_t total, int k)
    {
        return k > 0 ? SWITCHBACK_READ(table + k) : total - SWITCHBACK_READ(table - k);
    }

    /* A function by its table over [-limit, limit], 2^shift raw values from entry to entry. */
    static inline int32_t switchback_look(const int32_t *table, int32_t total,
                                          int32_t limit, int shift, int32_t raw)
    {
        int32_t start = raw < -limit ? 0 : raw >= limit ? 2 * limit - 1 : raw + limit;
        int k = (int)(start >> shift) - (int)(limit >> shift);
        int32_t from = switchback_entry(table, total, k);
        int32_t rise = switchback_entry(table, total, k + 1) - from;
        int32_t part = start & ((INT32_C(1) << shift) - 1);
        int32_t value = from + %s + %s;
        return value < 0 ? ~(~value >> %s) : value >> %3$s;
    }
    """
        .formatted(
            isNarrow ? "(rise * part >> shift)" : "(int32_t)(rise * (int64_t)part >> shift)",
            1 << (FunctionTable.GUARD_BITS - 1),
            FunctionTable.GUARD_BITS);
  }

  /** Returns all arguments of {@code switchback_look} but the last. */
  private static String arguments(CTable table) {
    return """
    switchback_%s_table, INT32_C(%s),
                                        INT32_C(%s), %s\
    """
        .formatted(table.name(), table.total(), table.limit(), table.shift());
  }

  private static String tabled(CTable table) {
    return """

    static inline void switchback_%s(int32_t *values, int count)
    {
        for (int j = 0; j < count; j++) {
            values[j] = switchback_look(%s, values[j]);
        }
    }
    """
        .formatted(table.name(), arguments(table));
  }

  private static String relu() {
    return """

    static inline void switchback_relu(int32_t *values, int count)
    {
        for (int j = 0; j < count; j++) {
            values[j] = values[j] > 0 ? values[j] : 0;
        }
    }
    """;
  }

  private static String softmax(CTable decay) {
    return """

    static inline void switchback_softmax(int32_t *values, int count)
    {
        int32_t max = values[0];
        int64_t sum = 0;
        for (int j = 1; j < count; j++) {
            max = values[j] > max ? values[j] : max;
        }
        for (int j = 0; j < count; j++) {
            values[j] = switchback_look(%s, values[j] - max);
            sum += values[j];
        }
        for (int j = 0; j < count; j++) {
            values[j] = (int32_t)((values[j] * (int64_t)SWITCHBACK_ONE + sum / 2) / sum);
        }
    }
    """
        .formatted(arguments(decay));
  }
}
