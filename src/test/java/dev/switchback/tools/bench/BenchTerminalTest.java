package dev.switchback.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import dev.switchback.sim.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bench on a real terminal, by means of tmux. */
@Tag("slow")
class BenchTerminalTest {
  private static final String UTF_8 = "C.UTF-8";

  @TempDir Path folder;

  @BeforeAll
  static void tmuxIsInstalled() {
    Requirement.program(BenchTerminalTest.class, "tmux", "tmux");
  }

  @BeforeEach
  void writeDemo() throws IOException {
    TmuxWindow.writeCommand(folder.resolve("demo"), BenchDemo.class);
  }

  @Test
  void theBenchReactsToKeysAndLeavesTheTerminalAsItWas() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, UTF_8)) {
      start(window, "sh ./demo 20");

      window.awaitTexts("20 epochs/s", "learns XOR 0110", "LED dark", "q quit");
      window.awaitTexts("  learnt", "A ○━━━━ 0", "B ○━━━━ 0", "[○]");
      assertEquals("0", window.value("#{cursor_flag}"));
      assertTrue(window.colouredScreen().contains("\u001b[38;5;"), "no colours");

      window.press("a");
      window.awaitTexts("A ━━━━● 1", "LED lit", "[●]", "output 0.9");
      window.press("B");
      window.awaitTexts("A ━━━━● 1", "B ━━━━● 1", "LED dark", "output 0.0");
      window.press("Up", "2", "f");
      window.awaitTexts("A ━━━━● 1", "B ○━━━━ 0", "LED lit", "  fixed");
      window.press("r");
      window.awaitTexts("20 epochs/s");

      window.press("q");
      assertTerminalIsAsBefore(window, "exit 0");
    }
  }

  @Test
  void theKeysAreToldUntilAnotherIsPressed() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, UTF_8)) {
      start(window, "sh ./demo 1");
      window.awaitTexts("  learnt");
      for (String key : List.of("?", "h")) {
        window.press(key);
        window.awaitTexts("learn with the next number of hidden neurons");
        window.press("a");
        assertTrue(window.awaitTexts("LED dark", "  learnt").contains("A ○━━━━ 0"));
      }
      window.press("q");
      assertTerminalIsAsBefore(window, "exit 0");
    }
  }

  @Test
  void controlZGivesTheTerminalToTheShellAndFgTakesItBack() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, UTF_8)) {
      window.typeLine("sh ./demo 1");
      window.awaitTexts("  learnt");
      window.press("C-z");
      window.awaitTexts("Stopped");
      assertEquals("1 0", window.value("#{cursor_flag} #{alternate_on}"));
      window.typeLine("echo SHELL $((6 * 7))");
      window.awaitTexts("SHELL 42");
      window.typeLine("fg");
      window.awaitTexts("  learnt", "A ○━━━━ 0");
      window.press("a");
      window.awaitTexts("A ━━━━● 1");
      window.press("q");
      window.awaitTexts("demo over");
    }
  }

  @Test
  void aWindowThatIsTooSmallIsToldSoAndRecoversWhenEnlarged() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 60, 20, UTF_8)) {
      start(window, "sh ./demo 1");
      window.awaitTexts("Switchback needs a window of 70 by 19; this one is 60 by 20.");

      window.resize(80, 24);
      assertFalse(window.awaitTexts("  learnt", "q quit").contains("needs a window"));
      window.resize(100, 40);
      window.awaitTexts("  learnt", "q quit", " ".repeat(40) + "learns XOR 0110");
      window.resize(30, 10);
      window.awaitTexts("Switchback needs a window of", "q to quit.");

      window.press("q");
      window.awaitTexts("exit 0");
    }
  }

  @Test
  void inAPlainLocaleTheBenchIsAscii() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, "C")) {
      start(window, "sh ./demo --ascii 1");
      window.awaitTexts("  learnt", "A [o  ] 0", "[0]");
      window.press("a");
      window.awaitTexts("A [  #] 1", "LED lit", "/#####\\");

      String coloured = window.colouredScreen();
      assertTrue(coloured.chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')), coloured);

      window.press("q");
      assertTerminalIsAsBefore(window, "exit 0");
    }
  }

  @Test
  void theTerminalIsAskedNothingThatItWouldAnswerAmongTheKeys() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, UTF_8)) {
      window.record(folder.resolve("written"));
      start(window, "sh ./demo 1");
      window.awaitTexts("  learnt");
      window.press("q");
      assertTerminalIsAsBefore(window, "exit 0");

      String written = Files.readString(folder.resolve("written"));
      assertTrue(written.contains("LEARNING"), written);
      assertFalse(
          Pattern.compile("\u001b\\[[?>]?[0-9;]*(c|n|u|\\$p)").matcher(written).find(), written);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C-c", "C-d"})
  void theKeysThatEndProgramsQuit(String key) throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, UTF_8)) {
      start(window, "sh ./demo 1");
      window.awaitTexts("  learnt");
      window.press(key);
      assertTerminalIsAsBefore(window, "exit 0");
    }
  }

  @Test
  void anExceptionGivesTheTerminalBackAndIsSeen() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, UTF_8)) {
      start(window, "sh ./demo --crash 1");
      window.awaitTexts("  learnt");
      window.press("a");
      window.awaitTexts("a crash as ordered");
      assertTerminalIsAsBefore(window, "exit 1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM 143", "INT 130", "HUP 129"})
  void aSignalGivesTheTerminalBack(String signalAndExit) throws Exception {
    String signal = signalAndExit.split(" ", -1)[0];
    String exit = signalAndExit.split(" ", -1)[1];
    try (TmuxWindow window = new TmuxWindow(folder, 80, 24, UTF_8)) {
      start(window, "sh ./demo 1");
      window.awaitTexts("  learnt");
      Signal.send(signal, window.program().pid());
      assertTerminalIsAsBefore(window, "exit " + exit);
    }
  }

  @Test
  void withoutATerminalTheBenchSaysSo() throws Exception {
    try (TmuxWindow window = new TmuxWindow(folder, 200, 24, UTF_8)) {
      start(window, "sh ./demo 1 < /dev/null | cat");
      window.awaitTexts("IOException: standard input and output are not a terminal");
    }
  }

  private static void start(TmuxWindow window, String command) throws IOException {
    window.typeLine("stty -g > before; echo MAIN $((6 * 7))");
    window.awaitTexts("MAIN 42");
    window.typeLine(command + "; echo exit $?; stty -g > after; echo AFTER $((7 * 7))");
  }

  private void assertTerminalIsAsBefore(TmuxWindow window, String exit) throws IOException {
    String screen = window.awaitTexts("MAIN 42", exit, "AFTER 49");
    assertFalse(screen.contains("SWITCHES"), screen);
    assertEquals("1 0", window.value("#{cursor_flag} #{alternate_on}"));
    assertEquals(
        Files.readString(folder.resolve("before")), Files.readString(folder.resolve("after")));
  }
}
