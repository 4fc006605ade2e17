package dev.switchback.lesson;

import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a training did not solve its truth table, and what to try: one line for people. */
public final class TrainingAdvice {
  /** A longer table says nothing in a line. */
  private static final int MAX_SHOWN_ROWS = 8;

  private TrainingAdvice() {}

  /** Of a training that is over and not solved. */
  public static String of(TrainingSession session) {
    Topology topology = session.recipe().topology();
    NamedRecipe rules = NamedRecipe.of(session.recipe().name());
    if (session.hasOverflowed()) {
      return overflow(session);
    }
    String impossible = impossible(topology, session.truth());
    if (impossible != null) {
      return impossible;
    }
    String happened = happened(session);
    int usual = rules.recipe(topology, session.truth()).schedule().maxEpochs();
    if (session.recipe().schedule().maxEpochs() < usual) {
      return happened + String.format(Locale.ROOT, ": the recipe's own limit is %,d epochs", usual);
    }
    return happened
        + (rules == NamedRecipe.DEVICE
            ? ": try more hidden neurons, or another seed"
            : ": "
                + rules.label()
                + " never starts afresh; try another seed, or the recipe device");
  }

  /**
   * Why no training whatever can succeed.
   *
   * @return null if nothing forbids it
   */
  public static @Nullable String impossible(Topology topology, TruthTable truth) {
    if (!Separability.forbids(topology, truth)) {
      return null;
    }
    int inputs = topology.inputs();
    return topology
        + " cannot part "
        + (truth.rows() > MAX_SHOWN_ROWS ? "this table" : NamedTruth.describe(truth))
        + (inputs <= 2 ? " by one line" : " by one plane")
        + (hasLinearLayer(topology)
            ? ": linear layers add nothing; use sigmoid or tanh"
            : ": use more hidden neurons, such as " + NamedRecipe.DEVICE.topology(inputs));
  }

  private static boolean hasLinearLayer(Topology topology) {
    return topology.layers() > 1 && topology.activation(0) == Activation.LINEAR;
  }

  /** Of a training whose numbers got beyond all bounds. */
  public static String overflow(TrainingSession session) {
    Topology topology = session.recipe().topology();
    String label = session.recipe().name();
    String what =
        "the numbers of recipe "
            + label
            + " overflowed with topology "
            + topology
            + " and activations "
            + topology.activationLabels();
    return label.equals(NamedRecipe.DEVICE.label())
        ? what + "; try sigmoid or tanh, or fewer neurons"
        : what + ", as its steps are fixed; try sigmoid or tanh, or the recipe device";
  }

  /**
   * Rows that are answered as a table says, by finite outputs.
   *
   * @param answers of a network of as many inputs
   */
  public static int rightRows(TruthTable truth, Answers answers) {
    int right = 0;
    for (int row = 0; row < truth.rows(); row++) {
      right += answers.isFinite(row) && answers.answer(row) == truth.answer(row) ? 1 : 0;
    }
    return right;
  }

  private static String happened(TrainingSession session) {
    TruthTable truth = session.truth();
    int right = rightRows(truth, Answers.of(session.engine().model(session.result())));
    String rows =
        right < truth.rows()
            ? right + " of " + truth.rows() + " rows are right"
            : "all rows are right, but not by the margin";
    return String.format(
        Locale.ROOT,
        "%,d epochs are used up and %s%s",
        session.epochs(),
        rows,
        session.engine().trainsNatively(session.recipe())
            ? ""
            : " in " + session.engine().label() + ", for what was learnt in float");
  }
}
