package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Requirement;
import dev.switchback.tools.Main;
import dev.switchback.tools.bench.TmuxWindow;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The monitor, and a status that is watched, on a real terminal by means of tmux. */
@Tag("slow")
@Timeout(120)
class MonitorTerminalTest {
  @TempDir private Path folder;

  @BeforeAll
  static void tmuxIsInstalled() {
    Requirement.program(MonitorTerminalTest.class, "tmux", "tmux");
  }

  @BeforeEach
  void writeCommand() throws Exception {
    TmuxWindow.writeCommand(folder.resolve("switchback"), Main.class);
  }

  private CabledDevice device() throws Exception {
    return CabledDevice.open(folder.resolve("cable"));
  }

  private static void start(TmuxWindow window, CabledDevice device, String command)
      throws Exception {
    window.typeLine("sh ./switchback " + command + " --port " + device.port() + "; echo exit $?");
  }

  @Test
  void keysGoToTheShellAndControlBracketEnds() throws Exception {
    try (CabledDevice device = device();
        TmuxWindow window = new TmuxWindow(folder, 100, 30, "C.UTF-8")) {
      start(window, device, "monitor");
      window.awaitTexts("[switchback: " + device.port() + ", Ctrl-] exits]", "\nswitchback>");
      window.typeLine("infer 1 0");
      window.awaitTexts("switchback> infer 1 0", "1 (output 0.9");
      window.press("Up", "BSpace", "1", "Enter");
      window.awaitTexts("switchback> infer 1 1", "0 (output 0.0");

      window.typeLine("watch");
      window.awaitTexts("A=0 B=0 LED=0");
      device.board().setSwitch(0, true);
      window.awaitTexts("A=1 B=0 LED=1");
      window.press("C-c");
      window.typeLine("slots");
      window.awaitTexts("switchback> slots", "active, confirmed");

      window.press("C-]");
      String screen = window.awaitTexts("exit 0");
      assertFalse(screen.contains("^]"), screen);
      window.typeLine("echo still here");
      window.awaitTexts("\nstill here");
    }
  }

  @Test
  void cableThatComesBackGoesOn() throws Exception {
    try (CabledDevice device = device();
        TmuxWindow window = new TmuxWindow(folder, 120, 30, "C.UTF-8")) {
      start(window, device, "monitor");
      window.awaitTexts("\nswitchback>");
      device.cable().pull();
      window.awaitTexts(
          "[switchback: "
              + device.port()
              + " is gone: plug its cable in again; waiting for it, Ctrl-] exits]");
      device.cable().plugIn();
      window.awaitTexts("[switchback: " + device.port() + " is back]");
      // The device finds its end again within 5 s; what is typed before that is lost.
      String screen = "";
      while (!screen.contains("1 (output 0.9")) {
        window.typeLine("infer 1 0");
        screen = window.screen();
      }
      device.cable().pull();
      window.awaitTexts("waiting for it");
      window.press("C-]");
      window.awaitTexts("exit 0");
      device.cable().plugIn();
    }
  }

  @Test
  void watchedStatusStaysInItsPlace() throws Exception {
    try (CabledDevice device = device();
        TmuxWindow window = new TmuxWindow(folder, 150, 40, "C.UTF-8")) {
      start(window, device, "status --watch");
      window.awaitTexts("position: A=0 B=0 LED=0", "1 1       0  0.");
      device.board().setSwitch(1, true);
      String screen = window.awaitTexts("position: A=0 B=1 LED=1");
      assertTrue(screen.startsWith("device: switchback "), screen);
      assertTrue(screen.indexOf("position:") == screen.lastIndexOf("position:"), screen);
      window.press("C-c");
      window.awaitTexts("exit 130");
    }
  }
}
