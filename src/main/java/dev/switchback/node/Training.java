package dev.switchback.node;

import dev.switchback.image.ImageMetadata;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Recipe;
import dev.switchback.nn.Samples;
import dev.switchback.nn.Trainer;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import java.util.Locale;
import java.util.Map;

/** One training of the device, from its seed to its end. Maintenance thread only. */
public final class Training {
  private final Recipe recipe;
  private final Trainer trainer;
  private final TruthTable truth;
  private final Engine engine;
  private final long seed;

  Training(Recipe recipe, TruthTable truth, Engine engine, long seed) {
    this.recipe = recipe;
    this.truth = truth;
    this.engine = engine;
    this.seed = seed;
    this.trainer =
        new Trainer(recipe, engine.learner(recipe, Samples.of(truth, recipe.topology())), seed);
  }

  boolean step() {
    return trainer.step();
  }

  Parameters result() {
    return trainer.result();
  }

  /** What the metadata of the result say of where it came from. */
  Map<String, String> origin() {
    return Map.of(
        ImageMetadata.RECIPE,
        recipe.name(),
        ImageMetadata.TRUTH,
        truth.toString(),
        ImageMetadata.SEED,
        String.valueOf(seed));
  }

  /** The parameters as they are now. */
  public Parameters current() {
    return trainer.current();
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

  public double loss() {
    return trainer.loss();
  }

  /** Whether the result answers the truth table in the engine it is for. */
  public boolean isSolved() {
    return trainer.isSolved() && truth.equals(TruthTable.answeredBy(engine.model(result())));
  }

  /** One line for people. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s after %d epochs and %d restarts (seed %d, %s), loss %s",
        isSolved() ? "solved" : "not solved",
        epochs(),
        restarts(),
        seed,
        engine.label(),
        LossText.of(loss()));
  }
}
