package dev.switchback.device.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.TableModel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelSlotTest {
  private final ModelSlot slot = new ModelSlot();
  private final Model model = new TableModel(TruthTable.XOR);

  @Test
  void slotIsEmptyAtFirst() {
    assertNull(slot.entry());
    assertEquals(0, slot.generation());
  }

  @Test
  void lastPublishedIsCurrent_andGenerationsCount() {
    assertEquals(1, slot.publish(new TableModel(TruthTable.XOR)));
    assertEquals(2, slot.publish(model));
    assertSame(model, Objects.requireNonNull(slot.entry()).model());
    assertEquals(2, slot.generation());
  }

  @Test
  void generationsStartAgainAtOne() {
    for (int i = 1; i < ModelSlot.MAX_GENERATION; i++) {
      slot.publish(model);
    }
    assertEquals(ModelSlot.MAX_GENERATION, slot.publish(model));
    assertEquals(1, slot.publish(model));
  }

  @Test
  void publishersAtTheSameTime_getDifferentGenerations() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    Runnable publisher =
        () -> {
          for (int i = 0; i < 1000; i++) {
            sum.addAndGet(slot.publish(model));
          }
        };
    Thread other = new Thread(publisher);
    other.start();
    publisher.run();
    other.join();
    assertEquals(2000, slot.generation());
    assertEquals(2000 * 2001 / 2, sum.get());
  }
}
