package dev.switchback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import dev.switchback.sim.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StandardStreamTest {
  @TempDir Path directory;

  /** Tells of both streams in a file. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) throws Exception {
      StringBuilder told = new StringBuilder();
      for (StandardStream stream : StandardStream.values()) {
        StandardStream.Size size = stream.size();
        told.append(
            "%s %s %s %dx%d%n"
                .formatted(
                    stream, stream.isTerminal(), stream.hasColour(), size.columns(), size.rows()));
      }
      Files.writeString(Path.of(args[0]), told);
    }
  }

  @Test
  void coloursAreForTerminalsThatHaveThem() {
    assertTrue(StandardStream.wantsColour(Map.of("TERM", "xterm")));
    assertTrue(StandardStream.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "")));
    assertFalse(StandardStream.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1")));
    assertFalse(StandardStream.wantsColour(Map.of("TERM", "dumb")));
    assertFalse(StandardStream.wantsColour(Map.of()));
  }

  /** Each stream for itself, whatever the other and the input are. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aTerminalIsToldFromAPipe() throws Exception {
    Requirement.program(getClass(), "script", "bsdutils");
    String probe =
        "%s --enable-native-access=ALL-UNNAMED -cp '%s' '%s' %s/told"
            .formatted(TestJvm.java(), TestJvm.classPath(), Probe.class.getName(), directory);
    assertEquals(
        List.of("OUTPUT true true 61x17", "ERROR true true 61x17"),
        told("stty cols 61 rows 17; " + probe + " </dev/null"));
    assertEquals(
        List.of("OUTPUT true true 61x17", "ERROR false false 80x24"),
        told("stty cols 61 rows 17; " + probe + " 2>/dev/null"));
    assertEquals(
        List.of("OUTPUT false false 80x24", "ERROR true false 61x17"),
        told("stty cols 61 rows 17; NO_COLOR=1 " + probe + " | cat"));
  }

  private List<String> told(String command) throws Exception {
    Process script =
        new ProcessBuilder("env", "TERM=xterm", "script", "-qec", command, "/dev/null")
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectErrorStream(true)
            .start();
    assertEquals(0, script.waitFor(), Files.readString(directory.resolve("out")));
    return Files.readAllLines(directory.resolve("told"));
  }
}
