package dev.switchback.node;

import dev.switchback.control.ControlLoop;
import dev.switchback.control.ModelSlot;
import dev.switchback.hal.Clock;
import dev.switchback.hal.MemoryStorage;
import dev.switchback.hal.SystemClock;
import dev.switchback.sim.FakeBoard;
import dev.switchback.store.StoreCommand;
import dev.switchback.store.StoreException;

/** {@link Maintenance} itself, beside a loop that never ticks. */
final class SoundCycle implements CycleUnderTest {
  private final Maintenance maintenance;

  SoundCycle(Clock clock, Trainings trainings) {
    DeviceConfiguration configuration = DeviceConfiguration.defaults();
    ModelSlot slot = new ModelSlot();
    FakeBoard board = new FakeBoard(configuration.truth().inputs());
    this.maintenance =
        new Maintenance(
            configuration,
            configuration.trainingRecipe().withMaxEpochs(1),
            new ControlLoop(new SystemClock(), board, slot, 0),
            slot,
            new MemoryStorage(),
            trainings,
            clock);
  }

  @Override
  public void run() {
    maintenance.run();
  }

  @Override
  public void carryOut(StoreCommand command, Clock caller) throws StoreException {
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
