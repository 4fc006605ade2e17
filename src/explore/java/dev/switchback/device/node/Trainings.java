package dev.switchback.device.node;

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
  public void began(Training training) {
    begin();
  }

  @Override
  public void ended(Training training) {
    end();
  }
}
