package dev.switchback.lesson;

import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explains in one line why a training did not solve its truth table, and what to try. */
public final class TrainingAdvice {
  /** Longer tables are not shown: their digits are unreadable. */
  private static final int MAX_SHOWN_ROWS = 8;

  private TrainingAdvice() {}

  /**
   * Returns the advice for a training.
   *
   * @param session that has ended unsolved
   */
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
   * Explains why a network of this topology cannot learn a truth table.
   *
   * @return null if it can
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
            : ": use more hidden neurons, such as " + NamedRecipe.DEVICE.topology(truth));
  }

  private static boolean hasLinearLayer(Topology topology) {
    return topology.layers() > 1 && topology.activation(0) == Activation.LINEAR;
  }

  /** Returns the advice for a training whose numbers overflowed. */
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
   * Counts the rows answered correctly, by finite outputs.
   *
   * @param answers of a network with the inputs of the table
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
