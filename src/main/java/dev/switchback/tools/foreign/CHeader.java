package dev.switchback.tools.foreign;

import dev.switchback.core.Engine;
import dev.switchback.core.PositionText;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.TensorPlace;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network as one C99 header without dependencies, for microcontrollers. It contains the
 * weights and arithmetic of the fixed engine in {@link QFormat} and gives bit-identical outputs.
 * Weights beyond the format's range saturate, as in the engine.
 */
public final class CHeader {
  /** Most weights and biases in a header. */
  public static final int MAX_PARAMETERS = 1 << 20;

  private static final int NUMBERS_PER_LINE = 8;

  private static final String ROUND = "    return outputs[0] > SWITCHBACK_ONE / 2;\n";

  private static final String BITS =
      """
          int answer = 0;
          for (int i = 0; i < SWITCHBACK_OUTPUTS; i++) {
              answer = 2 * answer + (outputs[i] > SWITCHBACK_ONE / 2);
          }
          return answer;
      """;

  private static final String LARGEST =
      """
          int best = 0;
          for (int j = 1; j < SWITCHBACK_OUTPUTS; j++) {
              best = outputs[j] > outputs[best] ? j : best;
          }
          return best;
      """;

  private CHeader() {}

  /**
   * Returns the text of the header.
   *
   * @param version version of the source image, which the header names
   * @throws IllegalArgumentException if there are more than {@link #MAX_PARAMETERS}
   */
  public static String of(Parameters parameters, @Nullable ImageVersion version) {
    Topology topology = parameters.topology();
    if (topology.parameterCount() > MAX_PARAMETERS) {
      throw new IllegalArgumentException(
          "topology %s has %s parameters; a C header holds at most %s"
              .formatted(topology, topology.parameterCount(), MAX_PARAMETERS));
    }
    TruthTable truth =
        TruthTable.fits(topology) ? TruthTable.answeredBy(Engine.FIXED.model(parameters)) : null;
    StringBuilder text = new StringBuilder(introduction(topology, version, truth));
    float[] values = parameters.toArray();
    for (TensorPlace tensor : TensorPlace.of(topology)) {
      String name = "switchback_" + tensor.name().toLowerCase(Locale.ROOT);
      text.append(array(name, raw(values, tensor)));
    }
    return text.append(CFunctions.of(activations(topology)))
        .append(infer(topology))
        .append(predict(topology))
        .append(truth == null ? "" : selfTest(truth))
        .append("\n#endif\n")
        .toString();
  }

  private static String introduction(
      Topology topology, @Nullable ImageVersion version, @Nullable TruthTable truth) {
    return """
    /* A %s network (%s) in fixed point, made by Switchback%s.

       C99 without dependencies: include it in one source file and call predict().
       Inputs and outputs are in units of 2^-%s: an open switch is 0, a closed one is
       SWITCHBACK_ONE; anything between and around them may be asked, too.
    %s*/
    #ifndef SWITCHBACK_NETWORK_H
    #define SWITCHBACK_NETWORK_H

    #include <stdint.h>

    #define SWITCHBACK_INPUTS %s
    #define SWITCHBACK_OUTPUTS %s
    #define SWITCHBACK_ONE INT32_C(%s)
    """
        .formatted(
            topology,
            topology.activationLabels(),
            version == null ? "" : " from weight image " + version,
            QFormat.FRACTION_BITS,
            answers(truth),
            topology.inputs(),
            topology.outputs(),
            QFormat.ONE);
  }

  private static String answers(@Nullable TruthTable truth) {
    if (truth == null) {
      return "";
    }
    StringBuilder lines = new StringBuilder("\n   Switches and answer:\n");
    for (int row = 0; row < truth.rows(); row++) {
      lines.append("     ").append(TruthTable.levels(row, truth.inputs())).append("  ");
      lines.append(PositionText.answer(truth.answer(row), truth.leds())).append('\n');
    }
    return lines
        + """

           With SWITCHBACK_SELF_TEST defined this is a program that exits 0 if these are the
           answers, else 1: cc -DSWITCHBACK_SELF_TEST -x c FILE.
        """;
  }

  private static String selfTest(TruthTable truth) {
    int[] answers = IntStream.range(0, truth.rows()).map(truth::answer).toArray();
    return "\n#ifdef SWITCHBACK_SELF_TEST\n"
        + array("switchback_answers", answers).stripLeading()
        + """

        int main(void)
        {
            for (int32_t row = 0; row < %s; row++) {
                int32_t inputs[SWITCHBACK_INPUTS];
                for (int i = 0; i < SWITCHBACK_INPUTS; i++) {
                    inputs[i] = (row >> (SWITCHBACK_INPUTS - 1 - i) & 1) * SWITCHBACK_ONE;
                }
                if (predict(inputs) != switchback_answers[row]) {
                    return 1;
                }
            }
            return 0;
        }
        #endif
        """
            .formatted(answers.length);
  }

  private static Set<Activation> activations(Topology topology) {
    Set<Activation> activations = EnumSet.noneOf(Activation.class);
    for (int l = 0; l < topology.layers(); l++) {
      activations.add(topology.activation(l));
    }
    return activations;
  }

  /** Quantises values as the engine does. */
  private static int[] raw(float[] values, TensorPlace tensor) {
    return IntStream.range(tensor.from(), tensor.to())
        .map(k -> QFormat.quantize(values[k]))
        .toArray();
  }

  /** Returns the definition of a constant array. */
  static String array(String name, int[] values) {
    StringBuilder text = new StringBuilder("\nstatic const int32_t ");
    text.append(name).append('[').append(values.length).append("] = {");
    for (int k = 0; k < values.length; k++) {
      text.append(k % NUMBERS_PER_LINE == 0 ? "\n    " : " ").append(values[k]).append(',');
    }
    return text.append("\n};\n").toString();
  }

  private static String infer(Topology topology) {
    int widest = topology.inputs();
    StringBuilder layers = new StringBuilder();
    for (int l = 0; l < topology.layers(); l++) {
      widest = Math.max(widest, topology.fanOut(l));
      layers.append(layer(topology, l));
    }
    return """

    /* Computes all outputs. */
    static inline void switchback_infer(const int32_t inputs[SWITCHBACK_INPUTS],
                                        int32_t outputs[SWITCHBACK_OUTPUTS])
    {
        int32_t a[%1$s], b[%1$s];
        for (int32_t i = 0; i < SWITCHBACK_INPUTS; i++) {
            a[i] = switchback_saturate(inputs[i]);
        }
    %2$s    for (int32_t j = 0; j < SWITCHBACK_OUTPUTS; j++) {
            outputs[j] = %3$s[j];
        }
    }
    """
        .formatted(widest, layers, buffer(topology.layers()));
  }

  /** Returns the name of the buffer with the values of a layer boundary. */
  private static char buffer(int boundary) {
    return boundary % 2 == 0 ? 'a' : 'b';
  }

  private static String layer(Topology topology, int l) {
    Activation activation = topology.activation(l);
    String call =
        "    switchback_layer(switchback_w%1$s, switchback_b%1$s, %2$s, %3$s, %4$s, %5$s);\n"
            .formatted(l + 1, topology.fanIn(l), topology.fanOut(l), buffer(l), buffer(l + 1));
    return activation == Activation.LINEAR
        ? call
        : call
            + "    switchback_%s(%s, %s);\n"
                .formatted(activation.label(), buffer(l + 1), topology.fanOut(l));
  }

  private static String predict(Topology topology) {
    return """

    /* The answer: %s. */
    static inline int predict(const int32_t inputs[SWITCHBACK_INPUTS])
    {
        int32_t outputs[SWITCHBACK_OUTPUTS];
        switchback_infer(inputs, outputs);
    %s}
    """
        .formatted(
            topology.isArgmax()
                ? "the number of the largest output, from 0"
                : topology.outputs() == 1
                    ? "1 if the output is above one half, else 0"
                    : "a bit for each output, 1 if it is above one half, the first one highest",
            topology.isArgmax() ? LARGEST : topology.outputs() == 1 ? ROUND : BITS);
  }
}
