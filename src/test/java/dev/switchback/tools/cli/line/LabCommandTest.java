package dev.switchback.tools.cli.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.TestJvm;
import dev.switchback.tools.CommandLineRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LabCommandTest {
  @TempDir Path directory;

  private static void requireUsage(String expected, String... words) {
    CommandLineRun run = CommandLineRun.of(words);
    assertEquals(2, run.exitCode());
    assertEquals("switchback: " + expected, run.err().lines().findFirst().orElse(""));
  }

  @Test
  void wrongOptionsAreExplained() {
    requireUsage("--listen and --token go together", "lab", "--listen", "0.0.0.0");
    requireUsage("--listen and --token go together", "lab", "--token", "0123456789abcdef");
    requireUsage(
        "--token: at least 16 letters, digits, - or _ expected",
        "lab",
        "--listen",
        "0.0.0.0",
        "--token",
        "too-short");
    requireUsage(
        "Invalid value for option '--http-port': '65536': a whole number expected, 0 to 65535",
        "lab",
        "--http-port",
        "65536");
    requireUsage("--http-port and --open need --lab", "run", "--board", "sim", "--open");
  }

  @Test
  void thePageIsExported() throws Exception {
    Path page = directory.resolve("new").resolve("page");
    CommandLineRun run = CommandLineRun.of("lab", "--export", page.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("written: " + page + ", "), run.out());
    String index = Files.readString(page.resolve("index.html"));
    assertTrue(index.contains("<meta name=\"transport\" content=\"serial\""), index);
    assertTrue(Files.exists(page.resolve("main.js")));
    Path file = Files.writeString(directory.resolve("file"), "");
    CommandLineRun refused = CommandLineRun.of("lab", "--export", file.toString());
    assertEquals(2, refused.exitCode());
    assertEquals("switchback: --export " + file + " is not a directory\n", refused.err());
  }

  private Process start(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                TestJvm.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                TestJvm.classPath(),
                "dev.switchback.tools.Main"));
    command.addAll(List.of(words));
    return new ProcessBuilder(command).start();
  }

  /** Returns the address that a lab prints. */
  private static URI address(Process lab) throws IOException {
    BufferedReader err = lab.errorReader();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.startsWith("lab: http://127.0.0.1:")) {
        return URI.create(line.substring(5));
      }
    }
    throw new AssertionError("no address");
  }

  private static int status(URI address) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  @Test
  @Tag("slow")
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDeviceAndItsLabRunInOneProcessUntilQuit() throws Exception {
    Process lab = start("run", "--board", "sim", "--lab", "--http-port", "0");
    try {
      URI address = address(lab);
      assertEquals(200, status(address));
      lab.outputWriter().write("a\n");
      lab.outputWriter().flush();
      while (!lab.inputReader().readLine().startsWith("A=1 B=0 ")) {
        // Where the switches stood before.
      }
      lab.outputWriter().write("quit\n");
      lab.outputWriter().flush();
      assertTrue(lab.waitFor(10, TimeUnit.SECONDS), "it goes on");
      assertEquals(0, lab.exitValue());
      try (var left = Files.list(directory)) {
        assertEquals(List.of(), left.map(Path::toString).filter(it -> it.contains("lab")).toList());
      }
    } finally {
      lab.destroyForcibly();
    }
  }

  @Test
  @Tag("slow")
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLabOutlivesItsInputAndEndsCleanlyByASignal() throws Exception {
    Process lab = start("run", "--board", "sim", "--lab", "--http-port", "0");
    try {
      lab.getOutputStream().close();
      URI address = address(lab);
      assertFalse(lab.waitFor(1, TimeUnit.SECONDS), "it has ended");
      assertEquals(200, status(address));
      lab.destroy();
      assertTrue(lab.waitFor(10, TimeUnit.SECONDS), "it goes on");
      assertEquals(143, lab.exitValue());
      try (var left = Files.list(directory)) {
        assertEquals(List.of(), left.map(Path::toString).filter(it -> it.contains("lab")).toList());
      }
    } finally {
      lab.destroyForcibly();
    }
  }

  @Test
  @Tag("slow")
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDeviceThatIsNotThereYetIsNoError() throws Exception {
    Path socket = directory.resolve("line");
    Process lab = start("lab", "--line", socket.toString(), "--http-port", "0");
    try {
      URI address = address(lab);
      try (HttpClient http = HttpClient.newHttpClient()) {
        byte[] status = {0, 0, 0, 1, 0, 100, 0, 0, (byte) 0xa0};
        var refused =
            http.send(
                HttpRequest.newBuilder(address.resolve("/smp"))
                    .header("X-Page", "a")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(status))
                    .build(),
                BodyHandlers.ofString(UTF_8));
        assertEquals(503, refused.statusCode());
        assertEquals(
            "no device listens: no "
                + socket
                + "; is a device running, with this state directory?\n",
            refused.body());
      }
      lab.destroy();
      assertTrue(lab.waitFor(10, TimeUnit.SECONDS), "it goes on");
    } finally {
      lab.destroyForcibly();
    }
  }
}
