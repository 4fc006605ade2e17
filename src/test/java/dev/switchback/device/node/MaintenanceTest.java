package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.SlotFile;
import dev.switchback.device.store.SlotFiles;
import dev.switchback.device.store.Storage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.device.store.Swap;
import dev.switchback.device.store.TestImage;
import dev.switchback.lesson.NamedTruth;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.ForwardingStorage;
import dev.switchback.sim.PowerCutStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds, failures and ends of the maintenance thread, through the whole device. */
@Timeout(60)
class MaintenanceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Calls made of the training listener, and what one of them throws. */
  private static final class Listener implements TrainingListener {
    private final List<String> calls = new ArrayList<>();
    private @Nullable RuntimeException failure;

    @Override
    public void began(TrainingSession training) {
      calls.add("began " + training.seed());
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void ended(TrainingSession training) {
      calls.add("ended " + training.seed());
    }
  }

  private static final Map<String, byte[]> TAUGHT =
      SlotFiles.of(SlotFile.A, Swap.NONE, TestImage.OLD.bytes(), null);

  private final Listener listener = new Listener();
  private final PowerCutStorage storage = new PowerCutStorage(TAUGHT, 0);

  private DeviceLife started() {
    DeviceLife life = new DeviceLife(DeviceConfiguration.defaults(), storage, listener);
    life.start();
    return life;
  }

  @Test
  void oneTrainingRunsAndOneWaitsAndTheRestIsRefused() throws Exception {
    DeviceLife life = started();
    life.device().retrain();
    assertTrue(life.device().maintenance().step());
    assertEquals(List.of("began 1"), listener.calls);
    life.device().retrain();
    for (int more = 0; more < 3000; more++) {
      StoreException refusal = assertThrows(StoreException.class, () -> life.device().retrain());
      assertEquals(Reason.BUSY, refusal.reason());
      assertEquals(
          "a training runs and another waits; one more is not taken", refusal.getMessage());
    }
    assertEquals(
        "a training runs and another waits; one more is not taken", life.device().refused());
    life.settle();
    assertEquals(List.of("began 1", "ended 1", "began 2", "ended 2"), listener.calls);
    assertEquals(2, life.device().status().trainings());
    life.device().retrain();
    life.settle();
    assertEquals("ended 3", listener.calls.getLast(), "what was refused blocks nothing later");
  }

  @Test
  void anotherLessonTakesThePlaceOfTheTrainingThatRuns() throws Exception {
    try (Device device = device(new MemoryStorage(), listener)) {
      Lesson and = Lesson.of(NamedTruth.AND.table(2), NamedRecipe.DEVICE, "2-3-1");
      device.learn(and, 41);
      assertTrue(device.awaitMaintenance(LIMIT));
      assertEquals(and, device.lesson());
      assertEquals("0001", device.status().truth().toString());
      assertEquals("0001", device.engine().answers(Objects.requireNonNull(device.parameters())));
      device.retrain();
      assertTrue(device.awaitMaintenance(LIMIT));
      assertEquals(
          List.of("began 1", "ended 1", "began 41", "ended 41", "began 42", "ended 42"),
          listener.calls);
    }
  }

  @Test
  void whatAnswersGoesOnWhereTheLessonCannotBeLearnt() throws Exception {
    try (Device device = device(new MemoryStorage(), listener)) {
      device.learn(Lesson.of(TruthTable.XOR, NamedRecipe.DEVICE, "2-1"), 1);
      assertTrue(device.awaitMaintenance(LIMIT));
      assertTrue(device.status().training().startsWith("not solved"));
      assertEquals("0110", device.engine().answers(Objects.requireNonNull(device.parameters())));
    }
  }

  @Test
  void commandsGoOnWhileATrainingIsHeldAndTheWeightsAreTheSame() throws Exception {
    AtomicBoolean isHeld = new AtomicBoolean(true);
    TrainingListener holding =
        new TrainingListener() {
          @Override
          public long holdNanos() {
            return isHeld.get() ? Long.MAX_VALUE : 0;
          }
        };
    try (Device held =
            new Device(
                DeviceConfiguration.defaults(),
                new FakeBoard(2),
                new MemoryStorage(),
                FirstWeights.NONE,
                holding);
        Device free = device(new MemoryStorage(), listener)) {
      held.start();
      while (held.training().count() == 0) {
        Thread.onSpinWait();
      }
      held.swapEngine();
      held.swapEngine();
      assertNull(held.parameters(), "it begins with nothing");
      assertTrue(held.training().running());
      assertEquals(0, held.training().epochs());
      isHeld.set(false);
      assertTrue(held.awaitMaintenance(LIMIT));
      assertEquals(free.parameters(), held.parameters());
    }
  }

  @Test
  void noLessonIsTakenWhileAnImageIsOnTrial() throws Exception {
    DeviceLife life = started();
    assertEquals("", life.apply("stage NEW"));
    assertEquals("", life.apply("test"));
    assertEquals("", life.apply("reload"));
    Lesson before = life.device().lesson();
    StoreException refusal =
        assertThrows(
            StoreException.class,
            () ->
                life.device()
                    .maintenance()
                    .learn(Lesson.of(TruthTable.XOR, NamedRecipe.DEVICE, "2-3-1"), 1));
    assertEquals("confirm or revert the trial first", refusal.getMessage());
    assertEquals(before, life.device().lesson());
  }

  @Test
  void aDeploymentGoesThroughWhileTheDeviceTrains() throws Exception {
    DeviceLife life = started();
    life.device().retrain();
    life.device().maintenance().step();
    life.device().retrain();
    assertEquals("", life.apply("stage NEW"));
    assertEquals("", life.apply("test"));
    assertEquals("", life.apply("reload"));
    assertEquals("NEW?", life.answering());
    assertTrue(life.device().training().running());
    life.settle();
    assertFalse(life.device().training().running());
    assertEquals("NEW?", life.answering(), "a training does not end a trial");
    assertEquals("refused: confirm or revert the trial first", life.device().status().training());
  }

  @Test
  void aTrainingThatCannotBeginIsOverAndDoesNotComeAgain() throws Exception {
    DeviceLife life = started();
    listener.failure = new IllegalStateException("planted");
    life.device().retrain();
    assertTrue(life.device().training().running(), "asked for counts as running");
    life.settle();
    assertEquals(List.of("began 1"), listener.calls);
    assertFalse(life.device().training().running());
    assertEquals(
        "failed: java.lang.IllegalStateException: planted", life.device().status().training());
    listener.failure = null;
    life.device().retrain();
    life.settle();
    assertEquals("ended 2", listener.calls.getLast());
    assertEquals("LEARNT", life.answering());
  }

  @Test
  void aCommandThatBreaksEndsNoTraining() throws Exception {
    DeviceLife life = started();
    life.device().retrain();
    life.device().maintenance().step();
    assertThrows(
        IllegalStateException.class,
        () ->
            life.device()
                .maintenance()
                .carryOut(
                    () -> {
                      throw new IllegalArgumentException("planted");
                    },
                    life.clock()));
    life.settle();
    assertEquals(List.of("began 1", "ended 1"), listener.calls);
    assertEquals("LEARNT", life.answering());
  }

  /** Storage whose next write waits for a sign; an interrupt there is a failure of the test. */
  private static final class WaitingStorage extends ForwardingStorage {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean waits;
    private volatile boolean isDisturbed;

    WaitingStorage() {
      super(new MemoryStorage());
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
      if (waits) {
        waits = false;
        reached.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          isDisturbed = true;
          throw new IOException(e);
        }
      }
      super.write(name, content);
    }
  }

  private static Device device(Storage storage) {
    return device(storage, new TrainingListener() {});
  }

  private static Device device(Storage storage, TrainingListener listener) {
    Device device = new Device(DeviceConfiguration.defaults(), new FakeBoard(2), storage, listener);
    device.start();
    assertTrue(device.awaitMaintenance(LIMIT));
    return device;
  }

  private static Future<?> staging(Device device) {
    FutureTask<@Nullable Void> staging =
        new FutureTask<>(() -> {
          device.stage(TestImage.NEW.bytes());
          return null;
        });
    Thread.ofPlatform().daemon().start(staging);
    return staging;
  }

  private static StoreException refusal(Future<?> staging) {
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> staging.get(20, TimeUnit.SECONDS));
    return (StoreException) Objects.requireNonNull(failure.getCause());
  }

  @Test
  void whoWaitsIsAnsweredWhenTheDeviceEndsWhileACommandWrites() throws Exception {
    WaitingStorage slow = new WaitingStorage();
    Device device = device(slow);
    slow.waits = true;
    Future<?> writing = staging(device);
    slow.reached.await();
    List<Future<?>> waiting = new ArrayList<>();
    for (int k = 0; k < Maintenance.MAX_WAITING; k++) {
      waiting.add(staging(device));
    }
    // Its first weights, the image that is being written, and those that wait.
    while (device.maintenance().asked() < 1 + 1 + Maintenance.MAX_WAITING) {
      Thread.onSpinWait();
    }
    StoreException tooMany =
        assertThrows(StoreException.class, () -> device.stage(TestImage.NEW.bytes()));
    assertEquals(Reason.BUSY, tooMany.reason());
    assertTrue(String.valueOf(tooMany.getMessage()).contains("8 commands wait already"));
    Thread closing = Thread.ofPlatform().start(device::close);
    while (device.isRunning()) {
      Thread.onSpinWait();
    }
    slow.goOn.countDown();
    writing.get(20, TimeUnit.SECONDS);
    assertFalse(slow.isDisturbed, "what is being written is not interrupted");
    for (Future<?> one : waiting) {
      assertEquals("the device is ending", refusal(one).getMessage());
    }
    closing.join();
    StoreException late =
        assertThrows(StoreException.class, () -> device.stage(TestImage.NEW.bytes()));
    assertEquals("the device is ending", late.getMessage());
    assertEquals(
        "the device is ending", assertThrows(StoreException.class, device::retrain).getMessage());
  }

  @Test
  void anErrorEndsTheCycleAndAnswersWhoWaits() throws Exception {
    PowerCutStorage dying = new PowerCutStorage(TAUGHT, 1);
    Device device = device(dying);
    assertTrue(device.isIntact());
    assertThrows(IllegalStateException.class, () -> device.stage(TestImage.NEW.bytes()));
    assertEquals(
        Reason.BUSY,
        assertThrows(StoreException.class, () -> device.apply(Event.CONFIRM, null)).reason());
    while (device.isIntact()) { // Then the service ends, and systemd starts it again.
      Thread.onSpinWait();
    }
    assertEquals(
        "the device is ending", assertThrows(StoreException.class, device::retrain).getMessage());
    assertFalse(device.training().running(), "none waits for ever");
    device.close();
  }
}
