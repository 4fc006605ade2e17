package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.control.Decision;
import dev.switchback.device.store.DirectoryStorage;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.VersionRule;
import dev.switchback.device.store.WeightStore;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.FakeBoard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeviceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private static DeviceConfiguration configuration(String... settings) {
    return ConfigurationParser.parse(
        "test", String.join("\n", settings).getBytes(StandardCharsets.UTF_8));
  }

  private Device device(
      SimulatedBoard board, Storage storage, TrainingListener listener, String... more) {
    return new Device(configuration(more), board, storage, listener);
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
      assertEquals(TruthTable.XOR.answer(row), board.shown(), "row " + row);
    }
  }

  @Test
  void trainsAndAnswersInBothEngines() {
    for (String engine : List.of("float", "fixed")) {
      SimulatedBoard board = board();
      try (Device device =
          device(board, new MemoryStorage(), new TrainingListener() {}, "engine=" + engine)) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        requireXor(device, board);
        assertEquals(engine, device.status().engine());
        assertNull(device.status().outage());
      }
      assertEquals(0, board.shown());
    }
  }

  @ParameterizedTest
  @EnumSource(NamedRecipe.class)
  void everyRecipeRunsInBothEngines(NamedRecipe recipe) {
    for (String engine : List.of("float", "fixed")) {
      SimulatedBoard board = board();
      try (Device device =
          device(
              board,
              new MemoryStorage(),
              new TrainingListener() {},
              "recipe=" + recipe.label(),
              "seed=2",
              "engine=" + engine)) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        requireXor(device, board);
        assertEquals(recipe.label(), device.status().recipe());
        assertEquals(recipe.topology(TruthTable.XOR).toString(), device.status().topology());
      }
    }
  }

  @Test
  void theFactoryWeightsAnswerWhileNothingWasLearnt() throws Exception {
    SimulatedBoard board = board();
    try (Device device =
        device(
            board,
            new MemoryStorage(),
            new TrainingListener() {},
            "recipe=numpy-backprop",
            "seed=5",
            "engine=fixed")) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertTrue(device.status().training().startsWith("not solved after 4000 epochs"));
      assertTrue(
          device
              .status()
              .weights()
              .matches("1\\.0\\.0 [0-9a-f]{8} 2-2-1 trained from seed 1, slot-a.img"),
          device.status().weights());
      assertNull(device.status().store().slots().get(1).image(), "a failed training keeps nothing");
      requireXor(device, board);
      device.retrain();
      assertTrue(device.awaitMaintenance(LIMIT));
      requireXor(device, board);
      assertEquals(0, device.status().weights().indexOf("1.0.0+1 "));
      assertTrue(device.status().weights().endsWith("2-2-1 trained from seed 6, slot-b.img"));
    }
  }

  @Test
  void aReferenceThatGetsStuckLeavesTheLedDarkUntilAnotherSeedLearns() throws Exception {
    SimulatedBoard board = board();
    try (Device device =
        device(
            board,
            new MemoryStorage(),
            new TrainingListener() {},
            "recipe=numpy-backprop",
            "truth=1001",
            "seed=6")) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      // On a busy machine a whole training may be over before the control loop's first tick.
      assertTrue(await(() -> "no model".equals(device.outage())), device.outage());
      assertEquals(0, board.shown());
      assertTrue(device.status().training().startsWith("not solved after 4000 epochs"));
      assertEquals("none yet", device.status().weights());
      device.retrain();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertTrue(device.status().weights().contains(" trained from seed 7, "));
      assertTrue(device.awaitAnswer(0, LIMIT));
      assertEquals(1, board.shown());
    }
  }

  @Test
  void theLedAnswersFromTheOldModelWhileTheBoardTrains() throws Exception {
    CountDownLatch retraining = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    TrainingListener halfway =
        new TrainingListener() {
          @Override
          public void trained(TrainingSession training) {
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
    try (Device device = device(board, new MemoryStorage(), halfway)) {
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
      assertTrue(
          device.status().weights().endsWith(" trained from seed 2, slot-a.img"),
          device.status().weights());
    }
  }

  @Test
  void anUnsolvedTrainingChangesNothing() {
    SimulatedBoard board = board();
    try (Device device =
        device(
            board,
            new MemoryStorage(),
            new TrainingListener() {},
            "topology = 2-1-1",
            "truth = 1001")) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      DeviceStatus status = device.status();
      assertEquals("no model", status.outage());
      assertTrue(status.training().startsWith("not solved after "), status.training());
      assertEquals("LED off, no model", status.state());
      assertEquals(0, board.shown());
      assertFalse(device.awaitAnswer(0, Duration.ofMillis(50)));
    }
  }

  @Test
  void theEngineChangesUnderTheSameWeights() throws Exception {
    SimulatedBoard board = board();
    try (Device device = device(board, new MemoryStorage(), new TrainingListener() {})) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      Parameters weights = device.parameters();
      device.swapEngine();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertEquals(Engine.FIXED, device.engine());
      assertEquals(weights, device.parameters());
      requireXor(device, board);
      Decision now = device.decision();
      assertEquals(Math.rint(now.outputs()[0] * 65536f) / 65536f, now.outputs()[0]);
    }
  }

  @Test
  void theEngineThatWouldAnswerOtherwiseIsRefused() throws Exception {
    float w = 1e5f; // Q7.16 holds 128.
    Parameters steps =
        Parameters.of(
            Topology.parse("2-2-1", Activation.SIGMOID),
            w,
            w,
            w,
            w,
            -w / 2,
            -3 * w / 2,
            w,
            -w,
            -w / 2);
    WeightImage image =
        WeightImage.of(ImageVersion.parse("2.0.0"), steps, Engine.FLOAT, Map.of("lesson", "0110"));
    SimulatedBoard board = board();
    try (Device device = device(board, new MemoryStorage(), new TrainingListener() {})) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      device.apply(Event.STAGE, image);
      device.apply(Event.PERMANENT, image);
      device.apply(Event.START, null);
      assertTrue(device.status().weights().startsWith("2.0.0 "), device.status().weights());
      StoreException refused = assertThrows(StoreException.class, device::swapEngine);
      assertEquals(
          "the network answers 0000 in fixed, its lesson is 0110: switches 01 are wrong",
          refused.getMessage());
      assertEquals(Engine.FLOAT, device.engine());
      assertEquals("", device.status().quantization());
      requireXor(device, board);
    }
  }

  @Test
  void keptWeightsAnswerAfterARestartWithoutTraining() throws Exception {
    Parameters first = null;
    for (int start = 0; start < 2; start++) {
      SimulatedBoard board = board();
      try (DirectoryStorage storage = DirectoryStorage.open(directory.resolve("state"));
          Device device = device(board, storage, new TrainingListener() {})) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        requireXor(device, board);
        assertEquals(start == 0 ? 1 : 0, device.status().trainings());
        first = start == 0 ? device.parameters() : first;
        assertEquals(first, device.parameters());
        assertEquals(List.of(), device.storageProblems());
      }
    }
  }

  @Test
  void weightsOfAnotherTruthTableArePassedOverAndKept() {
    MemoryStorage storage = new MemoryStorage();
    List<String> weights = new ArrayList<>();
    for (String truth : List.of("0110", "0111", "0110", "0111")) {
      SimulatedBoard board = board();
      String[] settings = {"truth=" + truth, "lesson=configured"};
      try (Device device = device(board, storage, new TrainingListener() {}, settings)) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        assertEquals(weights.size() < 2 ? 1 : 0, device.status().trainings());
        weights.add(device.status().weights());
      }
    }
    assertEquals(weights.get(0), weights.get(2));
    assertEquals(weights.get(1), weights.get(3));
    assertNotEquals(weights.get(0), weights.get(1));
  }

  @Test
  void aBrokenSlotIsSetAsideAndNamedAndTheDeviceLearnsAgain() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    for (int start = 0; start < 2; start++) {
      SimulatedBoard board = board();
      try (Device device = device(board, storage, new TrainingListener() {})) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        requireXor(device, board);
        if (start == 0) {
          assertTrue(device.status().weights().endsWith("slot-b.img"), device.status().weights());
          storage.write("slot-b.img", "no weights at all".getBytes(StandardCharsets.UTF_8));
        } else {
          String status = device.status().weights();
          assertTrue(status.endsWith("slot-b.img"), status);
          assertEquals(1, device.status().trainings(), "what was lost is learnt again");
          assertEquals(1, device.storageProblems().size());
          String problem = device.storageProblems().getFirst();
          assertTrue(
              problem.startsWith(
                  "slot-b.img.broken was set aside: file: found 17 bytes, expected 80 to "),
              problem);
        }
      }
    }
  }

  @Test
  void aStateDirectoryThatCannotBeWrittenDoesNotStopTheAnswers() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    SimulatedBoard board = board();
    try (DirectoryStorage storage = DirectoryStorage.open(file.resolve("state"));
        Device device = device(board, storage, new TrainingListener() {})) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      requireXor(device, board);
      String weights = device.status().weights();
      assertTrue(weights.startsWith("1.0.0 "), weights);
      assertTrue(weights.endsWith(", factory"), weights);
      assertFalse(device.storageProblems().isEmpty());
    }
  }

  @Test
  void whatCannotBeKeptAnswersWhereNothingElseDoes() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    SimulatedBoard board = board();
    try (DirectoryStorage storage = DirectoryStorage.open(file.resolve("state"));
        Device device = device(board, storage, new TrainingListener() {}, "truth=1001")) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertTrue(device.awaitAnswer(0, LIMIT));
      assertEquals(1, board.shown());
      assertTrue(device.status().weights().endsWith(", not kept"), device.status().weights());
    }
  }

  @Test
  void aTrialIsTakenBackByTheNextStartAndRefusesTraining() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    WeightImage deployed =
        WeightImage.of(
            ImageVersion.parse("2.0.0"),
            FactoryImage.read().parameters(),
            Engine.FIXED,
            Map.of("note", "deployed"));
    List<String> weights = new ArrayList<>();
    for (int start = 0; start < 3; start++) {
      SimulatedBoard board = board();
      try (Device device = device(board, storage, new TrainingListener() {})) {
        device.start();
        assertTrue(device.awaitMaintenance(LIMIT));
        requireXor(device, board);
        weights.add(device.status().weights());
        if (start == 1) {
          device.retrain();
          assertTrue(device.awaitMaintenance(LIMIT));
          assertEquals(weights.get(1), device.status().weights());
          assertEquals("refused: confirm or revert the trial first", device.status().training());
        }
      }
      if (start == 0) {
        WeightStore store = new WeightStore(storage, () -> null, image -> null, VersionRule.NONE);
        store.start();
        store.apply(Event.STAGE, deployed);
        store.apply(Event.TEST, deployed);
      }
    }
    assertTrue(weights.get(1).startsWith("2.0.0 "), weights.get(1));
    assertTrue(weights.get(1).endsWith(" 2-2-1, slot-a.img, on trial"), weights.get(1));
    assertEquals(weights.get(0), weights.get(2));
  }

  @Test
  void aListenerThatFailsDoesNotEndMaintenance() throws Exception {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void ended(TrainingSession training) {
            if (training.seed() == 1) {
              throw new IllegalStateException("planted");
            }
          }
        };
    SimulatedBoard board = board();
    try (Device device = device(board, new MemoryStorage(), failing)) {
      device.start();
      device.retrain();
      assertTrue(device.awaitMaintenance(LIMIT));
      requireXor(device, board);
    }
  }

  @Test
  void aSwitchCountsOnlyAfterTheConfiguredDebouncePeriod() {
    DeviceLife life = new DeviceLife(configuration("debounce.millis = 1000"), new MemoryStorage());
    Device device = life.device();
    life.start();
    life.board().set(0, true);
    life.pass(400);
    assertEquals(0, device.decision().row());
    life.board().set(0, false);
    life.pass(2000);
    assertEquals(0, device.decision().row());
    assertEquals(0, device.status().changes());
    assertEquals(1, device.status().bounces());
    life.board().set(1, true);
    life.pass(999);
    assertEquals(0, device.decision().row());
    life.pass(1);
    assertEquals(1, device.decision().row());
    assertEquals(1, device.status().changes());
  }

  @Test
  void aFaultOfTheBoardStandsInTheStatusAndGoesAway() {
    FakeBoard board = new FakeBoard(2);
    try (Device device =
        new Device(configuration(), board, new MemoryStorage(), new TrainingListener() {})) {
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      board.setRow(1);
      assertTrue(device.awaitAnswer(1, LIMIT));
      assertTrue(board.ledActive());
      board.failReads(new IllegalStateException("the wire is gone"));
      assertTrue(await(() -> device.outage() != null));
      assertFalse(board.ledActive());
      DeviceStatus status = device.status();
      assertEquals("reading the switches: the wire is gone", status.outage());
      assertTrue(status.state().equals("LED off, reading the switches: the wire is gone"));
      assertEquals("A=0 B=1 LED=0 output=none", status.decision().text(TruthTable.XOR));
      board.failReads(null);
      assertTrue(device.awaitAnswer(1, LIMIT));
      assertTrue(board.ledActive());
      assertTrue(
          String.valueOf(device.status().lastFault())
              .contains("reading the switches: the wire is gone"));
      assertTrue(device.status().faults() >= 1);
      assertTrue(device.ticks() > 0);
    }
    board.requireNoMisuse();
  }

  private static boolean await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - start < LIMIT.toNanos()) {
      Thread.onSpinWait();
    }
    return condition.getAsBoolean();
  }

  @Test
  void theListenerSeesEveryEpoch() {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void began(TrainingSession training) {
            seen.add("began " + training.seed() + " " + training.engine());
          }

          @Override
          public void trained(TrainingSession training) {
            assertTrue(training.attemptEpochs() <= training.attemptLimit());
            assertEquals(97, training.attemptLimit());
            assertTrue(training.loss() > 0 && training.loss() < 1);
            assertEquals("2-2-1", training.current().topology().toString());
            seen.add("epoch " + training.epochs());
          }

          @Override
          public void ended(TrainingSession training) {
            seen.add(training.summary() + " " + training.restarts());
          }
        };
    SimulatedBoard board = board();
    try (Device device =
        device(board, new MemoryStorage(), listener, "engine = fixed", "seed = 9")) {
      assertTrue(device.isRunning());
      device.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertEquals(9, device.configuration().get(Key.SEED));
    }
    assertEquals("began 9 FIXED", seen.getFirst());
    assertEquals("epoch 1", seen.get(1));
    assertEquals("epoch 32", seen.get(32));
    assertTrue(seen.get(33).startsWith("solved after 32 epochs and 0 restarts (seed 9, fixed)"));
    assertEquals(34, seen.size());
  }
}
