package dev.switchback.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("allocation")
class AllocatedBytesTest {
  private float[] kept = new float[1];
  private int calls;

  private static String failure(Runnable once) {
    AssertionError error =
        assertThrows(
            AssertionError.class, () -> AllocatedBytes.requireNone("the plant", once, 1000));
    return error.toString();
  }

  private void plantEvery(int period) {
    if (++calls % period == 0) {
      kept = new float[64];
    }
  }

  @Test
  void plantedArrayIsDetected() {
    String message = failure(() -> plantEvery(1));
    assertTrue(message.contains("the plant allocates: bytes in windows of 1000 calls ["), message);
    assertTrue(message.contains(", 272000, 272000"), message);
    assertEquals(20_000, calls);
  }

  @Test
  void arrayPlantedInEveryFourthWindowIsDetected() {
    String message = failure(() -> plantEvery(4000));
    assertTrue(message.contains(" 272, 0, 0, 0, 272"), message);
  }

  @Test
  void arithmeticPasses() {
    AllocatedBytes.requireNone("arithmetic", () -> kept[0] += 1f, 1000);
    assertTrue(kept[0] >= 5000f);
  }

  @Test
  void windowCountsTheBytes() {
    AllocatedBytes.window(() -> plantEvery(1), 10);
    assertEquals(2720, AllocatedBytes.window(() -> plantEvery(1), 10));
  }
}
