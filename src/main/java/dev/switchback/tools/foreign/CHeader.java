package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.core.PositionText;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.TensorPlace;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a network as one C header without dependencies, for microcontrollers. It contains the
 * weights and arithmetic of the fixed engine in {@link QFormat} and gives bit-identical outputs.
 * Weights beyond the format's range saturate, as in the engine.
 */
public final class CHeader {
  private static final int NUMBERS_PER_LINE = 8;

  /** Bytes of an array that a 16-bit int indexes. */
  private static final int NEAR = 0x7fff;

  /** Bytes of flash that an address of 16 bits reaches, on AVR. */
  private static final int FLASH = 0xffff;

  /** Most outputs of which an int of 16 bits, and one of 32 bits, holds a bit each. */
  private static final int SHORT_BITS = 15;

  private static final int LONG_BITS = 31;

  private final CModel model;
  private final Topology topology;
  private final int[] answers;

  private CHeader(CModel model) {
    this.model = model;
    this.topology = model.topology();
    this.answers = model.answers();
  }

  /**
   * Returns the text of the header in the default style.
   *
   * @param version version of the source image, which the header names
   * @throws IllegalArgumentException if the network is too large, see {@link CModel}
   */
  public static String of(Parameters parameters, @Nullable ImageVersion version) {
    return of(new CModel(parameters, CStyle.DEFAULT), version);
  }

  /**
   * Returns the text of the header.
   *
   * @param version version of the source image, which the header names
   */
  public static String of(CModel model, @Nullable ImageVersion version) {
    CHeader header = new CHeader(model);
    return model.style().named(header.introduction(version) + header.guarded());
  }

  private String introduction(@Nullable ImageVersion version) {
    return """
    /* A %s network (%s) in fixed point, made by Switchback%s.

       C99 or C++11 without dependencies: include it and call %s().
       Inputs and outputs are in units of 2^-%s: an open switch is 0, a closed one is
       SWITCHBACK_ONE; anything between and around them may be asked, too.
    %s%s%s%s*/
    """
        .formatted(
            topology,
            topology.activationLabels(),
            version == null ? "" : " from weight image " + version,
            answerType().isEmpty() ? "switchback_infer" : "switchback_predict",
            QFormat.FRACTION_BITS,
            range(),
            weights(),
            tables(),
            switches());
  }

  private String range() {
    InputLimit limit = model.limit();
    String safe =
        limit.raw() < 0
            ? "   No input is safe: a value that matters may pass -2048 to 2048, and is cut then.\n"
            : """
               Inputs from -%1$s to %1$s are safe: no value that matters passes
               -2048 to 2048, where the arithmetic cuts.
            """
                .formatted(CModel.shown(limit.value()));
    return "\n"
        + safe
        + "   After a cut, switchback_infer() returns 1, else 0"
        + predicts()
        + flat();
  }

  private String predicts() {
    return answerType().isEmpty() ? ".\n" : "; switchback_predict() returns -1.\n";
  }

  private String flat() {
    StringBuilder text = new StringBuilder();
    for (Activation activation : new Activation[] {Activation.SIGMOID, Activation.TANH}) {
      CTable table = model.table(activation);
      if (table != null) {
        text.append(
            "   Sums before %s do not matter: it is flat beyond %s.\n"
                .formatted(table.name(), table.limit() / QFormat.ONE));
      }
    }
    return text.toString();
  }

  private String weights() {
    int cut = model.cutWeights();
    String bytes =
        "\n   Data: %s bytes of weights and tables, on AVR in flash; %s bytes of values on the stack.\n"
            .formatted(model.flashBytes(), model.ramBytes());
    return cut == 0
        ? bytes
        : bytes
            + "   %s of %s weights and biases %s beyond -128 to 128, and %s cut to that.\n"
                .formatted(
                    cut,
                    topology.parameterCount(),
                    cut == 1 ? "is" : "are",
                    cut == 1 ? "was" : "were");
  }

  private String tables() {
    StringBuilder text = new StringBuilder();
    for (Activation activation : Activation.values()) {
      CTable table = model.table(activation);
      if (table != null) {
        text.append(
            "   The table of %s has %s steps: within %s of the exact function%s.\n"
                .formatted(
                    table.name(),
                    model.style().tableSteps(),
                    CModel.error(table.errorToExact()),
                    model.style().tableSteps() == CTable.ENGINE_STEPS
                        ? ""
                        : ",\n   and within %s of the fixed engine, whose table has %s"
                            .formatted(CModel.error(table.errorToEngine()), CTable.ENGINE_STEPS)));
      }
    }
    return text.toString();
  }

  private String switches() {
    if (answers.length == 0) {
      return "";
    }
    StringBuilder lines = new StringBuilder("\n   Switches and answer:\n");
    for (int row = 0; row < answers.length; row++) {
      lines.append("     ").append(TruthTable.levels(row, topology.inputs())).append("  ");
      lines.append(
          answers[row] == CModel.CUT ? "-1" : PositionText.answer(answers[row], topology.leds()));
      lines.append('\n');
    }
    return lines
        + """

           With SWITCHBACK_SELF_TEST defined this is a program that exits 0 if these are the
           answers, else 1: cc -DSWITCHBACK_SELF_TEST -x c FILE.
        """;
  }

  /** Returns the code; the name of its guard contains a hash of it. */
  private String guarded() {
    String code = code();
    return """
    #ifndef SWITCHBACK_NETWORK_%1$s
    #define SWITCHBACK_NETWORK_%1$s

    #ifdef SWITCHBACK_NETWORK
    #error "two networks have one prefix; give another with switchback convert --prefix NAME"
    #else
    #define SWITCHBACK_NETWORK
    %2$s
    #endif
    #endif
    """
        .formatted(identity(code), code);
  }

  private static String identity(String code) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(code.getBytes(US_ASCII));
      return HexFormat.of().withUpperCase().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String code() {
    StringBuilder text = new StringBuilder(definitions());
    int[] parameters = model.parameters();
    for (TensorPlace tensor : TensorPlace.of(topology)) {
      text.append(
          array(
              tensor.name().toLowerCase(Locale.ROOT),
              Arrays.copyOfRange(parameters, tensor.from(), tensor.to())));
    }
    return text.append(CFunctions.of(model))
        .append(infer())
        .append(predict())
        .append(answers.length == 0 ? "" : selfTest())
        .toString();
  }

  private String definitions() {
    return """

    #include <limits.h>
    #include <stdint.h>
    #ifdef __AVR__
    #include <avr/pgmspace.h>
    #define SWITCHBACK_CONST static const PROGMEM
    #define SWITCHBACK_READ(address) ((int32_t)pgm_read_dword(address))
    #else
    #define SWITCHBACK_CONST static const
    #define SWITCHBACK_READ(address) (*(address))
    #endif
    %s
    #define SWITCHBACK_INPUTS %s
    #define SWITCHBACK_OUTPUTS %s
    #define SWITCHBACK_ONE INT32_C(%s)
    #define SWITCHBACK_MAX INT32_C(%s)
    #define SWITCHBACK_INPUT_LIMIT INT32_C(%s)
    """
        .formatted(
            tooLarge(),
            topology.inputs(),
            topology.outputs(),
            QFormat.ONE,
            QFormat.MAX_VALUE,
            model.limit().raw());
  }

  /** Returns checks for machines on which an array, or all of them, cannot be so large. */
  private String tooLarge() {
    int largest = 0;
    for (TensorPlace tensor : TensorPlace.of(topology)) {
      largest = Math.max(largest, Integer.BYTES * (tensor.to() - tensor.from()));
    }
    String layer =
        "a layer has %s bytes of weights, and an int of 16 bits reaches 32767".formatted(largest);
    String all =
        "%s bytes of weights and tables, and pgm_read_dword reaches 65535"
            .formatted(model.flashBytes());
    return (largest <= NEAR ? "" : unless("INT_MAX == 32767", layer))
        + (model.flashBytes() <= FLASH ? "" : unless("defined(__AVR__)", all));
  }

  private static String unless(String condition, String reason) {
    return "\n#if %s\n#error \"%s\"\n#endif\n".formatted(condition, reason);
  }

  private String selfTest() {
    return "\n#ifdef SWITCHBACK_SELF_TEST\n"
        + array("answers", answers).stripLeading()
        + """

        int main(void)
        {
            for (int row = 0; row < %s; row++) {
                int32_t inputs[SWITCHBACK_INPUTS];
                for (int i = 0; i < SWITCHBACK_INPUTS; i++) {
                    inputs[i] = (row >> (SWITCHBACK_INPUTS - 1 - i) & 1) * SWITCHBACK_ONE;
                }
                if (switchback_predict(inputs) != SWITCHBACK_READ(switchback_answers + row)) {
                    return 1;
                }
            }
            return 0;
        }
        #endif
        """
            .formatted(answers.length);
  }

  /** Returns the definition of a constant array. */
  static String array(String name, int[] values) {
    StringBuilder text = new StringBuilder("\nSWITCHBACK_CONST int32_t switchback_");
    text.append(name).append('[').append(values.length).append("] = {");
    for (int k = 0; k < values.length; k++) {
      text.append(k % NUMBERS_PER_LINE == 0 ? "\n    " : " ").append(values[k]).append(',');
    }
    return text.append("\n};\n").toString();
  }

  private String infer() {
    StringBuilder layers = new StringBuilder();
    for (int l = 0; l < topology.layers(); l++) {
      layers.append(layer(l));
    }
    int second = model.bufferSize(1);
    return """

    /* Computes all outputs. Returns 0, or 1 if an input or a value that matters was cut. */
    static inline int switchback_infer(const int32_t inputs[SWITCHBACK_INPUTS],
                                       int32_t outputs[SWITCHBACK_OUTPUTS])
    {
        int32_t a[%s]%s;
        int cut = 0;
        for (int i = 0; i < SWITCHBACK_INPUTS; i++) {
            a[i] = switchback_saturate(inputs[i]);
            cut |= a[i] != inputs[i];
        }
    %s    return cut != 0;
    }
    """
        .formatted(model.bufferSize(0), second == 0 ? "" : ", b[" + second + "]", layers);
  }

  /** Returns the name of the array with the values of a layer boundary. */
  private String buffer(int boundary) {
    if (boundary == topology.layers()) {
      return "outputs";
    }
    return boundary % 2 == 0 ? "a" : "b";
  }

  private String layer(int l) {
    Activation activation = topology.activation(l);
    String call =
        "switchback_layer(switchback_w%1$s, switchback_b%1$s, %2$s, %3$s, %4$s, %5$s)"
            .formatted(l + 1, topology.fanIn(l), topology.fanOut(l), buffer(l), buffer(l + 1));
    String counted =
        switch (activation) {
          case SIGMOID, TANH -> "(void)" + call;
          case RELU -> "cut |= " + call + " & 1";
          case LINEAR, SOFTMAX -> "cut |= " + call;
        };
    String function =
        "    switchback_%s(%s, %s);\n"
            .formatted(activation.label(), buffer(l + 1), topology.fanOut(l));
    return "    " + counted + ";\n" + (activation == Activation.LINEAR ? "" : function);
  }

  /** Returns the type of the answer; empty if there are more bits than in one. */
  private String answerType() {
    if (topology.isArgmax() || topology.outputs() <= SHORT_BITS) {
      return "int";
    }
    return topology.outputs() <= LONG_BITS ? "int32_t" : "";
  }

  private String predict() {
    String type = answerType();
    if (type.isEmpty()) {
      return "";
    }
    return """

    /* The answer: %s; -1 if a value was cut. */
    static inline %s switchback_predict(const int32_t inputs[SWITCHBACK_INPUTS])
    {
        int32_t outputs[SWITCHBACK_OUTPUTS];
        if (switchback_infer(inputs, outputs)) {
            return -1;
        }
    %s}
    """
        .formatted(answerRule(), type, topology.isArgmax() ? largest() : bits(type));
  }

  private String answerRule() {
    if (topology.isArgmax()) {
      return "the number of the largest output, from 0";
    }
    return topology.outputs() == 1
        ? "1 if the output is above one half, else 0"
        : "a bit for each output, 1 if it is above one half, the first one highest";
  }

  private static String largest() {
    return """
        int best = 0;
        for (int j = 1; j < SWITCHBACK_OUTPUTS; j++) {
            best = outputs[j] > outputs[best] ? j : best;
        }
        return best;
    """;
  }

  private String bits(String type) {
    return topology.outputs() == 1
        ? "    return outputs[0] > SWITCHBACK_ONE / 2;\n"
        : """
            %s answer = 0;
            for (int i = 0; i < SWITCHBACK_OUTPUTS; i++) {
                answer = 2 * answer + (outputs[i] > SWITCHBACK_ONE / 2);
            }
            return answer;
        """
            .formatted(type);
  }
}
