package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.SourceSystem;
import dev.switchback.tools.plot.LossPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The third source's program differs from its own text in two places. The text learns XOR, the
 * program does not; the page on the source systems shows both.
 */
class PrintedProgramTest {
  private static final Path PICTURE = Path.of("src/docs/printed-program.svg");
  private static final long SHOWN_SEED = 1;

  private static double[] start(long seed) {
    Topology topology = NamedRecipe.ONLINE.topology(TruthTable.XOR);
    Recipe recipe = NamedRecipe.ONLINE.recipe(topology, TruthTable.XOR);
    Parameters parameters = new Parameters(topology);
    recipe.start().draw(new SplitMix(seed), parameters);
    double[] start = new double[topology.parameterCount()];
    for (int k = 0; k < start.length; k++) {
      start[k] = parameters.toArray()[k];
    }
    return start;
  }

  /** A variant of the program and its name in the picture. */
  private enum Variant {
    TEXT("as its text says"),
    PRINTED("as its program is printed"),
    DELTA_FIXED("only the hidden error fixed"),
    BIAS_FIXED("only the biases fixed");

    private final String title;

    Variant(String title) {
      this.title = title;
    }

    private SourceSystem from(double[] start) {
      return switch (this) {
        case TEXT -> SourceSystem.c(start, 2, 3, 1);
        case PRINTED -> SourceSystem.printed(start, true, true);
        case DELTA_FIXED -> SourceSystem.printed(start, false, true);
        case BIAS_FIXED -> SourceSystem.printed(start, true, false);
      };
    }

    /** Counts the seeds from 1 on whose answers are all correct after each of these epochs. */
    private long[] solvedAfter(int seeds, int... epochs) {
      long[] solved = new long[epochs.length];
      boolean[][] right =
          LongStream.rangeClosed(1, seeds)
              .parallel()
              .mapToObj(seed -> rightAfter(from(start(seed)), epochs))
              .toArray(boolean[][]::new);
      for (boolean[] run : right) {
        for (int k = 0; k < solved.length; k++) {
          solved[k] += run[k] ? 1 : 0;
        }
      }
      return solved;
    }

    private static boolean[] rightAfter(SourceSystem system, int... epochs) {
      boolean[] right = new boolean[epochs.length];
      int epoch = 0;
      for (int k = 0; k < epochs.length; k++) {
        for (; epoch < epochs[k]; epoch++) {
          system.epoch();
        }
        right[k] = system.answersAll();
      }
      return right;
    }

    private LossPicture.Curve curve(int epochs, int every) {
      SourceSystem system = from(start(SHOWN_SEED));
      List<LossCurve.Point> points = new ArrayList<>();
      for (int epoch = 0; epoch <= epochs; epoch++) {
        if (epoch % every == 0) {
          points.add(new LossCurve.Point(epoch, system.loss()));
        }
        system.epoch();
      }
      return new LossPicture.Curve(title, points);
    }
  }

  private static String picture() {
    return LossPicture.svg(
        List.of(Variant.TEXT.curve(10_000, 20), Variant.PRINTED.curve(10_000, 20)),
        "Two mistakes in a printed program",
        "online, 2-3-1, rate 0.3, both from the same start");
  }

  @Test
  void textLearnsAndPrintedProgramDoesNot() {
    assertTrue(Variant.TEXT.solvedAfter(40, 10_000)[0] >= 35);
    assertTrue(Variant.PRINTED.solvedAfter(40, 10_000)[0] <= 2);
  }

  @Test
  void fixingOneMistakeIsNotEnough() {
    long delta = Variant.DELTA_FIXED.solvedAfter(40, 1000)[0];
    long text = Variant.TEXT.solvedAfter(40, 1000)[0];
    assertTrue(delta < text, delta + " of 40, the text " + text);
    assertEquals(0, Variant.BIAS_FIXED.solvedAfter(40, 10_000)[0]);
  }

  @Test
  void pageShowsThePictureOfToday() throws IOException {
    assertEquals(Files.readString(PICTURE), picture());
  }

  /** Redraws the picture and prints the table of the page. */
  public static void main(String[] args) throws IOException {
    Files.writeString(PICTURE, picture());
    for (Variant variant : Variant.values()) {
      StringBuilder line = new StringBuilder(variant.title);
      for (long solved : variant.solvedAfter(1000, 1000, 5000, 10_000, 20_000)) {
        line.append(" | ").append(solved);
      }
      System.out.println(line);
    }
  }
}
