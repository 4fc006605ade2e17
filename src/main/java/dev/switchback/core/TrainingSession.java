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
public final class TrainingSession {
  private final Recipe recipe;
  private final TruthTable truth;
  private final Engine engine;
  private final long seed;
  private final Learner learner;
  private final Trainer trainer;

  /**
   * A training that has not begun.
   *
   * @param first parameters to begin with; should that get stuck, the next start is the seed's
   *     first; null begins with that
   * @throws IllegalArgumentException if recipe, truth table and engine do not fit together
   */
  public TrainingSession(
      Recipe recipe, TruthTable truth, Engine engine, long seed, @Nullable Parameters first) {
    this(recipe, truth, engine, seed, first, learner(recipe, truth, engine));
  }

  private TrainingSession(
      Recipe recipe,
      TruthTable truth,
      Engine engine,
      long seed,
      @Nullable Parameters first,
      Learner learner) {
    this.recipe = recipe;
    this.truth = truth;
    this.engine = engine;
    this.seed = seed;
    this.learner = learner;
    this.trainer =
        first == null
            ? new Trainer(recipe, learner, seed)
            : new Trainer(recipe, learner, seed, first);
  }

  private static Learner learner(Recipe recipe, TruthTable truth, Engine engine) {
    return engine.learner(recipe, Samples.of(truth, recipe.topology()));
  }

  /** The same training from another seed. It takes over the learner, so this one is over. */
  public TrainingSession again(long otherSeed) {
    return new TrainingSession(recipe, truth, engine, otherSeed, null, learner);
  }

  /**
   * Trains one epoch, or finds that training is over.
   *
   * @return whether there is more to do
   */
  public boolean step() {
    return trainer.step();
  }

  /** Ends training here, if it has not ended: the result is the best seen so far. */
  public void stop() {
    trainer.stop();
  }

  /**
   * Whether training is over and its result answers the truth table in the engine it is for; where
   * the recipe has a margin, also whether that was reached.
   */
  public boolean isSolved() {
    return trainer.isFinished()
        && !trainer.hasOverflowed()
        && (trainer.isSolved() || !recipe.schedule().endsWhenSolved())
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
    return engine.learnsItself(recipe)
        ? learner.answersAll()
        : truth.isAnsweredBy(engine.model(trainer.current()));
  }

  /** Whether the present parameters are finite, and their outputs too. */
  public boolean isFinite() {
    return trainer.loss() < Double.POSITIVE_INFINITY && learner.isFinite();
  }

  /** See {@link Trainer#hasOverflowed}. */
  public boolean hasOverflowed() {
    return trainer.hasOverflowed();
  }

  /** See {@link Trainer#hasResult}. */
  public boolean hasResult() {
    return trainer.hasResult();
  }

  /** See {@link Trainer#result}. */
  public Parameters result() {
    return trainer.result();
  }

  /** Mean loss of {@link #result()}. */
  public double resultLoss() {
    return trainer.resultLoss();
  }

  /** A copy of the present parameters. */
  public Parameters current() {
    return trainer.current();
  }

  /** Mean loss of the present parameters. */
  public double loss() {
    return trainer.loss();
  }

  public Recipe recipe() {
    return recipe;
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

  /** Epochs over all attempts. */
  public int epochs() {
    return trainer.epochs();
  }

  /** Epochs of the attempt at hand. */
  public int attemptEpochs() {
    return trainer.attemptEpochs();
  }

  /** When an attempt is given up at the latest. */
  public int attemptLimit() {
    return trainer.attemptLimit();
  }

  public int maxEpochs() {
    return trainer.maxEpochs();
  }

  public int restarts() {
    return trainer.restarts();
  }
}
