package dev.switchback.device.node;

import static dev.switchback.explore.Scenario.require;
import static dev.switchback.explore.Scenario.together;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.SlotFile;
import dev.switchback.device.store.SlotFiles;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.device.store.Swap;
import dev.switchback.device.store.TestImage;
import dev.switchback.explore.Scenario;
import dev.switchback.sim.FakeBoard;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The whole {@link Device}, its two threads and those of callers: whoever calls comes back, both
 * threads end, and nobody waits until a limit.
 */
public final class DeviceScenarios {
  /** Less than any wait that only a wake-up, or the end of a thread, should end. */
  private static final long LIMIT_NANOS = 4_000_000_000L;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private DeviceScenarios() {}

  /** Sound ones, and the same with clocks that no wake-up reaches. */
  public static List<Scenario> all() {
    Supplier<Clock> sound = SystemClock::new;
    Supplier<Clock> deaf = Deaf::new;
    return List.of(
        new Scenario("device: callers meet the end", false, () -> callersMeetTheEnd(sound)),
        new Scenario(
            "device: callers meet the end, deaf clocks", true, () -> callersMeetTheEnd(deaf)),
        new Scenario("device: what was asked for is awaited", false, () -> allIsAwaited(sound)),
        new Scenario(
            "device: what was asked for is awaited, deaf clocks", true, () -> allIsAwaited(deaf)));
  }

  /** Sleeps through every wake-up. */
  private static final class Deaf implements Clock {
    private final Clock clock = new SystemClock();

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public void await(long nanos) {
      clock.await(nanos);
    }

    @Override
    public void wake() {
      // Not heard.
    }
  }

  private static Device device(Supplier<Clock> clocks) {
    MemoryStorage storage = new MemoryStorage();
    SlotFiles.of(SlotFile.A, Swap.NONE, TestImage.OLD.bytes(), null).forEach(storage::write);
    DeviceConfiguration configuration = DeviceConfiguration.defaults();
    FakeBoard board = new FakeBoard(configuration.get(Key.TRUTH).inputs());
    return new Device(
        configuration, board, storage, FirstWeights.FACTORY, new TrainingListener() {}, clocks);
  }

  /** Does something; returns whether it was taken. */
  private static boolean isTaken(Maintenance.Command command) {
    try {
      command.run();
      return true;
    } catch (StoreException e) {
      require(
          e.reason() == Reason.BUSY && "the device is ending".equals(e.getMessage()),
          String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static void callersMeetTheEnd(Supplier<Clock> clocks) throws InterruptedException {
    long startNanos = System.nanoTime();
    Device device = device(clocks);
    device.start();
    together(
        () -> isTaken(device::swapEngine),
        () -> isTaken(device::retrain),
        device::close,
        device::close);
    require(!device.isRunning() && !device.isIntact(), "closed, and still at it");
    require("stopped".equals(device.outage()), "the outage is " + device.outage());
    require(
        !isTaken(() -> device.apply(Event.CONFIRM, null)) && !isTaken(device::retrain),
        "taken after the end");
    require(System.nanoTime() - startNanos < LIMIT_NANOS, "somebody waited until a limit");
  }

  private static void allIsAwaited(Supplier<Clock> clocks) throws InterruptedException {
    long startNanos = System.nanoTime();
    Device device = device(clocks);
    device.start();
    together(
        () -> {
          require(isTaken(device::retrain), "refused for nothing");
          TrainingProgress seen = device.training();
          require(seen.running() || seen.count() == 1, "a training that waits does not show");
          require(device.awaitMaintenance(LIMIT), "maintenance does not settle");
          TrainingProgress last = device.training();
          require(!last.running() && last.count() == 1, "settled, but not over: " + last);
          require(last.text().startsWith("solved"), last.text());
        },
        () -> {
          require(isTaken(device::swapEngine), "refused for nothing");
          require(device.awaitMaintenance(LIMIT), "maintenance does not settle");
          require(device.awaitAnswer(0, LIMIT), "no answer: " + device.outage());
        });
    device.close();
    require(System.nanoTime() - startNanos < LIMIT_NANOS, "somebody waited until a limit");
  }
}
