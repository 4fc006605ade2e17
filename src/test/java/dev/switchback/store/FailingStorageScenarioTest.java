package dev.switchback.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.hal.MemoryStorage;
import dev.switchback.hal.Storage;
import dev.switchback.sim.FailingStorage;
import dev.switchback.sim.FailingStorage.Operation;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@link Scenario} on storage that fails: once, from then on, for writing, for reading. */
class FailingStorageScenarioTest {
  private static final Set<Operation> WRITING = EnumSet.complementOf(EnumSet.of(Operation.READ));

  @ParameterizedTest
  @MethodSource("dev.switchback.store.Scenario#all")
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
    WeightStore store = store(storage);
    store.start();
    String where = scenario + ", " + refused + " from " + from + " to " + to;
    for (Scenario.Step step : scenario.steps()) {
      int refusedBefore = storage.refusals();
      boolean told = tells(step, store) || !store.status().problems().isEmpty();
      assertTrue(told || storage.refusals() == refusedBefore, () -> where + ", " + step.name());
      assertTrue(images(scenario).contains(name(store)), () -> where + ": " + name(store));
    }
    WeightStore mended = store(memory);
    mended.start();
    Set<String> kept = images(scenario);
    if (!scenario.before().equals("FACTORY")) {
      kept.remove("FACTORY");
    }
    assertTrue(kept.contains(name(mended)), () -> where + ", mended: " + name(mended));
    return storage.operations();
  }

  private static WeightStore store(Storage storage) {
    return new WeightStore(storage, () -> TestImage.FACTORY.image, TestImage.SELF_TEST);
  }

  private static String name(WeightStore store) {
    return TestImage.of(store.running().image()).name();
  }

  private static boolean tells(Scenario.Step step, WeightStore store) {
    try {
      step.action().run(store);
      return false;
    } catch (StoreException e) {
      return true;
    }
  }

  /** What may answer: all that the scenario is about; the factory image while nothing is read. */
  private static Set<String> images(Scenario scenario) {
    Set<String> images = new TreeSet<>(Set.of("FACTORY"));
    images.add(scenario.before());
    for (Scenario.Step step : scenario.steps()) {
      images.addAll(Set.of(step.after().split("\\?", -1)));
    }
    return images;
  }
}
