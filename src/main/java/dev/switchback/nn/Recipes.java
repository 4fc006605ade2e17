package dev.switchback.nn;

/** The recipes that have a name. */
public final class Recipes {
  /** Ours: solves from every start. */
  public static final String DEVICE = "device";

  private Recipes() {}

  /**
   * The recipe of that name for a topology and a truth table.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Recipe named(String name, Topology topology, TruthTable truth) {
    if (!name.equals(DEVICE)) {
      throw new IllegalArgumentException("unknown recipe '" + name + "': use " + DEVICE);
    }
    return device(topology, truth);
  }

  /**
   * The recipe that answers for every seed: full batch, restarted from the seeded stream when an
   * attempt gets stuck.
   *
   * <p>Two switches with sigmoid neurons train by Nesterov's gradient descent, whose constants were
   * searched for so that XOR needs few epochs from the median start and from the worst percent: see
   * {@code src/docs/benchmarks.md}. Larger tables and other activations train by iRprop-, which
   * needs no learning rate that fits them.
   */
  public static Recipe device(Topology topology, TruthTable truth) {
    boolean small = truth.rows() <= 4 && isAllSigmoid(topology);
    Activation output = topology.activation(topology.layers() - 1);
    return new Recipe(
        DEVICE,
        topology,
        new Start(Start.Distribution.NORMAL, 1.25f, 0f, false),
        output == Activation.SOFTMAX ? Loss.CROSS_ENTROPY : Loss.SQUARED_ERROR,
        Recipe.Batch.FULL,
        new Recipe.Gradient.Backpropagation(),
        small ? new UpdateRule.GradientDescent(2.8f, 0.965f, true) : new UpdateRule.Resilient(0.1f),
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

  /** Widths that the device recipe solves any truth table of so many switches with. */
  public static String deviceTopology(int inputs) {
    return inputs <= 2 ? inputs + "-2-1" : inputs + "-" + 4 * inputs + "-1";
  }

  /** What to tell people whose network was not solved. */
  public static String advice(Topology topology) {
    return "topology "
        + topology
        + " did not learn this truth table; try more hidden neurons or"
        + " another seed";
  }
}
