package dev.switchback.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.PowerCut;
import dev.switchback.sim.PowerCutStorage;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cuts the power at every operation of every {@link Scenario}, and again while it recovers. */
class PowerCutTest {
  private static long allCuts;
  private static long allRecoveryCuts;

  private final Set<Map<String, ByteBuffer>> recovered = new HashSet<>();
  private long cuts;
  private long recoveryCuts;

  @AfterAll
  static void printAll() {
    System.out.println(
        "power cuts tried: "
            + (allCuts + allRecoveryCuts)
            + ", of them "
            + allRecoveryCuts
            + " during recovery");
    assertTrue(allCuts + allRecoveryCuts > 100_000, "the README says so");
  }

  @ParameterizedTest
  @MethodSource("dev.switchback.store.Scenario#all")
  void oldOrNewAnswersAfterEveryCut(Scenario scenario) {
    assertEquals(scenario.before(), outcome(scenario.files()));
    int operations = operations(scenario);
    for (int cutAt = 1; cutAt <= operations; cutAt++) {
      PowerCutStorage storage = new PowerCutStorage(scenario.files(), cutAt);
      Set<String> allowed = cut(scenario, storage);
      recovered.clear();
      String where = scenario + ", operation " + cutAt;
      storage.survivors(files -> recover(files, allowed, where));
    }
    System.out.println(
        scenario
            + ": "
            + operations
            + " operations, "
            + cuts
            + " cuts, "
            + recoveryCuts
            + " during recovery");
    allCuts += cuts;
    allRecoveryCuts += recoveryCuts;
  }

  private static WeightStore store(PowerCutStorage storage) {
    return new WeightStore(storage, () -> TestImage.FACTORY.image, TestImage.SELF_TEST);
  }

  /** The operations without a cut; after each step a restart has the outcome it should. */
  private static int operations(Scenario scenario) {
    PowerCutStorage storage = new PowerCutStorage(scenario.files(), 0);
    WeightStore store = store(storage);
    for (Scenario.Step step : scenario.steps()) {
      run(step, store);
      storage.requireSettled();
      assertEquals(step.after(), outcome(storage.files()), () -> scenario + " after " + step);
    }
    return storage.operations();
  }

  /** Runs into the cut; returns the outcomes allowed by the step it came in. */
  private static Set<String> cut(Scenario scenario, PowerCutStorage storage) {
    WeightStore store = store(storage);
    String before = scenario.before();
    for (Scenario.Step step : scenario.steps()) {
      try {
        run(step, store);
      } catch (PowerCut expected) {
        return before.equals(step.after()) ? Set.of(before) : Set.of(before, step.after());
      }
      before = step.after();
    }
    throw new AssertionError(scenario + " ended before its cut");
  }

  private static void run(Scenario.Step step, WeightStore store) {
    try {
      step.action().run(store);
    } catch (StoreException e) {
      throw new AssertionError(step.name(), e);
    }
  }

  /** Starts from what the cut left; then cuts at every operation of that start too. */
  private void recover(Map<String, byte[]> files, Set<String> allowed, String where) {
    cuts++;
    requireAllowed(files, allowed, where);
    if (recovered.add(readable(files))) {
      cutAgain(files, withFallbacks(allowed), where);
    }
  }

  /** What a start reads: never a fresh file, which {@link #startSettled} asserts. */
  private static Map<String, ByteBuffer> readable(Map<String, byte[]> files) {
    Map<String, ByteBuffer> readable = new TreeMap<>();
    files.forEach((name, bytes) -> {
      if (!name.endsWith(".new")) {
        readable.put(name, ByteBuffer.wrap(bytes));
      }
    });
    return readable;
  }

  /** A trial that began before the second cut ends with it. */
  private static Set<String> withFallbacks(Set<String> allowed) {
    Set<String> all = new TreeSet<>(allowed);
    allowed.forEach(outcome -> all.add(outcome.substring(outcome.indexOf('?') + 1)));
    return all;
  }

  private void cutAgain(Map<String, byte[]> files, Set<String> allowed, String where) {
    int operations = recoveryOperations(files);
    for (int cutAt = 1; cutAt <= operations; cutAt++) {
      PowerCutStorage storage = new PowerCutStorage(files, cutAt);
      assertThrows(PowerCut.class, () -> store(storage).start());
      String again = where + ", then operation " + cutAt + " of the recovery";
      storage.survivors(left -> {
        recoveryCuts++;
        requireAllowed(left, allowed, again);
      });
    }
  }

  private static int recoveryOperations(Map<String, byte[]> files) {
    PowerCutStorage storage = new PowerCutStorage(files, 0);
    store(storage).start();
    return storage.operations();
  }

  private static void requireAllowed(Map<String, byte[]> files, Set<String> allowed, String where) {
    String outcome = outcome(files);
    assertTrue(allowed.contains(outcome), () -> where + ": " + outcome + " instead of " + allowed);
  }

  /**
   * What answers after a start and after the next, in the words of {@link Scenario}; requires that
   * every further start writes nothing.
   */
  private static String outcome(Map<String, byte[]> files) {
    PowerCutStorage first = new PowerCutStorage(files, 0);
    Running running = startSettled(first);
    TestImage image = TestImage.of(running.image());
    PowerCutStorage second = new PowerCutStorage(first.files(), 0);
    TestImage next = TestImage.of(startSettled(second).image());
    if (!running.onTrial()) {
      assertEquals(image, next);
      assertEquals(0, second.operations());
      return image.name();
    }
    PowerCutStorage third = new PowerCutStorage(second.files(), 0);
    assertEquals(next, TestImage.of(startSettled(third).image()));
    assertEquals(0, third.operations());
    return image + "?" + next;
  }

  private static Running startSettled(PowerCutStorage storage) {
    Running running = store(storage).start();
    storage.requireSettled();
    assertTrue(storage.readBeforeWritten().stream().noneMatch(name -> name.endsWith(".new")));
    return running;
  }
}
