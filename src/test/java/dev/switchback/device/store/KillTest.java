package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.SplitMix;
import dev.switchback.sim.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process by SIGKILL at random moments, on a real directory; {@code -Dswitchback.kills=200}
 * for more.
 */
@Tag("slow")
class KillTest {
  private static final int KILLS = Integer.getInteger("switchback.kills", 15);
  private static final int LONGEST_MICROS = 60_000;

  @TempDir private Path directory;
  private int duringChanges;

  @Test
  void oldOrNewAnswersAfterEveryKill() throws IOException, InterruptedException {
    SplitMix random = new SplitMix(KILLS);
    for (int kill = 1; kill <= KILLS; kill++) {
      long micros = Math.floorMod(random.nextLong(), (long) LONGEST_MICROS);
      String said = lastWordsOfKilled(kill, micros);
      String outcome = outcome();
      String where = "kill " + kill + " after " + micros + " us: ";
      assertTrue(
          List.of(said.split(" ", -1)).contains(outcome),
          () -> where + outcome + " instead of one of " + said);
      duringChanges += said.contains(" ") ? 1 : 0;
    }
    System.out.println("kills: " + KILLS + ", of them while the state changed " + duringChanges);
  }

  /** Returns the allowed outcomes, from the last complete line. */
  private String lastWordsOfKilled(long seed, long micros)
      throws IOException, InterruptedException {
    Process child =
        ChildJvm.start(
            ChildJvm.command(
                List.of(), TestJvm.classPath(), directory.toString(), Long.toString(seed)));
    try (BufferedReader lines = child.inputReader()) {
      String last = lines.readLine();
      assertNotNull(last, "the child said nothing");
      TimeUnit.MICROSECONDS.sleep(micros);
      // Not Process.destroy, which closes the stream with its last output.
      child.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
      assertEquals(128 + 9, child.waitFor(), last);
      return last;
    } finally {
      child.destroyForcibly();
    }
  }

  private String outcome() throws IOException {
    Running first = start();
    TestImage image = TestImage.of(first.image());
    TestImage next = TestImage.of(start().image());
    assertEquals(next, TestImage.of(start().image()));
    if (first.onTrial()) {
      return image + "?" + next;
    }
    assertEquals(image, next);
    return image.name();
  }

  private Running start() throws IOException {
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      return new WeightStore(
              storage, () -> TestImage.FACTORY.image, TestImage.SELF_TEST, VersionRule.NONE)
          .start();
    }
  }
}
