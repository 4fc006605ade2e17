package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuantizationPictureTest {
  @Test
  void theLargestDifferenceIsPrintedWithItsPlaceAndMarked() {
    DecisionMap flat = DecisionMap.of(new PlaneModel(0, 0, 0), 21);
    DecisionMap sloping = DecisionMap.of(new PlaneModel(0, 1e-5f, -2e-5f), 21);
    SvgPage page = new SvgPage(QuantizationPicture.svg(flat, sloping, "", ""));

    List<String> texts = page.texts();
    assertEquals("Largest |float − fixed| = 3.5 × 10⁻⁵, at A = -0.50, B = 1.50", texts.getLast());
    assertTrue(texts.contains("float − fixed, × 10⁻⁵"), texts::toString);
    assertTrue(texts.containsAll(List.of("-5", "-2.5", "0", "+2.5", "+5")), texts::toString);
    assertTrue(
        page.all("line").stream()
            .anyMatch(l -> SvgPage.number(l, "y1") == 76 - 5 && SvgPage.number(l, "x1") == 70));
  }

  @Test
  void aDifferenceOfOneHasNoPowerOfTen() {
    DecisionMap one = DecisionMap.of(new PlaneModel(1, 0, 0), 3);
    DecisionMap none = DecisionMap.of(new PlaneModel(0, 0, 0), 3);
    List<String> texts = new SvgPage(QuantizationPicture.svg(one, none, "", "")).texts();

    assertTrue(texts.contains("float − fixed"), texts::toString);
    assertTrue(texts.containsAll(List.of("-1", "-0.5", "0", "+0.5", "+1")), texts::toString);
  }

  @Test
  void theSignOfADifferenceIsItsColour() {
    DecisionMap more = DecisionMap.of(new PlaneModel(0.2f, 0, 0), 3);
    DecisionMap less = DecisionMap.of(new PlaneModel(0.1f, 0, 0), 3);

    assertEquals(Colour.ofOutput(10.5f / 11).toString(), lastFill(more, less, 0.1));
    assertEquals(Colour.ofOutput(0.5f / 11).toString(), lastFill(less, more, 0.1));
  }

  /** The colour the whole map ends up with. */
  private static String lastFill(DecisionMap inFloat, DecisionMap inFixed, double size) {
    SvgPage page = new SvgPage(QuantizationPicture.svg(inFloat, inFixed, "", ""));
    assertEquals(
        "Largest |float − fixed| = " + size + ", at A = -0.50, B = -0.50", page.texts().getLast());
    return page.all("path").stream()
        .filter(path -> path.getAttribute("d").endsWith("z"))
        .map(path -> path.getAttribute("fill"))
        .reduce(page.all("rect").get(1).getAttribute("fill"), (before, painted) -> painted);
  }

  @Test
  void equalMapsAreDrawnAndSaid() {
    DecisionMap map = PictureCases.map(PictureCases.XOR, 21);
    SvgPage page = new SvgPage(QuantizationPicture.svg(map, map, "", ""));

    assertEquals(
        "No difference: both engines give the same output at every point of the grid.",
        page.texts().getLast());
    assertEquals(Colour.WHITE.toString(), page.all("rect").get(1).getAttribute("fill"));
    assertTrue(page.texts().stream().noneMatch(text -> text.startsWith("+")));
  }

  @Test
  void differencesThatAreNoNumbersAreGreyAndSaid() {
    DecisionMap unknown = PictureCases.map(PictureCases.EXTREME, 5);
    SvgPage page = new SvgPage(QuantizationPicture.svg(unknown, unknown, "", ""));

    assertEquals("No difference is a number.", page.texts().getLast());
    assertEquals(Colour.UNKNOWN.toString(), page.all("rect").get(1).getAttribute("fill"));
    assertTrue(page.texts().contains("not a number"));
  }

  @Test
  void bothContoursAreDrawnOneSolidAndOneDashed() {
    SvgPage page =
        new SvgPage(
            QuantizationPicture.svg(
                DecisionMap.of(new PlaneModel(0, 1, 0), 9),
                DecisionMap.of(new PlaneModel(0.25f, 1, 0), 9),
                "",
                ""));

    List<String> contours =
        page.all("path").stream()
            .filter(path -> path.getAttribute("fill").equals("none"))
            .map(path -> path.getAttribute("stroke-dasharray") + "|" + path.getAttribute("d"))
            .toList();
    assertEquals(List.of("|M270 76l0 400", "6 4|M220 76l0 400"), contours);
  }
}
