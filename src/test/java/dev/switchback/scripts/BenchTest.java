package dev.switchback.scripts;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import dev.switchback.tools.bench.TmuxWindow;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/run in a real terminal: the bench over a real device, from another directory. */
@Tag("built")
class BenchTest {
  private static final String RUN = Path.of("scripts/run").toAbsolutePath() + " --board sim";

  @TempDir Path folder;

  @BeforeAll
  static void tmuxIsInstalled() {
    Requirement.program(BenchTest.class, "tmux", "tmux");
  }

  private TmuxWindow run(String options) throws IOException {
    TmuxWindow window = new TmuxWindow(folder, 80, 24, "C.UTF-8");
    window.typeLine("cd " + folder + " && " + RUN + options + "; echo exit $?");
    return window;
  }

  @Test
  void theBoardLearnsInViewAndThenAnswers() throws IOException {
    try (TmuxWindow window = run("")) {
      window.awaitTexts("LED dark", "ANSWERING none", "LEARNING  2-2-1", "epochs/s");
      window.awaitTexts("learnt", "epoch 47 of 10,000", "restarts 2", "4 of 4 right");
      window.press("a");
      window.awaitTexts("LED lit", "output 0.9535");
      window.press("l");
      window.awaitTexts("learns NAND 1110", "ANSWERING 2-2-1");
      window.press("+", "+", "+", "+", "+", "+", "+", "+");
      window.press("b");
      window.awaitTexts("LED dark", "  learnt", "1110");
      window.press("q");
      window.awaitTexts("exit 0");
    }
  }

  @Test
  void thePresentPositionIsTaughtAndUntaught() throws IOException {
    try (TmuxWindow window = run("")) {
      window.press("+", "+", "+", "+", "+", "+", "+", "+");
      window.awaitTexts("LED dark", "  learnt");
      window.press("t");
      window.awaitTexts("learns NAND 1110", "LED lit", "ANSWERING 2-2-1  NAND 1110");
      window.press("u");
      window.awaitTexts("learns XOR 0110", "LED dark", "ANSWERING 2-2-1  XOR 0110");
      window.press("u");
      window.awaitTexts("answers 0110 already");
      window.press("Space", "t");
      window.awaitTexts("learns NAND 1110", "paused");
      window.press("t");
      window.awaitTexts("learns XOR 0110", "LEARNING  nothing", "answers 0110 already");
      window.press("q");
      window.awaitTexts("exit 0");
    }
  }

  @Test
  void ofSeveralLedsEachIsShownAndOneMapped() throws IOException {
    try (TmuxWindow window = run(" --truth or,nor")) {
      window.press("+", "+", "+", "+", "+", "+", "+", "+");
      window.awaitTexts(
          "learns OR 0111, NOR 1000", "ANSWERING LED 1", "1 ( )", "2 (█)", "LED 1  0.");
      window.press("a", "m");
      window.awaitTexts("ANSWERING LED 2", "1 (█)", "2 ( )", "LED 2  0.");
      window.press("t");
      window.awaitTexts(
          "learns OR 0111, 1010", "1 (█)", "2 (█)", "ANSWERING 2-12-2  OR 0111, 1010");
      window.press("q");
      window.awaitTexts("exit 0");
    }
  }

  @Test
  void whatCannotBeLearntSaysWhyAndNeverLooksLikeSuccess() throws IOException {
    try (TmuxWindow window = run(" --topology 2-1")) {
      String learning = window.awaitTexts("2-1 cannot part XOR 0110 by one line");
      assertTrue(learning.contains("LED dark"), learning);
      window.press("+", "+", "+", "+", "+", "+", "+", "+", "+", "+");
      String over = window.awaitTexts("not learnt", "2-1 cannot part XOR 0110 by one line");
      assertTrue(over.contains("LED dark"), over);
      assertFalse(over.contains("4 of 4 right"), over);
      window.press("n");
      window.awaitTexts("2-1-1 cannot part XOR 0110 by one line");
      window.press("n");
      window.awaitTexts("ANSWERING 2-2-1", "  learnt", "4 of 4 right");
      window.press("q");
      window.awaitTexts("exit 0");
    }
  }
}
