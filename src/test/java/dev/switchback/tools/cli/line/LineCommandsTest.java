package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.sim.TestJvm;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands to the real program on the board, over its socket. */
@Tag("slow")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class LineCommandsTest {
  private static final long LIMIT_SECONDS = 30;

  @TempDir private static Path directory;
  private static Process device;

  private static Process start(Path stateDirectory, String out) throws IOException {
    List<String> words = List.of("--board", "sim", "--state-dir", stateDirectory.toString());
    ProcessBuilder program =
        new ProcessBuilder(TestJvm.device(List.of(), words))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(out).toFile());
    program.environment().remove("NOTIFY_SOCKET");
    return program.start();
  }

  @BeforeAll
  static void startDevice() throws Exception {
    device = start(directory.resolve("state"), "out");
    long limitNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (run("status").exitCode() != 0 || !Files.readString(out()).contains("training: ")) {
      assertTrue(System.nanoTime() - limitNanos < 0, () -> run("status").err());
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @AfterAll
  static void endDevice() throws Exception {
    device.getOutputStream().close();
    assertTrue(device.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, device.exitValue(), Files.readString(out()));
    assertFalse(Files.exists(line()), "the socket goes with its program");
  }

  private static Path out() {
    return directory.resolve("out");
  }

  private static Path line() {
    return directory.resolve("state/line");
  }

  private static CommandLineRun run(String command, String... more) {
    String[] words = new String[more.length + 3];
    words[0] = command;
    System.arraycopy(more, 0, words, 1, more.length);
    words[more.length + 1] = "--line";
    words[more.length + 2] = line().toString();
    return CommandLineRun.of(words);
  }

  private static String truth() throws IOException {
    return String.valueOf(Json.object(run("status", "--json").out()).get("truth"));
  }

  @Test
  void aLessonIsTaughtAndANetworkTrainedAndDeployed() throws Exception {
    CommandLineRun taught = run("teach", "0111");
    assertEquals(0, taught.exitCode(), taught.err());
    assertEquals("0111", truth());
    CommandLineRun retrained = run("retrain");
    assertEquals(0, retrained.exitCode(), retrained.err());
    Path file = directory.resolve("and.safetensors");
    CommandLineRun trained = CommandLineRun.of("train", "--truth", "and", "--out", file.toString());
    assertEquals(0, trained.exitCode(), trained.err());
    CommandLineRun deployed = run("deploy", file.toString());
    assertEquals(0, deployed.exitCode(), deployed.err());
    assertTrue(deployed.out().contains("confirmed: "), deployed.out());
    assertEquals("0001", truth());
    Path pulled = directory.resolve("pulled.img");
    assertEquals(0, run("pull", pulled.toString()).exitCode());
    assertTrue(Files.size(pulled) > 0);
  }

  @Test
  void aSecondProgramInTheSamePlaceIsRefused() throws Exception {
    Process second = start(directory.resolve("state"), "second");
    assertTrue(second.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(5, second.exitValue());
    assertEquals(0, run("status").exitCode(), "the first is still there");
  }

  @Test
  void portAndLineExcludeEachOther() {
    CommandLineRun both = run("status", "--port", "/dev/ttyUSB0");
    assertEquals(2, both.exitCode());
    assertTrue(both.err().contains("--port and --line exclude each other"), both.err());
  }

  @Test
  void aSocketThatIsNotThereIsNamed() {
    CommandLineRun absent =
        CommandLineRun.of("status", "--line", directory.resolve("absent").toString());
    assertEquals(3, absent.exitCode());
    assertTrue(absent.err().contains("no device listens: no "), absent.err());
  }

  @Test
  void theMendForTheServiceIsItsStart() {
    if (Files.exists(Path.of("/run/switchback/line"))) {
      return; // This machine has the service.
    }
    CommandLineRun absent = CommandLineRun.of("status", "--line", "/run/switchback/line");
    assertEquals(3, absent.exitCode());
    assertTrue(absent.err().contains("sudo systemctl restart switchback"), absent.err());
  }
}
