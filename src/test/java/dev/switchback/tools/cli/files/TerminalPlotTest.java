package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.plot.TerminalLine;
import dev.switchback.tools.plot.TerminalStyle;
import dev.switchback.tools.plot.TrainingLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TerminalPlotTest {
  private static final PlottedNetwork RISING_WITH_A =
      new PlottedNetwork(
          PlotKind.BOUNDARY,
          Path.of("w"),
          Parameters.of(Topology.parse("2-1", Activation.SIGMOID), 20f, 0f, -10f),
          Engine.FLOAT,
          TruthTable.parse("0011"),
          0);
  private static final LossLog FALLING =
      new LossLog(
          Path.of("w.log.csv"),
          new TrainingLog(
              1,
              1,
              List.of(
                  new TrainingLog.Row(0, 0.9, 0, List.of(0f, 0f)),
                  new TrainingLog.Row(50, 0.02, 0, List.of(0f, 1f)))));

  private static String text(List<TerminalLine> lines) {
    return lines.stream().map(TerminalLine::toString).collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "truecolor, xterm-256color, C.UTF-8, false, true, TRUE_COLOUR",
    "'', xterm-256color, C.UTF-8, false, true, COLOURS_256",
    "'', vt220, C.UTF-8, false, true, MONOCHROME",
    "truecolor, xterm-256color, C, false, true, ASCII",
    "truecolor, xterm-256color, C.UTF-8, true, true, ASCII",
    "truecolor, xterm-256color, C.UTF-8, false, false, MONOCHROME",
    "'', xterm-256color, C.UTF-8, false, false, MONOCHROME",
    "truecolor, xterm-256color, C, false, false, ASCII",
    "'', '', C.UTF-8, false, false, ASCII"
  })
  void styleFollowsTheTerminalAndTheOptions(
      String colours, String term, String language, boolean ascii, boolean terminal, String style) {
    Map<String, String> environment = Map.of("COLORTERM", colours, "TERM", term, "LANG", language);
    assertEquals(TerminalStyle.valueOf(style), PlotCommand.style(environment, ascii, terminal));
  }

  @Test
  void aMapIsDrawnInAnyColour() {
    String drawing = text(RISING_WITH_A.lines(TerminalStyle.TRUE_COLOUR));
    assertTrue(drawing.contains("38;2;33;102;172m") && drawing.contains("38;2;224;130;20m"));
    assertTrue(drawing.contains(" ● ") && drawing.contains(" ○ "), drawing);
  }

  @Test
  void aMapIsDrawnIn256Colours() {
    String drawing = text(RISING_WITH_A.lines(TerminalStyle.COLOURS_256));
    assertTrue(drawing.contains("38;5;25m") && drawing.contains("38;5;172m"), drawing);
    assertFalse(drawing.contains("38;2;"), drawing);
  }

  @Test
  void aMapIsDrawnWithoutColour() {
    String drawing = text(RISING_WITH_A.lines(TerminalStyle.MONOCHROME));
    assertFalse(drawing.contains("\u001b"), drawing);
    assertTrue(drawing.contains("│") && drawing.contains("█") && drawing.contains("●"), drawing);
  }

  @Test
  void aMapIsDrawnInAscii() {
    List<TerminalLine> lines = RISING_WITH_A.lines(TerminalStyle.ASCII);
    assertTrue(text(lines).chars().allMatch(c -> c == '\n' || (c >= ' ' && c <= '~')));
    assertTrue(lines.get(5).toString().matches("1 +0 .*@ 1 @+"), lines.get(5).toString());
  }

  @Test
  void theLossIsDrawnInEveryStyle() {
    String coloured = text(FALLING.lines(TerminalStyle.TRUE_COLOUR));
    assertTrue(coloured.contains("38;2;67;147;195m") && coloured.contains("█"), coloured);
    assertTrue(text(FALLING.lines(TerminalStyle.COLOURS_256)).contains("38;5;"));
    String monochrome = text(FALLING.lines(TerminalStyle.MONOCHROME));
    assertFalse(monochrome.contains("\u001b"));
    assertTrue(monochrome.contains("│██"), monochrome);
    String ascii = text(FALLING.lines(TerminalStyle.ASCII));
    assertTrue(ascii.startsWith("    1 |"), ascii);
    assertTrue(ascii.contains(" 0.01 ||"), ascii);
  }

  @ParameterizedTest
  @EnumSource(TerminalStyle.class)
  void drawingsFitAWindowOf80By24WithCaptionAndPrompt(TerminalStyle style) {
    for (List<TerminalLine> lines : List.of(RISING_WITH_A.lines(style), FALLING.lines(style))) {
      assertTrue(lines.size() <= 22 && lines.size() >= 15, lines.size() + " lines");
      lines.forEach(line -> assertTrue(line.columns() < 80));
    }
  }
}
