package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LossRecorderTest {
  private final LossRecorder recorder = new LossRecorder();

  @Test
  void aShortTrainingIsKeptAsItIs() {
    recorder.add(3f);
    recorder.add(2f);

    assertEquals(LossHistory.of(3f, 2f), recorder.history());
  }

  @Test
  void aLongTrainingIsKeptAsMeansOfEvenStretches() {
    int epochs = 4 * LossRecorder.CAPACITY;
    for (int epoch = 0; epoch < epochs; epoch++) {
      recorder.add(epoch);
    }

    LossHistory history = recorder.history();
    int stretch = epochs / history.size();
    assertEquals(LossRecorder.CAPACITY / 2, history.size());
    for (int k = 0; k < history.size(); k++) {
      assertEquals(k * stretch + (stretch - 1) / 2f, history.loss(k));
    }
  }

  @Test
  void aHistoryNeverChangesAndNeverOutgrowsTheMemory() {
    recorder.add(1f);
    LossHistory before = recorder.history();
    for (int epoch = 0; epoch < 100_000; epoch++) {
      recorder.add(2f);
      assertTrue(epoch % 1000 != 0 || recorder.history().size() < LossRecorder.CAPACITY);
    }

    assertEquals(LossHistory.of(1f), before);
    assertNotEquals(before, recorder.history());
  }

  @Test
  void clearingForgetsEverything() {
    for (int epoch = 0; epoch < LossRecorder.CAPACITY + 1; epoch++) {
      recorder.add(9f);
    }
    recorder.clear();
    recorder.add(1f);

    assertEquals(LossHistory.of(1f), recorder.history());
    assertEquals(LossHistory.of(1f).hashCode(), recorder.history().hashCode());
  }
}
