package dev.switchback.device.node;

import dev.switchback.core.TrainingSession;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts trainings. */
final class Trainings implements TrainingListener {
  final AtomicInteger begun = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();

  void begin() {
    begun.incrementAndGet();
  }

  void end() {
    ended.incrementAndGet();
  }

  @Override
  public void began(TrainingSession training) {
    begin();
  }

  @Override
  public void ended(TrainingSession training) {
    end();
  }
}
