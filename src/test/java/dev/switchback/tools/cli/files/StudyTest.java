package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train --study} counts. */
@Tag("slow")
class StudyTest {
  /** Runs that the shares of the source systems were counted from. */
  private static final int REFERENCE_RUNS = 1000;

  private static Map<Integer, Integer> solvedAfter(Map<String, Object> json) {
    Map<Integer, Integer> solved = new TreeMap<>();
    for (Object checkpoint : Json.list(json, "solvedAfter")) {
      Map<?, ?> at = (Map<?, ?>) checkpoint;
      solved.put((int) Json.number(at, "epochs"), (int) Json.number(at, "solved"));
    }
    return solved;
  }

  /**
   * Local minima and all: the shares of the source systems in double precision from 1000 starts of
   * another generator. Both are samples, so they differ by four standard deviations at most.
   */
  @ParameterizedTest
  @CsvSource({
    "numpy-backprop, 1000, 0.00091, 1000:578 2000:714 4000:732",
    "numerical-gradient, 40, 0.060, 1000:410 2000:603 3000:769 4000:918 5001:980",
    "online, 300, 0.00050, 1000:727 5000:958 10000:965"
  })
  void recipesSucceedAsOftenAsTheirSources(String recipe, int runs, double loss, String shares)
      throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "train", "--recipe", recipe, "--study", "" + runs, "--log-every", "1000", "--json");
    Map<String, Object> json = run.json();
    assertEquals(runs, Json.number(json, "runs"));
    Map<Integer, Integer> solved = solvedAfter(json);
    for (String share : shares.split(" ", -1)) {
      int epochs = Integer.parseInt(share.substring(0, share.indexOf(':')));
      double expected =
          Double.parseDouble(share.substring(share.indexOf(':') + 1)) / REFERENCE_RUNS;
      double deviation = Math.sqrt(expected * (1 - expected) * (1.0 / runs + 1.0 / REFERENCE_RUNS));
      int found = solved.getOrDefault(epochs, -1);
      assertEquals(expected, (double) found / runs, 4 * deviation, recipe + " after " + epochs);
    }
    assertEquals(loss, Json.number(json, "medianLoss"), 0.2 * loss);
  }

  @Test
  void deviceIsTheAnswerToThem() throws IOException {
    Map<String, Object> json =
        CommandLineRun.of("train", "--study", "1000", "--topology", "2-2-1", "--json").json();
    assertEquals(0, Json.number(json, "unsolved"));
    assertTrue(solvedAfter(json).isEmpty(), "it ends when it has solved");
  }

  @Test
  void tableShowsSharesWithTheirIntervals() {
    String table =
        CommandLineRun.of(
                "train", "--recipe", "numpy-backprop", "--study", "40", "--epochs", "2000")
            .out();
    assertTrue(table.contains("topology 2-2-1, 40 runs"), table);
    assertTrue(table.contains("       2,000 "), table);
    assertTrue(table.contains("95 % interval"), table);
    assertTrue(table.contains("median loss of the solved: 0.00"), table);
  }

  @Test
  void intervalsAreWilsons() {
    // Worked example: 45 of 60 gives 0.628 to 0.842; the ends stay within 0 and 1.
    assertArrayEquals(new double[] {0.6276, 0.8422}, StudyTable.interval(45, 60), 5e-4);
    assertEquals(0.0, StudyTable.interval(0, 10)[0]);
    assertEquals(1.0, StudyTable.interval(10, 10)[1]);
    assertEquals(0.2775, StudyTable.interval(0, 10)[1], 5e-4);
  }
}
