package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.TruthTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalMapTest {
  private static final DecisionMap RISING_WITH_A = DecisionMap.of(new PlaneModel(0, 1, 0), 9);
  private static final DecisionMap RISING_WITH_B = DecisionMap.of(new PlaneModel(0, 0, 1), 9);

  @Test
  void anAsciiMapHasShadesAContourTargetsAndTheCornerOfTheSwitches() {
    assertEquals(
        List.of(
            "      .:|+#%@@@@",
            "1    1 :|+# 0 @@",
            "      .:|+#%@@@@",
            "B     .:|+#%@@@@",
            "      .:|+#%@@@@",
            "0    0 :|+#[1]@@",
            "      .:|+#%@@@@",
            "     0   A  1   "),
        draw(RISING_WITH_A, TerminalStyle.ASCII, 2));
  }

  @Test
  void theContourLiesAcrossTheSlope() {
    assertEquals("  --------------", draw(RISING_WITH_B, TerminalStyle.ASCII, 2).get(2));
    assertEquals(
        "B         :-/*#@",
        draw(DecisionMap.of(new PlaneModel(0, 1, -1), 9), TerminalStyle.ASCII, 2).get(3));
    assertTrue(
        draw(DecisionMap.of(new PlaneModel(0, 1, 1), 9), TerminalStyle.ASCII, 2)
            .get(3)
            .contains("\\"));
  }

  @Test
  void aMapWithoutColourUsesBlocks() {
    assertEquals("1    ● ░│▒▓ ○ ██", draw(RISING_WITH_A, TerminalStyle.MONOCHROME, 2).get(1));
  }

  @Test
  void nowhereMarksNoCorner() {
    String drawing = String.join("", draw(RISING_WITH_A, TerminalStyle.ASCII, TerminalMap.NOWHERE));

    assertFalse(drawing.contains("["), drawing);
  }

  @Test
  void colourGoesFromBlueOverTheContourToOrange() {
    String row = draw(RISING_WITH_A, TerminalStyle.TRUE_COLOUR, 2).getFirst();

    int blue = row.indexOf("38;2;33;102;172m");
    int contour = row.indexOf("38;2;28;28;28m");
    int orange = row.indexOf("38;2;224;130;20m");
    assertTrue(0 <= blue && blue < contour && contour < orange, row);
  }

  @Test
  void in256ColoursOnlyThePaletteAppears() {
    String row = draw(RISING_WITH_A, TerminalStyle.COLOURS_256, 2).getFirst();

    assertTrue(row.contains("38;5;25m") && row.contains("38;5;172m"), row);
    assertFalse(row.contains(";2;"), row);
  }

  @Test
  void aDrawingIsAsLargeAsAnnounced() {
    for (TerminalStyle style : TerminalStyle.values()) {
      for (int available = 8; available < 40; available++) {
        List<TerminalLine> lines =
            new TerminalMap(RISING_WITH_A, style, available).lines(TruthTable.XOR, 0);

        assertEquals(TerminalMap.rowsWithin(available), lines.size());
        assertTrue(lines.size() <= available && lines.size() >= available - 1);
        for (TerminalLine line : lines) {
          assertEquals(TerminalMap.columnsWithin(available), line.columns());
        }
      }
    }
  }

  @Test
  void withOneSwitchBDoesNotMatter() {
    TerminalMap map = new TerminalMap(RISING_WITH_A, TerminalStyle.ASCII, 8);

    assertEquals(
        map.lines(TruthTable.parse("0011"), 2).toString(),
        map.lines(TruthTable.parse("01"), 2).toString());
  }

  private static List<String> draw(DecisionMap map, TerminalStyle style, int current) {
    return new TerminalMap(map, style, 8)
        .lines(TruthTable.XOR, current).stream().map(TerminalLine::toString).toList();
  }
}
