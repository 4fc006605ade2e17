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

  public static Recipe device(Topology topology, TruthTable truth) {
    return new Recipe(
        DEVICE,
        topology,
        new Start(Start.Distribution.NORMAL, 1.25f, 0f, false),
        Loss.SQUARED_ERROR,
        Recipe.Batch.FULL,
        new Recipe.Gradient.Backpropagation(),
        new UpdateRule.GradientDescent(2.8f, 0.965f, true),
        new Recipe.Schedule(20_000, 0.1f, 97, 4, 0.01f));
  }

  /** Widths that the device recipe solves any truth table of so many switches with. */
  public static String deviceTopology(int inputs) {
    return inputs <= 2 ? inputs + "-2-1" : inputs + "-" + 2 * inputs + "-1";
  }

  /** What to tell people whose network was not solved. */
  public static String advice(Topology topology) {
    return "topology "
        + topology
        + " did not learn this truth table; try more hidden neurons or"
        + " another seed";
  }
}
