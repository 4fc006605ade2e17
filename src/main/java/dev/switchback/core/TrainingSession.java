package dev.switchback.core;

import dev.switchback.core.nn.Learner;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import org.jspecify.annotations.Nullable;

/**
 * One training run for a truth table, from its seed to its end. It alone decides whether the run
 * succeeded, by the answers of the engine that will run the network, which may differ from the
 * arithmetic that trained it. Not thread-safe.
 */
public final class TrainingSession extends Trainer {
  private final TruthTable truth;
  private final Engine engine;
  private final long seed;
  private final Learner learner;

  /**
   * Creates a training run at its start.
   *
   * @param first parameters to start from; if that attempt gets stuck, the next one starts from the
   *     seed's first draw; null starts from that draw
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

  /** Returns the same training with another seed. It reuses the learner, so this session ends. */
  public TrainingSession again(long otherSeed) {
    return new TrainingSession(recipe(), truth, engine, otherSeed, null, learner);
  }

  /**
   * Returns whether training has ended and its result answers the truth table in the target engine;
   * if the recipe has a margin, that must be reached too.
   */
  @Override
  public boolean isSolved() {
    return isFinished()
        && !hasOverflowed()
        && (super.isSolved() || !recipe().schedule().endsWhenSolved())
        && isAnswered();
  }

  /** Returns whether the current parameters answer the truth table in the target engine. */
  public boolean answersNow() {
    return isFinite() && isAnswered();
  }

  /**
   * Uses the current parameters; at the end of a training that can count as solved, they are the
   * result.
   */
  private boolean isAnswered() {
    return engine.trainsNatively(recipe())
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

  /** Returns the outcome as one line of text. */
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
