package dev.switchback.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.board.pi4j.SimulatedBoard;
import dev.switchback.control.Decision;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.fixed.Engine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private static DeviceConfiguration configuration(String... settings) {
    return new ConfigurationParser(List.of("device"))
        .parse("test", String.join("\n", settings).getBytes(StandardCharsets.UTF_8));
  }

  private Device device(
      SimulatedBoard board, @Nullable WeightFile file, TrainingListener listener, String... more) {
    return new Device(configuration(more), board, file, listener);
  }

  private static SimulatedBoard board() {
    return SimulatedBoard.open(DeviceConfiguration.defaults().wiring());
  }

  private static void set(SimulatedBoard board, int row) {
    board.setSwitch(0, (row & 2) != 0);
    board.setSwitch(1, (row & 1) != 0);
  }

  private static void requireXor(Device device, SimulatedBoard board) {
    for (int row : new int[] {1, 3, 2, 0, 2, 1, 0, 3, 0}) {
      set(board, row);
      assertTrue(device.awaitAnswer(row, LIMIT), () -> "row " + row + ": " + device.outage());
      assertEquals(row == 1 || row == 2, board.ledActive(), "row " + row);
    }
  }

  @Test
  void trainsAndAnswersInBothEngines() {
    for (String engine : List.of("float", "fixed")) {
      SimulatedBoard board = board();
      try (Device device = device(board, null, TrainingListener.NONE, "engine=" + engine)) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        requireXor(device, board);
        assertEquals(engine, device.status().engine());
        assertNull(device.status().outage());
      }
      assertFalse(board.ledActive());
    }
  }

  @Test
  void theLedAnswersFromTheOldModelWhileTheBoardTrains() throws InterruptedException {
    CountDownLatch retraining = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TrainingListener halfway =
        new TrainingListener() {
          @Override
          public void trained(Training training) {
            if (training.seed() == 2 && training.epochs() == 3) {
              retraining.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          }
        };
    SimulatedBoard board = board();
    try (Device device = device(board, null, halfway)) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      requireXor(device, board);
      Parameters before = device.parameters();
      int generation = device.decision().generation();
      device.retrain();
      retraining.await();
      requireXor(device, board);
      assertEquals(before, device.parameters());
      assertEquals(generation, device.decision().generation());
      goOn.countDown();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertNotEquals(before, device.parameters());
      requireXor(device, board);
      assertEquals("trained from seed 2", device.status().weights());
    }
  }

  @Test
  void anUnsolvedTrainingChangesNothing() {
    SimulatedBoard board = board();
    try (Device device = device(board, null, TrainingListener.NONE, "topology = 2-1-1")) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      DeviceStatus status = device.status();
      assertEquals("no model", status.outage());
      assertTrue(status.training().startsWith("not solved after "), status.training());
      assertTrue(status.text().contains("LED off, no model"), status.text());
      assertFalse(board.ledActive());
      assertFalse(device.awaitAnswer(0, Duration.ofMillis(50)));
    }
  }

  @Test
  void theEngineChangesUnderTheSameWeights() {
    SimulatedBoard board = board();
    try (Device device = device(board, null, TrainingListener.NONE)) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      Parameters weights = device.parameters();
      device.swapEngine();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertEquals(Engine.FIXED, device.engine());
      assertEquals(weights, device.parameters());
      requireXor(device, board);
      Decision now = device.decision();
      assertEquals(Math.rint(now.output() * 65536f) / 65536f, now.output());
    }
  }

  @Test
  void keptWeightsAnswerAfterARestartWithoutTraining() {
    WeightFile file = new WeightFile(directory.resolve("state"));
    Parameters first = null;
    for (int start = 0; start < 2; start++) {
      SimulatedBoard board = board();
      try (Device device = device(board, file, TrainingListener.NONE)) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        requireXor(device, board);
        assertEquals(start == 0 ? 1 : 0, device.status().trainings());
        first = start == 0 ? device.parameters() : first;
        assertEquals(first, device.parameters());
      }
    }
    assertTrue(Files.exists(directory.resolve("state/weights.safetensors")));
    assertFalse(Files.exists(directory.resolve("state/weights.safetensors.new")));
  }

  @Test
  void keptWeightsOfAnotherTruthTableAreNotUsed() {
    WeightFile file = new WeightFile(directory);
    for (String truth : List.of("0110", "0111")) {
      SimulatedBoard board = board();
      try (Device device = device(board, file, TrainingListener.NONE, "truth=" + truth)) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        assertEquals(1, device.status().trainings());
      }
    }
  }

  @Test
  void anUnreadableFileIsSetAsideAndTheDeviceTrains() throws Exception {
    Path broken = directory.resolve("weights.safetensors");
    Files.writeString(broken, "no weights at all");
    SimulatedBoard board = board();
    try (Device device = device(board, new WeightFile(directory), TrainingListener.NONE)) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      requireXor(device, board);
    }
    assertEquals(
        "no weights at all", Files.readString(directory.resolve("weights.safetensors.broken")));
    assertTrue(Files.size(broken) > 200);
  }

  @Test
  void aStateDirectoryThatCannotBeWrittenDoesNotStopTheAnswers() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    SimulatedBoard board = board();
    try (Device device =
        device(board, new WeightFile(file.resolve("state")), TrainingListener.NONE)) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      requireXor(device, board);
    }
  }

  @Test
  void aListenerThatFailsDoesNotEndMaintenance() {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void ended(Training training) {
            if (training.seed() == 1) {
              throw new IllegalStateException("planted");
            }
          }
        };
    SimulatedBoard board = board();
    try (Device device = device(board, null, failing)) {
      device.start();
      device.retrain();
      assertTrue(device.awaitMaintenance(LIMIT));
      requireXor(device, board);
    }
  }
}
