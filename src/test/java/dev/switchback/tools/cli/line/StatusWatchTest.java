package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.StandardStream;
import dev.switchback.sim.Requirement;
import dev.switchback.tools.Main;
import dev.switchback.tools.bench.TmuxWindow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StatusWatchTest {
  private static final List<String> LINES = List.of("state: answering", "faults: 0", "three");

  private static String picture(int columns, int rows) {
    return WatchScreen.picture(LINES, new StandardStream.Size(columns, rows));
  }

  @Test
  void allLinesAreShownInPlace() {
    assertEquals(
        "\033[Hstate: answering\033[K\r\nfaults: 0\033[K\r\nthree\033[K\033[J", picture(80, 3));
  }

  @Test
  void aSmallWindowScrollsNothing() {
    assertEquals("\033[Hstate: ans\033[K\r\n2 more lin\033[K\033[J", picture(10, 2));
    assertEquals("\033[H3 more\033[K\033[J", picture(6, 1));
  }

  @Test
  void namesAreBoldAndTroubleIsRed() {
    assertEquals("\033[1mslot 1:\033[m no image", StatusColour.coloured("slot 1: no image"));
    assertEquals("\033[1mfaults:\033[m 0", StatusColour.coloured("faults: 0"));
    assertEquals("0 0       0  0.0113", StatusColour.coloured("0 0       0  0.0113"));
    for (String wrong :
        List.of("problem: the disk is full", "faults: 12, last: x", "0 0  1  wrong, 0 expected")) {
      assertEquals("\033[31m" + wrong + "\033[m", StatusColour.coloured(wrong));
    }
  }

  @Test
  @Tag("slow")
  @EnabledOnOs(OS.LINUX)
  void aTerminalIsRewrittenFollowsItsSizeAndIsGivenBack(@TempDir Path directory) throws Exception {
    Requirement.program(getClass(), "tmux", "tmux");
    try (CabledDevice device = CabledDevice.open(directory.resolve("cable"));
        TmuxWindow window = new TmuxWindow(directory, 80, 30, "C.UTF-8")) {
      TmuxWindow.writeCommand(directory.resolve("sb"), Main.class);
      window.typeLine("echo before; sh sb status --watch -p " + device.port());
      String seen = window.awaitTexts("device: switchback", "1 1       0");
      assertTrue(seen.startsWith("device: "), seen);
      assertTrue(window.colouredScreen().contains("\033[1mstate:"), window.colouredScreen());
      assertEquals("0", window.value("#{cursor_flag}"));
      window.resize(40, 8);
      seen = window.awaitTexts("device: switchback", "14 more lines in a larger window");
      assertFalse(seen.contains("1 1       0"), seen);
      window.resize(80, 30);
      window.awaitTexts("1 1       0");
      assertEquals("0", window.value("#{history_size}"));
      window.press("C-c");
      window.awaitTexts("before", "1 1       0", "$");
      assertEquals("1", window.value("#{cursor_flag}"));
      assertEquals("0", window.value("#{alternate_on}"));
    }
  }
}
