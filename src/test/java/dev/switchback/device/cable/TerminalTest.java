package dev.switchback.device.cable;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import dev.switchback.wire.WireVector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Terminal programs at the other end of the cable. */
@Tag("slow")
@Timeout(60)
class TerminalTest {
  private static final String SCRIPT = "src/test/resources/terminal/half-typed.exp";
  private static final String TYPED = "infer 0 1";
  private static final String RESULT =
      "\r\n\r\033\\[Kswitchback> infer 0 1\r\n1 \\(output 0.9[0-9]*\\)\r\n\r\033\\[Kswitchback> $";

  @TempDir Path directory;

  private static String hex(String name, boolean request) {
    return WireVector.all().stream()
        .filter(vector -> vector.name().equals(name) && vector.request() == request)
        .map(vector -> HexFormat.of().formatHex(vector.frame()))
        .findFirst()
        .orElseThrow();
  }

  private Process inject(Path port, int cut) throws IOException {
    return new ProcessBuilder(
            "expect",
            SCRIPT,
            port.toString(),
            TYPED.substring(0, cut),
            TYPED.substring(cut),
            cut % 2 == 0 ? "0" : "2500",
            hex("echo", true),
            hex("echo", false),
            RESULT)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("expect-" + cut).toFile())
        .start();
  }

  /** Runs all cuts in parallel, each on its own device, because most of the time is waiting. */
  @Test
  void frameInAHalfTypedLine_isAnsweredAlone_andTheLineGoesOn() throws Exception {
    Requirement.program(TerminalTest.class, "expect", "expect");
    List<PtyDevice> devices = new ArrayList<>();
    List<Executable> ends = new ArrayList<>();
    try {
      for (int cut = 0; cut <= TYPED.length(); cut++) {
        Path links = Files.createDirectory(directory.resolve("cut-" + cut));
        PtyDevice device = new PtyDevice(links);
        devices.add(device);
        Process expect = inject(device.path(), cut);
        Path log = directory.resolve("expect-" + cut);
        ends.add(() -> {
          assertTrue(expect.waitFor(30, TimeUnit.SECONDS));
          assertEquals("", Files.readString(log, StandardCharsets.ISO_8859_1));
          assertEquals(0, expect.exitValue());
        });
      }
      assertAll(ends);
    } finally {
      for (PtyDevice device : devices) {
        device.close();
      }
    }
  }

  private static String tmux(String socket, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
    command.addAll(List.of(words));
    Process tmux = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(tmux.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, tmux.waitFor(), output);
    return output;
  }

  private static String awaitScreen(String socket, String end) throws Exception {
    String screen = "";
    for (int look = 0; look < 100 && !screen.strip().endsWith(end); look++) {
      TimeUnit.MILLISECONDS.sleep(50);
      screen = tmux(socket, "capture-pane", "-p");
    }
    assertTrue(screen.strip().endsWith(end), screen);
    return screen;
  }

  /** The frame is typed at the person's terminal, because there is only one cable. */
  @Test
  void personAtATerminalProgram_seesTheLineAgain_andEditsIt() throws Exception {
    Requirement.program(TerminalTest.class, "tmux", "tmux");
    Requirement.program(TerminalTest.class, "picocom", "picocom");
    String socket = "switchback-" + ProcessHandle.current().pid();
    try (PtyDevice device = new PtyDevice(directory)) {
      tmux(
          socket,
          "-f",
          "/dev/null",
          "new-session",
          "-d",
          "-x",
          "80",
          "-y",
          "24",
          "picocom --nolock -b 115200 " + device.path());
      try {
        // A key sent before the program has opened the port is lost.
        awaitScreen(socket, "Terminal ready");
        tmux(socket, "send-keys", "Enter");
        awaitScreen(socket, "switchback>");
        tmux(socket, "send-keys", "i", "n", "f", "Tab", "0", "Left", "1");
        awaitScreen(socket, "switchback> infer 10");
        List<String> frame = new ArrayList<>(List.of("send-keys", "-H"));
        for (byte value : HexFormat.of().parseHex(hex("echo", true))) {
          frame.add(HexFormat.of().toHexDigits(value));
        }
        tmux(socket, frame.toArray(String[]::new));
        // An earlier key would have to wait for the end of the quiet time after a frame.
        TimeUnit.MILLISECONDS.sleep(2500);
        tmux(socket, "send-keys", "Space");
        awaitScreen(socket, "switchback> infer 1 0");
        tmux(socket, "send-keys", "Enter");
        String screen = awaitScreen(socket, ")\nswitchback>");
        assertTrue(screen.contains("\nswitchback> infer 1 0\n1 (output 0.9"), screen);
        tmux(socket, "send-keys", "Up", "BSpace", "1", "Enter");
        screen = awaitScreen(socket, ")\nswitchback>");
        assertTrue(screen.contains("\nswitchback> infer 1 1\n0 (output 0.0"), screen);
      } finally {
        tmux(socket, "kill-server");
      }
    }
  }
}
