package dev.switchback.tools.cli.here;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.ExitCode;
import dev.switchback.tools.CommandLineRun;
import dev.switchback.tools.doctor.Finding;
import dev.switchback.tools.doctor.Row;
import dev.switchback.tools.doctor.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private Path directory;
  private Path file;
  private Path state;

  @BeforeEach
  void configure() throws IOException {
    file = directory.resolve("switchback.properties");
    Files.writeString(file, "board = sim\n");
    state = Files.createDirectory(directory.resolve("state"));
  }

  private CommandLineRun run(String... more) {
    String[] args = {"doctor", "--config", file.toString(), "--state-dir", state.toString()};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return CommandLineRun.of(all);
  }

  private static Map<?, ?> row(CommandLineRun run, String check) throws IOException {
    for (Object row : assertInstanceOf(List.class, run.json().get("rows"))) {
      Map<?, ?> fields = assertInstanceOf(Map.class, row);
      if (check.equals(fields.get("check"))) {
        return fields;
      }
    }
    throw new AssertionError("no row " + check);
  }

  @Test
  void itWorksOnThisMachine() throws IOException {
    CommandLineRun run = run("--json");
    assertEquals("PASS", row(run, "java").get("verdict"));
    assertEquals("PASS", row(run, "sync").get("verdict"));
    assertEquals("PASS", row(run, "weights").get("verdict"));
    assertEquals("SKIP", row(run, "gpio-chip").get("verdict"));
    assertEquals("board = sim uses no pins", row(run, "gpio-chip").get("seen"));
    assertEquals("", run.err());
  }

  @Test
  void aFailureHasItsExitCode_andTheCommandThatMendsIt() throws IOException {
    Files.writeString(file, "led = 99\n");
    CommandLineRun run = run("--json");
    assertEquals(10, run.exitCode());
    assertEquals("FAIL", row(run, "configuration").get("verdict"));
    assertEquals("sudoedit " + file, row(run, "configuration").get("mend"));
  }

  @Test
  void aFileThatIsMissingIsAFailure() throws IOException {
    Files.delete(file);
    CommandLineRun run = run();
    assertEquals(10, run.exitCode());
    assertTrue(run.out().contains("there is no such file"), run.out());
  }

  @Test
  void theBundleHoldsTheReport() throws IOException {
    Path bundle = directory.resolve("help.zip");
    CommandLineRun run = run("--json", "--bundle", bundle.toString());
    assertTrue(run.err().contains("written: " + bundle), run.err());
    assertTrue(run.err().contains("not in " + bundle + ": "), run.err());
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      var json = zip.getInputStream(zip.getEntry("report.json"));
      assertEquals(run.out(), new String(json.readAllBytes(), StandardCharsets.UTF_8));
      var configuration = zip.getInputStream(zip.getEntry("configuration.properties"));
      assertEquals(
          "board = sim\n", new String(configuration.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aBundleThatHasNoPlaceIsRefusedBeforeTheWork() {
    CommandLineRun run = run("--bundle", directory.resolve("no/help.zip").toString());
    assertEquals(ExitCode.USAGE.code(), run.exitCode());
    assertEquals("", run.out());
  }

  private static String table(boolean colour, Row... rows) {
    StringWriter text = new StringWriter();
    new DoctorReport(List.of(rows), colour).print(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void theTableWrapsWhatIsLong_butNoCommand() {
    String command = "sudo " + "word ".repeat(40) + "end";
    assertEquals(
        """
        PASS  java            Java 25
        FAIL  uart            one two three four five six seven eight nine ten eleven twelve thirteen
                              fourteen
                              -> %s

        1 passed, 0 with warnings, 1 failed, 0 skipped
        """
            .formatted(command),
        table(
            false,
            new Row("java", new Finding(Verdict.PASS, "Java 25", "")),
            new Row(
                "uart",
                new Finding(
                    Verdict.FAIL,
                    "one two three four five six seven eight nine ten eleven twelve thirteen"
                        + " fourteen",
                    command))));
  }

  @Test
  void onlyATerminalGetsColour() {
    Row row = new Row("java", new Finding(Verdict.PASS, "Java 25", ""));
    assertTrue(table(true, row).startsWith("\033[32mPASS\033[m  java            Java 25\n"));
    assertFalse(table(false, row).contains("\033"));
  }
}
