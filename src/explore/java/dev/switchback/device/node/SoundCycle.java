package dev.switchback.device.node;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.control.ControlLoop;
import dev.switchback.device.control.ModelSlot;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.VersionRule;
import dev.switchback.sim.FakeBoard;

/** {@link Maintenance} itself, beside a loop that never ticks. */
final class SoundCycle implements CycleUnderTest {
  private final Maintenance maintenance;

  SoundCycle(Clock clock, Trainings trainings) {
    DeviceConfiguration configuration = DeviceConfiguration.defaults();
    Lesson lesson = configuration.lesson();
    ModelSlot slot = new ModelSlot();
    FakeBoard board = new FakeBoard(configuration.get(Key.TRUTH).inputs());
    ControlLoop loop = new ControlLoop(new SystemClock(), board, slot, 0);
    this.maintenance =
        new Maintenance(
            new Lesson(lesson.truth(), lesson.recipe().withMaxEpochs(1)),
            configuration.get(Key.SEED),
            new Weights(
                new MemoryStorage(),
                FirstWeights.FACTORY,
                configuration.lessonRule(),
                _ -> null,
                VersionRule.NONE,
                configuration.get(Key.ENGINE),
                loop,
                slot,
                clock),
            loop,
            trainings,
            clock);
  }

  @Override
  public void run() {
    maintenance.run();
  }

  @Override
  public void carryOut(Maintenance.Command command, Clock caller) throws StoreException {
    maintenance.carryOut(command, caller);
  }

  @Override
  public void retrain() throws StoreException {
    maintenance.retrain();
  }

  @Override
  public void stop() {
    maintenance.stop();
  }

  @Override
  public TrainingProgress progress() {
    return maintenance.progress();
  }

  @Override
  public long asked() {
    return maintenance.asked();
  }

  @Override
  public boolean isSettled(long ask) {
    return maintenance.isSettled(ask);
  }
}
