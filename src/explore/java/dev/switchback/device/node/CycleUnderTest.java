package dev.switchback.device.node;

import dev.switchback.Clock;
import dev.switchback.device.store.StoreException;

/** What the scenarios ask of a maintenance cycle. */
interface CycleUnderTest extends Runnable {
  void carryOut(Maintenance.Command command, Clock caller) throws StoreException;

  void retrain() throws StoreException;

  void stop();

  TrainingProgress progress();

  long asked();

  boolean isSettled(long ask);

  /** Makes a cycle whose trainings end after an epoch, unsolved. */
  interface Source {
    CycleUnderTest on(Clock clock, Trainings trainings);
  }
}
