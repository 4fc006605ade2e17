package dev.switchback.device.control;

import dev.switchback.core.nn.Model;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@link ModelSlot} itself. */
final class SoundSlot implements SlotUnderTest {
  private final ModelSlot slot = new ModelSlot();

  @Override
  public int publish(Model model) {
    return slot.publish(model);
  }

  @Override
  public ModelSlot.@Nullable Entry entry() {
    return slot.entry();
  }

  /** By force, as publishing four million times in every schedule would take too long. */
  @Override
  @SuppressWarnings("unchecked")
  public void startAt(Model model, int generation) {
    try {
      Field entry = ModelSlot.class.getDeclaredField("entry");
      entry.setAccessible(true);
      ((AtomicReference<ModelSlot.Entry>) entry.get(slot))
          .set(new ModelSlot.Entry(model, generation));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
