package dev.switchback.device.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.AllocatedBytes;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatestDecisionTest {
  private static final Topology ONE = NamedRecipe.DEVICE.topology("2-2-1");
  private static final Topology EIGHT = NamedRecipe.DEVICE.topology("2-2-8");
  private static final int BYTE = 0xFF;

  private final LatestDecision latest = new LatestDecision();

  @ParameterizedTest
  @ValueSource(floats = {0f, -0f, 1f, -1f, 0.5f, Float.MIN_VALUE, -Float.MAX_VALUE})
  void everyFieldIsKept(float output) {
    for (int generation : new int[] {1, 2, ModelSlot.MAX_GENERATION}) {
      for (int row : new int[] {0, 1, 2, 3, 255}) {
        for (int answer : new int[] {0, 1}) {
          latest.set(generation, row, answer, ONE, new float[] {output});
          assertEquals(new Decision(generation, row, answer, output), latest.get());
        }
      }
    }
  }

  @Test
  void eachLedHasItsOutput() {
    float[] outputs = {0.1f, 0.9f, 0.2f, 0.8f, 0.3f, 0.7f, 0.4f, 0.6f};
    latest.set(ModelSlot.MAX_GENERATION, 255, 0b01010101, EIGHT, outputs);
    Decision decision = latest.get();
    assertEquals(0b01010101, decision.answer());
    assertArrayEquals(outputs, decision.outputs());
    assertEquals(
        "A=1 B=1 LED=0,1,0,1,0,1,0,1 output=0.1000,0.9000,0.2000,0.8000,0.3000,0.7000,0.4000,0.6000",
        new Decision(1, 3, 0b01010101, outputs)
            .text(TruthTable.parse("0110,0110,0110,0110,0110,0110,0110,0110")));
  }

  @Test
  void ofTwoClassesTheSecondIsShown() {
    Topology two = NamedRecipe.DEVICE.topology("2-2-2").withArgmax();
    latest.set(1, 0, 1, two, new float[] {0.2f, 0.7f});
    assertEquals(new Decision(1, 0, 1, 0.7f), latest.get());
  }

  @Test
  void undecidedIsDark() {
    latest.set(1, 1, 1, ONE, new float[] {0.9f});
    latest.setUndecided(ModelSlot.MAX_GENERATION, 255);
    Decision decision = latest.get();
    assertEquals(new Decision(ModelSlot.MAX_GENERATION, 255, 0), decision);
    assertFalse(decision.valid());
    assertEquals(
        "A=1 B=0 LED=0,0 output=none", new Decision(1, 2, 0).text(TruthTable.parse("0110,0001")));
  }

  @Test
  void beforeTheFirstTickNothingIsDecided() {
    assertEquals(new Decision(0, 0, 0), latest.get());
  }

  @Test
  void writingAllocatesNothing() {
    float[] outputs = new float[8];
    AllocatedBytes.requireNone("writing", () -> latest.set(1, 3, 1, EIGHT, outputs), 10_000);
  }

  /** Each decision of the writer has one number in all its fields. */
  @Test
  @Timeout(60)
  void aReaderNeverSeesAMixtureOfTwoDecisions() throws InterruptedException {
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              float[] outputs = new float[8];
              for (int i = 0; !enough.get(); i = (i + 1) & BYTE) {
                Arrays.fill(outputs, i);
                latest.set(i, i, i, EIGHT, outputs);
              }
            });
    try {
      int seen = 0;
      int before = 0;
      while (seen < 10_000) {
        Decision decision = latest.get();
        for (float output : decision.outputs()) {
          assertEquals(decision.row(), output);
        }
        assertEquals(decision.row(), decision.answer());
        assertEquals(decision.row(), decision.generation());
        seen += decision.row() == before ? 0 : 1;
        before = decision.row();
      }
    } finally {
      enough.set(true);
      writer.join();
    }
  }

  @Test
  void onlyWhatIsNewIsWritten() {
    assertFalse(latest.setUndecided(0, 0));
    assertTrue(latest.setUndecided(0, 1));
    assertFalse(latest.setUndecided(0, 1));
    assertTrue(latest.set(1, 1, 1, ONE, new float[] {0.9f}));
    assertFalse(latest.set(1, 1, 1, ONE, new float[] {0.9f}));
    assertTrue(latest.set(1, 1, 1, ONE, new float[] {0.8f}));
    assertTrue(latest.set(2, 1, 1, ONE, new float[] {0.8f}));
  }
}
