package dev.switchback.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Some lives in each run; scripts/soak --lives lives many. */
class LifeTest {
  private static final int EVENTS = 1000;

  /** Fewer suit a search for surviving mutants, which lives them for each. */
  private static final int LIVES = Integer.getInteger("switchback.lives", 150);

  @Test
  @Tag("slow")
  void everyPromiseIsKept() {
    Census census = new Census();
    for (long seed = 1; seed <= LIVES; seed++) {
      Life.End end = Life.of(seed, EVENTS).live(census);
      assertNull(end, "scripts/soak --lives 1 --seed " + seed + " reproduces it");
    }
    assertTrue(census.cuts() > 66L * LIVES, census.cuts() + " power cuts");
    census
        .kinds()
        .forEach((kind, count) -> assertTrue(count.sum() > LIVES / 2, kind + ": " + count));
    System.out.println(
        census.events()
            + " events of lives, "
            + census.cuts()
            + " power cuts, "
            + census.cutsAtTheDisk()
            + " of them at the disk");
  }

  @Test
  void aSeedIsALifeThatCanBeLivedAgain() {
    assertEquals(trace(7), trace(7));
    assertTrue(!trace(7).equals(trace(8)), "other seeds give other lives");
  }

  private static String trace(long seed) {
    ByteArrayOutputStream trace = new ByteArrayOutputStream();
    Life.of(seed, 300).live(new Census(), new PrintStream(trace, true, StandardCharsets.UTF_8));
    return trace.toString(StandardCharsets.UTF_8);
  }

  /** Events that are not needed for a failure are removed. */
  @Test
  void aFailureIsToldByItsFewestEvents() {
    Life life = Life.of(3, 400);
    Life.End end = new Life.End(400, new IllegalStateException("never met"));
    assertEquals(
        400, life.shrunk(end).acts().size(), "a failure that does not recur is not shortened");
    List<Act> acts =
        List.of(
            new Act(Act.Kind.FLIP, 1),
            new Act(Act.Kind.BOUNCE, 2),
            new Act(Act.Kind.UPLOAD_BEGINS, 3));
    assertEquals(acts, new Life(1, acts).acts());
  }

  @Test
  void everyFaultCanStillBePlanted() throws IOException {
    assertEquals(List.of(), PlantedFaults.stale());
  }
}
