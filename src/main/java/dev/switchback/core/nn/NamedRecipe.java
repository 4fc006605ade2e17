package dev.switchback.core.nn;

import java.util.Arrays;

/**
 * The recipes that have a name: ours, and those of the three teaching programs that this project is
 * based on, with their exact constants and their local minima. A recipe fits any truth table; the
 * figures of its source hold for XOR and the recipe's own topology.
 */
public enum NamedRecipe {
  /** Ours: succeeds from every start. */
  DEVICE("device", "device", "Switchback"),

  /** Full batch, rate 0.5, 4000 epochs; three of four starts learn XOR. */
  NUMPY_BACKPROP("numpy-backprop", "reference-a", "【入門】誤差逆伝播法(Python)【数値計算】"),

  /** Central differences with step 0.1, too large to approximate the gradient near a kink. */
  NUMERICAL_GRADIENT("numerical-gradient", "reference-b", "Python - ディープラーニング - 勾配降下法(続き)"),

  /** The delta rule, one sample at a time, as in the source's text, not its printed program. */
  ONLINE("online", "reference-c", "AI分野で必須の知識:誤差逆伝播法(バックプロパゲーション)の基礎について学習"),

  /** The same with the second hidden layer described in the text. */
  ONLINE_DEEP("online-deep", "reference-c2", "AI分野で必須の知識:誤差逆伝播法(バックプロパゲーション)の基礎について学習");

  private final String label;
  private final String formerLabel;
  private final String source;

  NamedRecipe(String label, String formerLabel, String source) {
    this.label = label;
    this.formerLabel = formerLabel;
    this.source = source;
  }

  /** Returns the name used in files and options. */
  public String label() {
    return label;
  }

  /** Returns the former name, which is still accepted; the {@link #label()} if there is none. */
  public String formerLabel() {
    return formerLabel;
  }

  /** Returns the title of the document that the rule comes from. */
  public String source() {
    return source;
  }

  /** Returns the {@link #label()} for a {@link #formerLabel()}; any other text unchanged. */
  public static String presentLabel(String text) {
    for (NamedRecipe recipe : values()) {
      if (recipe.formerLabel.equals(text)) {
        return recipe.label;
      }
    }
    return text;
  }

  /**
   * Returns the recipe with this {@link #label()} or {@link #formerLabel()}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  public static NamedRecipe of(String label) {
    String present = presentLabel(label);
    StringBuilder known = new StringBuilder();
    for (NamedRecipe recipe : values()) {
      if (recipe.label.equals(present)) {
        return recipe;
      }
      known.append(known.isEmpty() ? "" : ", ").append(recipe.label);
    }
    throw new IllegalArgumentException("unknown recipe '" + label + "': use " + known);
  }

  /** Returns the recipe's own topology for a truth table. */
  public Topology topology(TruthTable truth) {
    int leds = truth.leds();
    String hidden =
        switch (this) {
          case DEVICE -> "-" + deviceNeurons(truth.inputs(), leds) + "-";
          case NUMPY_BACKPROP -> "-2-";
          case NUMERICAL_GRADIENT -> "-8-";
          case ONLINE -> "-3-";
          case ONLINE_DEEP -> "-3-3-";
        };
    int outputs = this == NUMERICAL_GRADIENT ? leds + 1 : leds;
    return topology(truth.inputs() + hidden + outputs);
  }

  /** Wide enough for any truth table. */
  private static int deviceNeurons(int inputs, int leds) {
    return leds == 1 && inputs <= 2 ? 2 : 2 * inputs * (leds + 1);
  }

  /**
   * Parses widths such as 2-2-1 and adds the recipe's own activations.
   *
   * @throws IllegalArgumentException if the widths are invalid, or do not fit these activations
   */
  public Topology topology(String widths) {
    return Topology.parse(widths, activations(Topology.parse(widths, Activation.SIGMOID).layers()));
  }

  /** Returns the recipe's own activations for the given number of dense layers. */
  public Activation[] activations(int layers) {
    Activation[] activations = new Activation[layers];
    Arrays.fill(activations, this == NUMERICAL_GRADIENT ? Activation.RELU : Activation.SIGMOID);
    if (this == NUMERICAL_GRADIENT) {
      activations[layers - 1] = Activation.SOFTMAX;
    }
    return activations;
  }

  /**
   * Returns the recipe to train this topology on this truth table.
   *
   * @throws IllegalArgumentException if the recipe's loss is not defined for the topology's outputs
   */
  public Recipe recipe(Topology topology, TruthTable truth) {
    return switch (this) {
      case DEVICE -> device(topology, truth);
      case NUMPY_BACKPROP -> backpropagation(topology, Recipe.Batch.FULL, 0.5f, 4000);
      case NUMERICAL_GRADIENT -> centralDifferences(topology, truth);
      case ONLINE, ONLINE_DEEP -> backpropagation(topology, Recipe.Batch.ONLINE, 0.3f, 10_000);
    };
  }

  /**
   * Full batch, restarted from the seeded stream when an attempt gets stuck.
   *
   * <p>Up to two switches and one LED, with sigmoid neurons, train by Nesterov gradient descent. A
   * search chose its constants to minimise the epochs for XOR at the median and the 99th percentile
   * of starts: see {@code src/docs/benchmarks.md}. Larger tables and other activations train by
   * iRprop-, which needs no tuned learning rate. Larger tables descend the cross-entropy, whose
   * gradient does not vanish at a saturated output that is wrong.
   */
  private Recipe device(Topology topology, TruthTable truth) {
    boolean isLarge = truth.rows() > 4 || truth.leds() > 1;
    boolean small = !isLarge && isAllSigmoid(topology);
    Activation output = topology.activation(topology.layers() - 1);
    return new Recipe(
        label,
        topology,
        new Start(1.25f, 0f),
        output == Activation.SOFTMAX || (isLarge && output == Activation.SIGMOID)
            ? Loss.CROSS_ENTROPY
            : Loss.SQUARED_ERROR,
        Recipe.Batch.FULL,
        new Recipe.Gradient.Backpropagation(),
        small ? new UpdateRule.GradientDescent(2.8f, 0.965f) : new UpdateRule.Resilient(0.1f),
        small
            ? new Recipe.Schedule(10_000, 0.1f, 97, 4, 0.01f)
            : new Recipe.Schedule(40_000, 0.1f, 4_000, 25, 0.01f));
  }

  private static boolean isAllSigmoid(Topology topology) {
    for (int l = 0; l < topology.layers(); l++) {
      if (topology.activation(l) != Activation.SIGMOID) {
        return false;
      }
    }
    return true;
  }

  private Recipe backpropagation(Topology topology, Recipe.Batch batch, float rate, int epochs) {
    return new Recipe(
        label,
        topology,
        new Start(1f, 1f),
        Loss.SQUARED_ERROR,
        batch,
        new Recipe.Gradient.Backpropagation(),
        UpdateRule.GradientDescent.plain(rate),
        Recipe.Schedule.fixed(epochs));
  }

  /** The source applies rate 0.01 to the mean over the samples; our rates apply to the sum. */
  private Recipe centralDifferences(Topology topology, TruthTable truth) {
    return new Recipe(
        label,
        topology,
        new Start(0.1f, 0f),
        Loss.CROSS_ENTROPY,
        Recipe.Batch.FULL,
        new Recipe.Gradient.CentralDifferences(0.1),
        UpdateRule.GradientDescent.plain(0.01f / truth.rows()),
        Recipe.Schedule.fixed(5001));
  }
}
