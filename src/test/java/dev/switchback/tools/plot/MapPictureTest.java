package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.TruthTable;
import java.awt.geom.Path2D;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class MapPictureTest {
  private static final TruthTable OR = TruthTable.parse("0111");

  @Test
  void everyPointHasTheColourOfItsBand() {
    DecisionMap map = PictureCases.map(PictureCases.XOR, 101);
    SvgPage page = new SvgPage(MapPicture.svg(map, TruthTable.XOR, "", ""));
    int compared = 0;
    for (int row = 0; row < 101; row += 4) {
      for (int column = 0; column < 101; column += 4) {
        float output = map.output(column, row);
        int band = (int) Math.clamp(output * 20, 0f, 19f);
        double within = output * 20 - Math.floor(output * 20);
        if (within > 0.1 && within < 0.9) {
          String expected = Colour.ofOutput((band + 0.5f) / 20).toString();
          assertEquals(expected, colourAt(page, 70 + 4 * column, 476 - 4 * row));
          compared++;
        }
      }
    }
    assertTrue(compared > 300, "enough points were compared");
  }

  /** The colour painted last over a point of the map. */
  private static String colourAt(SvgPage page, double x, double y) {
    String colour = "";
    for (Element element : page.all("*")) {
      if (element.getTagName().equals("path") && !element.getAttribute("fill").equals("none")) {
        colour = isInside(element, x, y) ? element.getAttribute("fill") : colour;
      } else if (element.getTagName().equals("rect")
          && element.getAttribute("width").equals("400")
          && !element.getAttribute("fill").equals("none")) {
        colour = element.getAttribute("fill");
      }
    }
    return colour;
  }

  private static boolean isInside(Element path, double x, double y) {
    Path2D shape = new Path2D.Double();
    for (double[] points : SvgPage.subpaths(path.getAttribute("d"))) {
      shape.moveTo(points[0], points[1]);
      for (int k = 2; k < points.length; k += 2) {
        shape.lineTo(points[k], points[k + 1]);
      }
      shape.closePath();
    }
    // A point on the border is not inside a shape.
    return shape.contains(Math.clamp(x, 70.3, 469.7), Math.clamp(y, 76.3, 475.7));
  }

  @Test
  void everyCornerCarriesItsTargetAsAColourAndADigit() {
    SvgPage page = new SvgPage(MapPicture.svg(rising(), OR, "", ""));

    assertEquals("0", markAt(page, 170, 376));
    assertEquals("1", markAt(page, 170, 176));
    assertEquals("1", markAt(page, 370, 376));
    assertEquals("1", markAt(page, 370, 176));
  }

  private static DecisionMap rising() {
    return DecisionMap.of(new PlaneModel(0, 1, 0), 9);
  }

  /** The digit of the mark at a place, its circle in the colour of that class. */
  private static String markAt(SvgPage page, double x, double y) {
    Element circle =
        page.all("circle").stream()
            .filter(c -> SvgPage.number(c, "cx") == x && SvgPage.number(c, "cy") == y)
            .reduce((ring, dot) -> dot)
            .orElseThrow();
    Element text =
        page.all("text").stream()
            .filter(t -> SvgPage.number(t, "x") == x && SvgPage.number(t, "y") == y + 4.5)
            .findFirst()
            .orElseThrow();
    Colour colour = text.getTextContent().equals("1") ? Colour.ORANGE : Colour.BLUE;
    assertEquals(colour.toString(), circle.getAttribute("fill"));
    return text.getTextContent();
  }

  @Test
  void theContourLiesWhereTheOutputIsOneHalf() {
    SvgPage page = new SvgPage(MapPicture.svg(rising(), OR, "", ""));

    List<Element> contours =
        page.all("path").stream().filter(p -> p.getAttribute("fill").equals("none")).toList();
    assertEquals(1, contours.size());
    assertEquals("M270 76l0 400", contours.getFirst().getAttribute("d"));
    assertTrue(page.texts().contains("output is 0.5"));
  }

  @Test
  void aMapWithoutContourSaysSo() {
    DecisionMap flat = DecisionMap.of(new PlaneModel(0.2f, 0, 0), 3);
    SvgPage page = new SvgPage(MapPicture.svg(flat, OR, "", ""));

    assertTrue(page.texts().contains("0.5 is not crossed"));
    assertTrue(page.all("path").stream().noneMatch(p -> p.getAttribute("fill").equals("none")));
  }

  @Test
  void theLegendTellsOfOutputsBeyondTheScaleOnlyWhereThereAreSome() {
    assertTrue(texts(rising()).containsAll(List.of("0 and less: LED off", "1 and more: LED on")));
    assertTrue(
        texts(PictureCases.map(PictureCases.XOR, 9))
            .containsAll(List.of("0: LED off", "0.25", "0.5", "0.75", "1: LED on")));
  }

  private static List<String> texts(DecisionMap map) {
    return new SvgPage(MapPicture.svg(map, OR, "", "")).texts();
  }

  @Test
  void whereTheOutputIsNotANumberTheMapIsGrey() {
    DecisionMap map = PictureCases.map(PictureCases.EXTREME, 5);
    SvgPage page = new SvgPage(MapPicture.svg(map, OR, "", ""));

    assertEquals(Colour.UNKNOWN.toString(), colourAt(page, 270, 276));
    assertTrue(page.texts().contains("not a number"));
    assertFalse(texts(rising()).contains("not a number"));
  }

  @Test
  void withOneSwitchItsAnswersStandAtEitherHeight() {
    SvgPage page =
        new SvgPage(
            MapPicture.svg(
                DecisionMap.of(new PlaneModel(0, 1), 5), TruthTable.parse("10"), "", ""));

    assertEquals("1", markAt(page, 170, 376));
    assertEquals("1", markAt(page, 170, 176));
    assertEquals("0", markAt(page, 370, 376));
    assertTrue(page.texts().contains("no switch B: every height is the same"));
    assertFalse(page.texts().contains("switch B"));
  }

  @Test
  void theDescriptionTellsTheCorners() {
    String text =
        new SvgPage(MapPicture.svg(rising(), OR, "", "")).all("desc").getFirst().getTextContent();

    assertTrue(text.contains("At A=1 B=0 the output is 1.0000, the answer should be 1."), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01101001", "0110100110010110"})
  void aTruthTableOfMoreSwitchesIsRefused(String digits) {
    TruthTable table = TruthTable.parse(digits);

    assertThrows(IllegalArgumentException.class, () -> MapPicture.svg(rising(), table, "", ""));
  }

  @Test
  void aMapOf101PointsASideStaysSmall() {
    int length = MapPicture.svg(PictureCases.map(PictureCases.softmax(), 101), OR, "", "").length();

    assertTrue(length < 60_000, () -> "" + length);
  }
}
