package dev.switchback.core;

import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import org.jspecify.annotations.Nullable;

/**
 * One training for a truth table, from its seed to its end, and the one judge of whether it solved
 * it: in the engine that is to answer, which may not be the arithmetic that learnt. One thread.
 */
public final class TrainingSession extends Trainer {
  private final TruthTable truth;
  private final Engine engine;
  private final long seed;
  private final Learner learner;

  /**
   * A training that has not begun.
   *
   * @param first parameters to begin with; should that get stuck, the next start is the seed's
   *     first; null begins with that
   * @throws IllegalArgumentException if recipe, truth table and engine do not fit together
   */
  public TrainingSession(
      Recipe recipe, TruthTable truth, Engine engine, long seed, @Nullable Parameters first) {
    this(
        recipe,
        truth,
        engine,
        seed,
        first,
        engine.learner(recipe, Samples.of(truth, recipe.topology())));
  }

  private TrainingSession(
      Recipe recipe,
      TruthTable truth,
      Engine engine,
      long seed,
      @Nullable Parameters first,
      Learner learner) {
    super(recipe, learner, seed, first);
    this.truth = truth;
    this.engine = engine;
    this.seed = seed;
    this.learner = learner;
  }

  /** The same training from another seed. It takes over the learner, so this one is over. */
  public TrainingSession again(long otherSeed) {
    return new TrainingSession(recipe(), truth, engine, otherSeed, null, learner);
  }

  /**
   * Whether training is over and its result answers the truth table in the engine it is for; where
   * the recipe has a margin, also whether that was reached.
   */
  @Override
  public boolean isSolved() {
    return isFinished()
        && !hasOverflowed()
        && (super.isSolved() || !recipe().schedule().endsWhenSolved())
        && isAnswered();
  }

  /** Whether the present parameters answer the truth table in the engine they are for. */
  public boolean answersNow() {
    return isFinite() && isAnswered();
  }

  /**
   * By the present parameters, which are the result at the end of a training that may be solved.
   */
  private boolean isAnswered() {
    return engine.learnsItself(recipe())
        ? learner.answersAll()
        : truth.isAnsweredBy(engine.model(current()));
  }

  public TruthTable truth() {
    return truth;
  }

  public Engine engine() {
    return engine;
  }

  public long seed() {
    return seed;
  }

  /** How it went, in one line for people. */
  public String summary() {
    return "%s after %s epochs and %s restarts (seed %s, %s), loss %s"
        .formatted(
            isSolved() ? "solved" : hasOverflowed() ? "not solved, overflowed" : "not solved",
            epochs(),
            restarts(),
            seed,
            engine.label(),
            LossText.of(loss()));
  }
}
