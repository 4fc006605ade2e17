package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class LossPictureTest {
  private static final double LEFT = 86;
  private static final double RIGHT = 740;
  private static final double TOP = 76;

  @Test
  void equalRatiosAreEqualStepsBetweenTheDecades() {
    SvgPage page = page(PictureCases.curve("a", 1, 0.1, 0.01));

    assertEquals("M86 76l654 320", paths(page).getFirst());
    assertTrue(page.texts().containsAll(List.of("1", "0.1", "0.01", "0.01 after epoch 2")));
  }

  @Test
  void aJumpIsDrawnAsItIs() {
    assertEquals(
        "M86 396l218-320 218 320 218-320",
        paths(page(PictureCases.curve("a", 0.01, 0.1, 0.01, 0.1))).getFirst());
  }

  @Test
  void zeroLiesOnTheBottomEdgeAndIsExplained() {
    SvgPage page = page(PictureCases.curve("a", 1, 0.01, 0));

    assertEquals("M86 76l327 213.3 327 106.7", paths(page).getFirst());
    assertTrue(page.texts().contains("A loss of 0 lies on the bottom edge."));
  }

  @Test
  void whatIsNoLossIsAGapAndExplained() {
    SvgPage page =
        page(PictureCases.curve("a", 1, 1, Double.NaN, 1, 1, Double.POSITIVE_INFINITY, 1));

    assertEquals(List.of("M86 76l109 0M413 76l109 0"), paths(page));
    Element dot = page.all("circle").getFirst();
    assertEquals(RIGHT, SvgPage.number(dot, "cx"));
    assertEquals(TOP, SvgPage.number(dot, "cy"));
    assertTrue(
        page.texts().contains("A gap is a loss that is not a number, infinite or negative."));
  }

  @Test
  void eachNewAttemptIsATriangleOnTheAxisAndExplained() {
    SvgPage page =
        page(
            new LossPicture.Curve(
                "a",
                List.of(
                    new Point(0, 1, 0),
                    new Point(50, 0.1, 0),
                    new Point(60, 1, 1),
                    new Point(61, 1, 2),
                    new Point(100, 0.1, 2))));

    // The one beside it would cover it.
    assertEquals("M474.4 396l4-9 4 9z", paths(page).getLast());
    assertTrue(page.texts().contains("A triangle: the training started afresh."));
    assertFalse(page(PictureCases.curve("a", 1, 0.1)).texts().toString().contains("triangle"));
  }

  @Test
  void onePointIsADot() {
    SvgPage page = page(new LossPicture.Curve("a", List.of(new Point(7, 0.1))));

    assertEquals(1, page.all("circle").size());
    assertEquals(RIGHT, SvgPage.number(page.all("circle").getFirst(), "cx"));
    assertEquals(TOP, SvgPage.number(page.all("circle").getFirst(), "cy"));
    assertEquals(List.of(), paths(page));
  }

  @Test
  void aSpikeAmongAHundredThousandPointsStays() {
    List<Point> points = new ArrayList<>();
    for (int epoch = 0; epoch < 100_000; epoch++) {
      points.add(new Point(epoch, epoch == 54_321 ? 10 : 0.01));
    }
    String document = LossPicture.svg(List.of(new LossPicture.Curve("a", points)), "", "");

    double[] line = SvgPage.subpaths(paths(new SvgPage(document)).getFirst()).getFirst();
    double x = LEFT + 54_321 / 99_999.0 * (RIGHT - LEFT);
    boolean reachesTheTop = false;
    for (int k = 0; k < line.length; k += 2) {
      reachesTheTop |= Math.abs(line[k] - x) < 0.2 && line[k + 1] == TOP;
    }
    assertTrue(reachesTheTop, () -> Arrays.toString(line));
    assertTrue(document.length() < 20_000);
  }

  @Test
  void aLateBeginningIsNotSqueezedIntoACorner() {
    SvgPage late =
        page(new LossPicture.Curve("a", List.of(new Point(900, 1), new Point(1000, 0.1))));
    SvgPage early =
        page(new LossPicture.Curve("a", List.of(new Point(300, 1), new Point(1000, 0.1))));

    assertEquals("M86 76l654 320", paths(late).getFirst());
    assertEquals("M282.2 76l457.8 320", paths(early).getFirst());
  }

  @Test
  void everyOneOfThirtySixCurvesHasItsOwnLook() {
    List<LossPicture.Curve> curves = new ArrayList<>();
    for (int k = 0; k < 36; k++) {
      curves.add(PictureCases.curve("curve " + k, 1, 0.5));
    }
    SvgPage page = new SvgPage(LossPicture.svg(curves, "", ""));

    Set<String> looks = new HashSet<>();
    for (Element path : page.all("path")) {
      looks.add(SvgPage.inherited(path, "stroke") + SvgPage.inherited(path, "stroke-dasharray"));
    }
    assertEquals(36, looks.size());
    assertTrue(page.texts().contains("curve 35"));
  }

  @Test
  void withoutCurvesThereAreEmptyAxes() {
    SvgPage page = new SvgPage(LossPicture.svg(List.of(), "", ""));

    assertEquals(List.of(), paths(page));
    assertTrue(page.texts().containsAll(List.of("epoch", "loss", "0.001", "1")));
    assertTrue(page(new LossPicture.Curve("a", List.of())).texts().contains("no epoch"));
  }

  private static SvgPage page(LossPicture.Curve curve) {
    return new SvgPage(LossPicture.svg(List.of(curve), "", ""));
  }

  private static List<String> paths(SvgPage page) {
    return page.all("path").stream().map(path -> path.getAttribute("d")).toList();
  }
}
