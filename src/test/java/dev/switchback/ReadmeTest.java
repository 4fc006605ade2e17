package dev.switchback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import dev.switchback.tools.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README and the page of the commands show what the program prints. */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Path COMMANDS = Path.of("src/docs/commands.md");

  @TempDir Path directory;

  private static String run(int exitCode, String... args) {
    StringWriter out = new StringWriter();
    PrintWriter both = new PrintWriter(out, true);
    assertEquals(exitCode, Main.execute(args, both, both));
    return out.toString();
  }

  private static String block(String firstLine) throws IOException {
    Matcher matcher =
        Pattern.compile(
                "```\n\\$ " + Pattern.quote(firstLine) + "\n(.*?)(?:\n\n\\$ .*?)?```",
                Pattern.DOTALL)
            .matcher(Files.readString(README) + Files.readString(COMMANDS));
    assertTrue(matcher.find(), "no block of: " + firstLine);
    return matcher.group(1).strip();
  }

  @Test
  void trainingPrintsWhatIsShown() throws IOException {
    String file = directory.resolve("xor.safetensors").toString();
    String printed = run(0, "train", "--out", file).replace(file, "xor.safetensors");
    assertEquals(block("scripts/switchback train --out xor.safetensors"), printed.strip());
    assertTrue(
        run(0, "eval", file, "--engine", "fixed", "--json").contains("\"answers\":\"0110\""));
  }

  @Test
  void thePicturesAreThoseOfThatTraining() throws IOException {
    String file = directory.resolve("xor.safetensors").toString();
    String map = directory.resolve("map.svg").toString();
    run(0, "train", "--out", file, "--plot", directory.toString());
    String printed = run(0, "plot", file, "--out", map).replace(map, "map.svg");
    assertEquals(block("scripts/switchback plot xor.safetensors --out map.svg"), printed.strip());
    for (String picture : List.of("map.svg", "forming.svg")) {
      assertEquals(
          Files.readString(Path.of("src/docs", picture)),
          Files.readString(directory.resolve(picture)),
          "if the new picture is right, copy it from a training as the README shows");
    }
  }

  @Test
  void theRunWithoutATerminalShowsTheOutputsOfThatTraining() throws IOException {
    String file = directory.resolve("xor.safetensors").toString();
    String printed = run(0, "train", "--out", file);
    for (String line : block("scripts/run </dev/null").lines().toList()) {
      Matcher shown =
          Pattern.compile("A=([01]) B=([01]) LED=([01]) output=(0\\.\\d{4})").matcher(line);
      assertTrue(shown.matches(), line);
      String row =
          "%s %s %7s  %s".formatted(shown.group(1), shown.group(2), shown.group(3), shown.group(4));
      assertTrue(printed.contains(row), row + " is not in " + printed);
    }
  }

  @Test
  void aBadConfigurationIsRefusedAsShown() throws IOException {
    Path config = directory.resolve("my.properties");
    Files.writeString(config, "\n\ndebounce.milis = 10\n\n\n\nled = 99\n");
    String printed = run(2, "run", "--config", config.toString());
    assertEquals(
        block("scripts/run --config my.properties"),
        printed.replace(config.toString(), "my.properties").strip());
  }

  @Test
  void theHeaderIsDrawnAsShown() throws IOException {
    String printed = run(0, "wiring", "--config", "device-config/switchback.properties");
    assertEquals(block("scripts/switchback wiring"), printed.strip());
  }

  @Test
  void theWeightsFromNumpyAnswerExclusiveOr() throws Exception {
    Matcher program =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
    assertTrue(program.find());
    assertEquals(8, program.group(1).lines().count(), "it is said to be short");
    Requirement.that(
        ReadmeTest.class, hasNumpy(), "python3 with numpy (apt-get install python3-numpy)");
    Files.writeString(directory.resolve("xor.py"), program.group(1));
    Process python =
        new ProcessBuilder("python3", "xor.py")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String printed = new String(python.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, python.waitFor(), printed);
    String answers = run(0, "eval", directory.resolve("xor.npz").toString(), "--json");
    assertTrue(answers.contains("\"answers\":\"0110\""), answers);
  }

  private static boolean hasNumpy() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "-c", "import numpy").start().waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no python3.
    }
  }

  @Test
  void theRecipesOfTheArticlesAreThose() throws IOException {
    Matcher commands =
        Pattern.compile("`scripts/switchback train --recipe (\\S+)`")
            .matcher(Files.readString(README));
    int recipes = 0;
    while (commands.find()) {
      String file = directory.resolve("w.safetensors").toString();
      run(0, "train", "--recipe", commands.group(1), "--epochs", "3", "--out", file);
      recipes++;
    }
    assertEquals(3, recipes);
  }
}
