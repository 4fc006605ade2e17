package dev.switchback.device.control;

import dev.switchback.core.nn.Model;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Passes a model from maintenance to control: the only crossing point of the two threads. Empty at
 * first.
 *
 * <ol>
 *   <li>After publication, the model belongs to the control thread; the publisher no longer uses
 *       it.
 *   <li>Publishing has release semantics, reading acquire: the control thread sees a complete
 *       model.
 *   <li>A model and its generation are read together, so a decision names the model that made it.
 * </ol>
 */
public final class ModelSlot {
  /** Generations run from 1 to this and start again at 1; 0 is the empty slot. */
  public static final int MAX_GENERATION = (1 << 22) - 1;

  /** A published model. */
  record Entry(Model model, int generation) {}

  private final AtomicReference<@Nullable Entry> entry = new AtomicReference<>();

  /**
   * Replaces the model; the next tick uses it. Any thread.
   *
   * @return the generation that the decisions of this model carry
   */
  public int publish(Model model) {
    Objects.requireNonNull(model, "model");
    Entry old = entry.getAcquire();
    Entry next = new Entry(model, nextGeneration(old));
    while (!entry.weakCompareAndSetRelease(old, next)) {
      old = entry.getAcquire();
      next = new Entry(model, nextGeneration(old));
    }
    return next.generation();
  }

  private static int nextGeneration(@Nullable Entry old) {
    return old == null || old.generation() == MAX_GENERATION ? 1 : old.generation() + 1;
  }

  /** Returns the last published generation, or 0. */
  public int generation() {
    Entry now = entry.getAcquire();
    return now == null ? 0 : now.generation();
  }

  @Nullable Entry entry() {
    return entry.getAcquire();
  }
}
