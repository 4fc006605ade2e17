package dev.switchback.device.control;

import dev.switchback.core.nn.Model;
import org.jspecify.annotations.Nullable;

/** What the scenarios ask of a slot. */
interface SlotUnderTest {
  int publish(Model model);

  ModelSlot.@Nullable Entry entry();

  /** Puts a model there as if so many had been published. */
  void startAt(Model model, int generation);
}
