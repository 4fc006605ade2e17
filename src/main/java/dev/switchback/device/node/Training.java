package dev.switchback.device.node;

import dev.switchback.core.Engine;
import dev.switchback.core.LossText;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import java.util.Locale;
import java.util.Map;

/** One training of the device, with what it says of itself. Maintenance thread only. */
public final class Training {
  private final TrainingSession session;

  Training(Recipe recipe, TruthTable truth, Engine engine, long seed) {
    this.session = new TrainingSession(recipe, truth, engine, seed, null);
  }

  boolean step() {
    return session.step();
  }

  Parameters result() {
    return session.result();
  }

  /** What the metadata of the result say of where it came from. */
  Map<String, String> origin() {
    return Map.of(
        ImageMetadata.RECIPE,
        session.recipe().name(),
        ImageMetadata.TRUTH,
        session.truth().toString(),
        ImageMetadata.SEED,
        String.valueOf(seed()));
  }

  /** The parameters as they are now. */
  public Parameters current() {
    return session.current();
  }

  public Engine engine() {
    return session.engine();
  }

  public long seed() {
    return session.seed();
  }

  /** Epochs over all attempts. */
  public int epochs() {
    return session.epochs();
  }

  /** Epochs of the attempt at hand. */
  public int attemptEpochs() {
    return session.attemptEpochs();
  }

  /** When an attempt is given up at the latest. */
  public int attemptLimit() {
    return session.attemptLimit();
  }

  public int restarts() {
    return session.restarts();
  }

  public double loss() {
    return session.loss();
  }

  /** Whether the result answers the truth table in the engine it is for. */
  public boolean isSolved() {
    return session.isSolved();
  }

  /** Whether it ended as its numbers overflowed. */
  boolean hasOverflowed() {
    return session.hasOverflowed();
  }

  /** One line for people. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s after %d epochs and %d restarts (seed %d, %s), loss %s",
        isSolved() ? "solved" : session.hasOverflowed() ? "not solved, overflowed" : "not solved",
        epochs(),
        restarts(),
        seed(),
        engine().label(),
        LossText.of(loss()));
  }
}
