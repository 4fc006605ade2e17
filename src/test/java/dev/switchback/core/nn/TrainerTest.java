package dev.switchback.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Topology TOPOLOGY = Topology.parse("2-2-1", Activation.SIGMOID);

  /** Replays given losses and errors; its only changing parameter counts the updates. */
  private static final class ScriptedLearner extends Learner {
    private final double[] losses;
    private final float[] errors;
    private final List<Parameters> starts = new ArrayList<>();
    private Parameters present = new Parameters(TOPOLOGY);
    private int measured;
    private int updates;
    private boolean answersAll;
    private int finiteUpdates = -1;

    ScriptedLearner(double[] losses, float... errors) {
      super(recipe(Recipe.Schedule.fixed(1)), Samples.of(TruthTable.XOR, TOPOLOGY));
      this.losses = losses;
      this.errors = errors;
    }

    private static int last(int index, int length) {
      return Math.min(index, length) - 1;
    }

    @Override
    public void start(Parameters parameters) {
      starts.add(parameters.copy());
      present = parameters.copy();
    }

    @Override
    public void measure() {
      measured++;
    }

    @Override
    public void update() {
      updates++;
      present.set(0, 0, 0, updates);
    }

    @Override
    public double loss() {
      return losses[last(measured, losses.length)];
    }

    @Override
    public float worstError() {
      return errors[last(measured, errors.length)];
    }

    @Override
    public boolean answersAll() {
      return answersAll;
    }

    @Override
    public boolean isFinite() {
      return finiteUpdates < 0 || updates <= finiteUpdates;
    }

    @Override
    public void copyTo(Parameters target) {
      target.copyFrom(present);
    }
  }

  private static Recipe recipe(Recipe.Schedule schedule) {
    return new Recipe(
        "scripted",
        TOPOLOGY,
        new Start(1f, 1f),
        Loss.SQUARED_ERROR,
        Recipe.Batch.FULL,
        new Recipe.Gradient.Backpropagation(),
        UpdateRule.GradientDescent.plain(1f),
        schedule);
  }

  private static Trainer trainer(Learner learner, Recipe.Schedule schedule) {
    return new Trainer(recipe(schedule), learner, 1, null);
  }

  private static Recipe.Schedule margin(int maxEpochs, int attemptEpochs) {
    return new Recipe.Schedule(maxEpochs, 0.25f, attemptEpochs, 0, 0f);
  }

  @Test
  void marginStopsBeforeAnUpdate() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {3.0, 2.0}, 0.5f, 0.25f, 0.24f);
    Trainer trainer = trainer(learner, margin(100, 100));
    assertTrue(trainer.step());
    assertTrue(trainer.step(), "an error at the margin is not below it");
    assertFalse(trainer.isFinished());
    assertFalse(trainer.step());
    assertTrue(trainer.isFinished());
    assertTrue(trainer.isSolved());
    assertEquals(2, trainer.epochs());
    assertEquals(2, learner.updates);
    assertEquals(2f, trainer.result().get(0, 0, 0));
    assertEquals(0, trainer.restarts());
  }

  @Test
  void finishedTrainerDoesNothingMore() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0}, 0.1f);
    Trainer trainer = trainer(learner, margin(100, 100));
    assertFalse(trainer.step());
    assertFalse(trainer.step());
    assertEquals(1, learner.measured);
    assertEquals(0, learner.updates);
    assertEquals(learner.starts.getFirst(), trainer.result());
  }

  @Test
  void solvedParametersAreTheResultEvenIfTheirLossIsNotTheLowest() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0, 2.0}, 0.5f, 0.1f);
    Trainer trainer = trainer(learner, margin(100, 100));
    assertTrue(trainer.step());
    assertFalse(trainer.step());
    assertEquals(1f, trainer.result().get(0, 0, 0));
    assertEquals(2.0, trainer.resultLoss());
  }

  @Test
  void capEndsUnsolvedWithTheParametersOfTheLowestLoss() {
    ScriptedLearner learner =
        new ScriptedLearner(new double[] {5.0, 4.0, 2.0, 3.0, 2.0, 6.0}, 0.9f);
    Trainer trainer = trainer(learner, margin(5, 100));
    int steps = 0;
    while (trainer.step()) {
      steps++;
    }
    assertEquals(5, steps);
    assertEquals(5, trainer.epochs());
    assertEquals(5, learner.updates);
    assertEquals(5, trainer.attemptLimit(), "the cap over all attempts");
    assertTrue(trainer.isFinished());
    assertFalse(trainer.isSolved());
    assertEquals(2f, trainer.result().get(0, 0, 0), "lowest loss after two updates");
    assertEquals(6.0, trainer.loss());
    assertEquals(2.0, trainer.resultLoss());
    assertEquals(5f, trainer.current().get(0, 0, 0));
    assertNotSame(trainer.result(), trainer.result());
  }

  @Test
  void notANumberIsNeverTheBest() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {5.0, Double.NaN}, 0.9f);
    Trainer trainer = trainer(learner, margin(3, 100));
    while (trainer.step()) {}
    assertFalse(trainer.isSolved());
    assertEquals(learner.starts.getFirst(), trainer.result());
  }

  @Test
  void attemptIsGivenUpAtItsCap() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0}, 0.9f);
    Trainer trainer = trainer(learner, margin(7, 3));
    int[] restarts = new int[8];
    int[] attemptEpochs = new int[8];
    int step = 0;
    while (trainer.step()) {
      restarts[++step] = trainer.restarts();
      attemptEpochs[step] = trainer.attemptEpochs();
    }
    assertArrayEquals(new int[] {0, 1, 2, 3, 1, 2, 3, 1}, attemptEpochs);
    assertEquals(3, trainer.attemptLimit());
    assertEquals(7, step);
    assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 2}, restarts);
    assertEquals(7, trainer.epochs());
    assertEquals(3, learner.starts.size());
  }

  @Test
  void attemptsFollowEachOtherFromOneStream() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0}, 0.9f);
    Trainer trainer = trainer(learner, margin(7, 3));
    while (trainer.step()) {}
    SplitMix random = new SplitMix(1);
    for (Parameters start : learner.starts) {
      for (float value : start.toArray()) {
        assertEquals((float) random.nextGaussian(), value);
      }
    }
  }

  @Test
  void newAttemptIsMeasuredBeforeItsFirstUpdate() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0}, 0.9f);
    Trainer trainer = trainer(learner, margin(4, 2));
    assertTrue(trainer.step());
    assertTrue(trainer.step());
    assertEquals(3, learner.measured);
    assertTrue(trainer.step());
    assertEquals(1, trainer.restarts());
    assertEquals(5, learner.measured);
    assertEquals(3, learner.updates);
  }

  @Test
  void everyAttemptIsHeldAgainstItsOwnStart() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0}, 0.9f);
    Trainer trainer = trainer(learner, new Recipe.Schedule(9, 0.25f, 9, 3, 0.1f));
    for (int step = 0; step < 7; step++) {
      assertTrue(trainer.step());
    }
    assertEquals(2, trainer.restarts(), "every attempt ends at its first plateau check");
  }

  private static int epochsUntilRestart(double... losses) {
    ScriptedLearner learner = new ScriptedLearner(losses, 0.9f);
    Trainer trainer = trainer(learner, new Recipe.Schedule(100, 0.25f, 50, 4, 0.25f));
    while (trainer.step() && trainer.restarts() == 0) {}
    return trainer.epochs() - 1;
  }

  @Test
  void attemptThatStopsFallingIsGivenUp() {
    // Checks at epochs 0, 4, 8, ...: the loss must fall by a quarter from one to the next.
    assertEquals(4, epochsUntilRestart(1.0));
    assertEquals(4, epochsUntilRestart(4.0, 4.0, 4.0, 4.0, 3.001));
    assertEquals(8, epochsUntilRestart(4.0, 4.0, 4.0, 4.0, 3.0, 0.0, 0.0, 0.0, 3.0));
    assertEquals(12, epochsUntilRestart(16, 16, 16, 16, 12, 99, 99, 99, 9, 0, 0, 0, 6.76));
    assertEquals(4, epochsUntilRestart(1.0, 1.0, 1.0, 1.0, Double.NaN));
  }

  @Test
  void withoutAPlateauOnlyTheAttemptCapRestarts() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0}, 0.9f);
    Trainer trainer = trainer(learner, new Recipe.Schedule(30, 0.25f, 29, 0, 0.25f));
    while (trainer.step()) {}
    assertEquals(1, trainer.restarts());
  }

  @Test
  void scheduleWithoutMarginRunsAllEpochsAndAnswersForItself() {
    for (boolean answersAll : new boolean[] {true, false}) {
      ScriptedLearner learner = new ScriptedLearner(new double[] {1.0, 0.0, 7.0}, 0f);
      learner.answersAll = answersAll;
      Trainer trainer = trainer(learner, Recipe.Schedule.fixed(9));
      while (trainer.step()) {
        assertFalse(trainer.isSolved());
      }
      assertEquals(9, trainer.epochs());
      assertEquals(0, trainer.restarts());
      assertEquals(answersAll, trainer.isSolved());
      assertEquals(9f, trainer.result().get(0, 0, 0), "the last parameters, not the best");
      assertEquals(7.0, trainer.resultLoss());
      assertEquals(9, trainer.attemptLimit());
    }
  }

  @Test
  void givenStartComesBeforeTheStream() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0}, 0.9f);
    Parameters given = new Parameters(TOPOLOGY);
    given.fill(0.5f);
    Trainer trainer = new Trainer(recipe(margin(5, 3)), learner, 1, given);
    while (trainer.step()) {}
    assertEquals(given, learner.starts.get(0));
    SplitMix random = new SplitMix(1);
    for (float value : learner.starts.get(1).toArray()) {
      assertEquals((float) random.nextGaussian(), value);
    }
    assertEquals(0.5f, given.get(0, 0, 0), "the start was copied");
  }

  @Test
  void stoppedTrainingKeepsTheBestSoFar() {
    for (Recipe.Schedule schedule : List.of(margin(9, 9), Recipe.Schedule.fixed(9))) {
      ScriptedLearner learner = new ScriptedLearner(new double[] {5.0, 4.0, 2.0, 3.0, 2.0}, 0.9f);
      learner.answersAll = true;
      Trainer trainer = trainer(learner, schedule);
      for (int step = 0; step < 3; step++) {
        trainer.step();
      }
      trainer.stop();
      assertTrue(trainer.isFinished());
      assertFalse(trainer.step());
      assertEquals(3, trainer.epochs());
      assertEquals(2f, trainer.result().get(0, 0, 0), "lowest loss after two updates");
      assertEquals(2.0, trainer.resultLoss());
      assertEquals(!schedule.endsWhenSolved(), trainer.isSolved(), "judged by the best");
    }
  }

  @Test
  void stoppingAfterTheEndChangesNothing() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {1.0, 2.0}, 0.5f, 0.1f);
    Trainer trainer = trainer(learner, margin(9, 9));
    while (trainer.step()) {}
    trainer.stop();
    assertTrue(trainer.isSolved());
    assertEquals(1f, trainer.result().get(0, 0, 0));
    assertEquals(2.0, trainer.resultLoss());
  }

  private static Trainer overflowing(double... losses) {
    ScriptedLearner learner = new ScriptedLearner(losses, 0f);
    learner.answersAll = true;
    return trainer(learner, Recipe.Schedule.fixed(9));
  }

  @Test
  void lossThatIsNoNumberEndsTrainingUnsolvedWithTheBestBefore() {
    for (double beyond : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Trainer trainer = overflowing(5.0, 4.0, 6.0, beyond);
      while (trainer.step()) {}
      assertEquals(3, trainer.epochs(), "the attempt cannot recover");
      assertTrue(trainer.hasOverflowed());
      assertFalse(trainer.isSolved());
      assertTrue(trainer.hasResult());
      assertEquals(1f, trainer.result().get(0, 0, 0));
      assertEquals(4.0, trainer.resultLoss());
    }
  }

  @Test
  void withoutAnyFiniteLossThereIsNoResult() {
    Trainer trainer = overflowing(Double.NaN);
    trainer.stop();
    assertTrue(trainer.isFinished());
    assertTrue(trainer.hasOverflowed());
    assertFalse(trainer.isSolved());
    assertFalse(trainer.hasResult());
  }

  @Test
  void infiniteParametersWithFiniteOutputsAreNeitherSolvedNorKept() {
    for (Recipe.Schedule schedule : List.of(margin(4, 9), Recipe.Schedule.fixed(4))) {
      ScriptedLearner learner =
          new ScriptedLearner(new double[] {5.0, 4.0, 1e30, 0.0}, 0.9f, 0.9f, 0.9f, 0f);
      learner.answersAll = true;
      learner.finiteUpdates = 2;
      Trainer trainer = trainer(learner, schedule);
      while (trainer.step()) {}
      assertTrue(trainer.hasOverflowed());
      assertFalse(trainer.isSolved());
      assertEquals(1f, trainer.result().get(0, 0, 0));
      assertEquals(4.0, trainer.resultLoss());
    }
  }

  @Test
  void attemptThatOverflowsIsGivenUpAtOnce() {
    ScriptedLearner learner = new ScriptedLearner(new double[] {5.0, Double.NaN, 4.0}, 0.9f);
    Trainer trainer = trainer(learner, margin(7, 6));
    assertTrue(trainer.step());
    assertEquals(0, trainer.restarts());
    assertTrue(trainer.step());
    assertEquals(1, trainer.restarts());
    while (trainer.step()) {}
    assertFalse(trainer.hasOverflowed(), "the last attempt did not");
  }

  @Test
  void givenStartThatIsNotFiniteIsNoResult() {
    Parameters given = new Parameters(TOPOLOGY);
    given.set(0, 2, 0, Float.NEGATIVE_INFINITY);
    Recipe recipe = recipe(Recipe.Schedule.fixed(3));
    Learner learner = new FloatLearner(recipe, Samples.of(TruthTable.XOR, TOPOLOGY));
    Trainer trainer = new Trainer(recipe, learner, 1, given);
    while (trainer.step()) {}
    assertTrue(trainer.hasOverflowed());
    assertFalse(trainer.hasResult());
  }
}
