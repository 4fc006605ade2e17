package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.FailingStorage;
import dev.switchback.sim.FailingStorage.Operation;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@link Scenario} on storage that fails: once, from then on, for writing, for reading. */
@Tag("slow")
class FailingStorageScenarioTest {
  private static final Set<Operation> WRITING = EnumSet.complementOf(EnumSet.of(Operation.READ));

  @ParameterizedTest
  @MethodSource("dev.switchback.device.node.Scenario#all")
  void deviceGoesOnAndSaysWhatFailed(Scenario scenario) {
    for (Set<Operation> refused :
        Set.of(EnumSet.allOf(Operation.class), WRITING, EnumSet.of(Operation.READ))) {
      int operations = run(scenario, refused, Integer.MAX_VALUE, Integer.MAX_VALUE);
      for (int from = 1; from <= operations; from++) {
        run(scenario, refused, from, from);
        run(scenario, refused, from, Integer.MAX_VALUE);
      }
    }
  }

  private static MemoryStorage directory(Scenario scenario) {
    MemoryStorage memory = new MemoryStorage();
    scenario.files().forEach(memory::write);
    return memory;
  }

  /** Returns how many operations there were. */
  private static int run(Scenario scenario, Set<Operation> refused, int from, int to) {
    MemoryStorage memory = directory(scenario);
    FailingStorage storage = new FailingStorage(memory);
    storage.refuse(refused, from, to);
    DeviceLife device = new DeviceLife(storage);
    String where = scenario + ", " + refused + " from " + from + " to " + to;
    for (Scenario.Step step : scenario.steps()) {
      int refusedBefore = storage.refusals();
      boolean told =
          !device.apply(step.name()).isEmpty()
              || !device.apply("problems").isEmpty()
              || hasLearntSince(device);
      assertTrue(told || storage.refusals() == refusedBefore, () -> where + ", " + step.name());
      assertTrue(images(scenario).contains(name(device)), () -> where + ": " + name(device));
    }
    DeviceLife mended = new DeviceLife(memory);
    mended.start();
    Set<String> kept = images(scenario);
    if (!scenario.before().equals("LEARNT")) {
      kept.remove("FACTORY");
    }
    if (name(device).equals("FACTORY")) {
      // Neither slot could be read: the next start takes what was staged since, if there is no
      // other.
      kept.addAll(staged(scenario));
    }
    assertTrue(kept.contains(name(mended)), () -> where + ", mended: " + name(mended));
    return storage.operations();
  }

  private static Set<String> staged(Scenario scenario) {
    Set<String> staged = new TreeSet<>();
    for (Scenario.Step step : scenario.steps()) {
      if (step.name().startsWith("stage ") && !step.isRefused()) {
        staged.add(step.name().substring("stage ".length()));
      }
    }
    return staged;
  }

  /** A start that trains chooses anew when it is done: what is over by then is in the log alone. */
  private static boolean hasLearntSince(DeviceLife device) {
    return device.device().status().trainings() > 0 && name(device).equals("LEARNT");
  }

  private static String name(DeviceLife device) {
    return device.answering().replace("?", "");
  }

  /**
   * What may answer: all that the scenario is about; while nothing is read the factory image, and
   * what was learnt beside it.
   */
  private static Set<String> images(Scenario scenario) {
    Set<String> images = new TreeSet<>(Set.of("FACTORY", "LEARNT"));
    images.add(scenario.before());
    for (Scenario.Step step : scenario.steps()) {
      images.addAll(Set.of(step.after().split("\\?", -1)));
    }
    return images;
  }
}
