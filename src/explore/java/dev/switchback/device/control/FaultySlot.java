package dev.switchback.device.control;

import dev.switchback.core.nn.Model;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@link ModelSlot} with one line out of place. */
final class FaultySlot implements SlotUnderTest {
  private final AtomicReference<ModelSlot.@Nullable Entry> entry = new AtomicReference<>();
  private final AtomicInteger generation = new AtomicInteger();
  private final Fault fault;

  /** Which line. */
  enum Fault {
    READS_THE_GENERATION_APART,
    PUBLISHES_WITHOUT_COMPARING,
    WRAPS_TO_ZERO
  }

  FaultySlot(Fault fault) {
    this.fault = fault;
  }

  @Override
  public void startAt(Model model, int first) {
    entry.set(new ModelSlot.Entry(model, first));
    generation.set(first);
  }

  @Override
  public int publish(Model model) {
    while (true) {
      ModelSlot.Entry old = entry.get();
      int before = old == null ? 0 : old.generation();
      int wrapped = fault == Fault.WRAPS_TO_ZERO ? 0 : 1;
      int number = before == ModelSlot.MAX_GENERATION ? wrapped : before + 1;
      ModelSlot.Entry next = new ModelSlot.Entry(model, number);
      if (fault == Fault.PUBLISHES_WITHOUT_COMPARING) {
        entry.set(next);
        return number;
      }
      if (entry.compareAndSet(old, next)) {
        generation.set(number);
        return number;
      }
    }
  }

  @Override
  public ModelSlot.@Nullable Entry entry() {
    ModelSlot.Entry now = entry.get();
    return now == null || fault != Fault.READS_THE_GENERATION_APART
        ? now
        : new ModelSlot.Entry(now.model(), generation.get());
  }
}
