package dev.switchback.device.node;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cuts the power of a whole device at every operation of every {@link Scenario}, and again while it
 * recovers. Starts that read the same are made once.
 */
@Tag("slow")
class PowerCutTest {
  private static final Outcomes OUTCOMES = new Outcomes(DeviceLife::new);

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
  @MethodSource("dev.switchback.device.node.Scenario#all")
  void oldOrNewAnswersAfterEveryCut(Scenario scenario) {
    int operations = OUTCOMES.operations(scenario);
    for (int cutAt = 1; cutAt <= operations; cutAt++) {
      PowerCutStorage storage = new PowerCutStorage(scenario.files(), cutAt);
      Set<String> allowed = OUTCOMES.cut(scenario, storage);
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

  /** Starts from what the cut left; then cuts at every operation of that start too. */
  private void recover(Map<String, byte[]> files, Set<String> allowed, String where) {
    cuts++;
    OUTCOMES.requireAllowed(files, allowed, where);
    if (recovered.add(readable(files))) {
      cutAgain(files, withFallbacks(allowed), where);
    }
  }

  /** What a start reads: never a fresh file, which {@link Outcomes} asserts. */
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
      assertThrows(PowerCut.class, () -> new DeviceLife(storage).start());
      String again = where + ", then operation " + cutAt + " of the recovery";
      storage.survivors(left -> {
        recoveryCuts++;
        OUTCOMES.requireAllowed(left, allowed, again);
      });
    }
  }

  private static int recoveryOperations(Map<String, byte[]> files) {
    PowerCutStorage storage = new PowerCutStorage(files, 0);
    new DeviceLife(storage).start();
    return storage.operations();
  }
}
