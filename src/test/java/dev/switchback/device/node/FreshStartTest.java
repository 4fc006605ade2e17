package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.SplitMix;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.PowerCutStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Power cuts with every start in a class loader of its own; {@code -Dswitchback.cuts=800} for more.
 * What a static keeps over a simulated restart would hide a fault that a real one shows.
 */
@Tag("slow")
class FreshStartTest {
  private static final int CUTS = Integer.getInteger("switchback.cuts", 60);

  /** Of the smallest table: what the JVM itself needs for a first call is less. */
  private static final long TABLE_BYTES = 8192;

  private final Outcomes outcomes = new Outcomes(FreshProgram::device);
  private final SplitMix random = new SplitMix(CUTS);

  @Test
  void oldOrNewAnswersAfterChosenCuts() {
    List<Scenario> scenarios = Scenario.all();
    int survived = 0;
    for (int cut = 0; cut < CUTS; cut++) {
      Scenario scenario = scenarios.get(cut % scenarios.size());
      int cutAt = 1 + pick(operations(scenario));
      PowerCutStorage storage = new PowerCutStorage(scenario.files(), cutAt);
      Set<String> allowed = outcomes.cut(scenario, storage);
      List<Map<String, byte[]>> left = new ArrayList<>();
      storage.survivors(left::add);
      outcomes.requireAllowed(
          left.get(pick(left.size())), allowed, scenario + ", operation " + cutAt);
      survived++;
    }
    System.out.println("cuts with fresh starts: " + survived);
    assertEquals(CUTS, survived);
  }

  private int pick(int bound) {
    return (int) Math.floorMod(random.nextLong(), (long) bound);
  }

  private static int operations(Scenario scenario) {
    PowerCutStorage storage = new PowerCutStorage(scenario.files(), 0);
    scenario.run(new DeviceLife(storage), step -> {});
    return storage.operations();
  }

  /** The tables of an engine are made when its first model is published, not when it answers. */
  @Test
  void theFirstAnswerOfTheOtherEngineCostsControlNothing() {
    Function<String, String> life = FreshProgram.device(new MemoryStorage());
    assertEquals("", life.apply("start"));
    long bytes = Long.parseLong(life.apply("swap"));
    assertTrue(bytes < TABLE_BYTES, bytes + " bytes");
  }

  @Test
  void noClassOfTheProgramIsSharedBetweenTwoStarts() {
    Object first = FreshProgram.device(new MemoryStorage());
    Object second = FreshProgram.device(new MemoryStorage());
    assertNotSame(first.getClass(), second.getClass());
    assertTrue(first.getClass().getClassLoader() instanceof FreshProgram);
  }
}
