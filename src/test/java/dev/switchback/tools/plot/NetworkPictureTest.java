package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class NetworkPictureTest {
  @Test
  void aWeightIsALineWhoseWidthColourAndDashesTellIt() {
    SvgPage page = page(PictureCases.linear(4, -2, 0, 1));
    List<Element> lines = page.all("line");

    assertEquals("#e08214 7", look(lines.get(0)));
    assertEquals("#2166ac 3.85 9 4", look(lines.get(1)));
    assertEquals("#b8b8b8 0.7", look(lines.get(2)));
  }

  private static String look(Element line) {
    String dashes = line.getAttribute("stroke-dasharray");
    return line.getAttribute("stroke")
        + " "
        + line.getAttribute("stroke-width")
        + (dashes.isEmpty() ? "" : " " + dashes);
  }

  private static SvgPage page(Parameters parameters) {
    return new SvgPage(NetworkPicture.svg(parameters, "", ""));
  }

  @Test
  void everyWeightAndBiasOfASmallNetworkIsPrinted() {
    List<String> texts = page(PictureCases.XOR).texts();

    assertTrue(
        texts.containsAll(
            List.of("13.7", "4.14", "12.0", "3.08", "-3.71", "-5.49", "9.42", "-8.47", "-4.66")),
        texts::toString);
    assertTrue(
        texts.containsAll(
            List.of("A", "B", "LED", "2 switches", "2 neurons", "1 neuron", "sigmoid")),
        texts::toString);
  }

  @Test
  void aLabelLiesOnItsLine() {
    SvgPage page = page(PictureCases.XOR);
    Element line = page.all("line").get(1);
    Element label =
        page.all("text").stream()
            .filter(text -> text.getTextContent().equals("4.14"))
            .findFirst()
            .orElseThrow();

    double share =
        (SvgPage.number(label, "x") - SvgPage.number(line, "x1"))
            / (SvgPage.number(line, "x2") - SvgPage.number(line, "x1"));
    double y1 = SvgPage.number(line, "y1");
    double onLine = y1 + share * (SvgPage.number(line, "y2") - y1);
    assertTrue(share > 0.1 && share < 0.9);
    assertEquals(onLine + 4, SvgPage.number(label, "y"), 0.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2-2-1", "2-3-1", "2-8-2", "1-2-1", "4-4-1", "3-12-1", "16-16-16"})
  void labelsOfWeightsDoNotTouchEachOtherOrANeuron(String topology) {
    NetworkLayout layout = new NetworkLayout(Topology.parse(topology, Activation.TANH));
    SvgPage page = page(PictureCases.random(topology, 1, Activation.TANH));
    List<Element> boxes =
        page.all("rect").stream().filter(r -> r.getAttribute("height").equals("12")).toList();
    for (int k = 0; k < boxes.size(); k++) {
      for (int other = 0; other < k; other++) {
        assertFalse(touch(boxes.get(k), boxes.get(other)), topology + " " + k + " " + other);
      }
      double left = SvgPage.number(boxes.get(k), "x");
      double right = left + SvgPage.number(boxes.get(k), "width");
      for (int boundary = 0; boundary <= 2; boundary++) {
        double x = layout.x(boundary);
        assertTrue(right < x - NetworkLayout.RADIUS || left > x + NetworkLayout.RADIUS);
      }
    }
  }

  private static boolean touch(Element one, Element other) {
    double x = SvgPage.number(one, "x") - SvgPage.number(other, "x");
    double y = SvgPage.number(one, "y") - SvgPage.number(other, "y");
    return x < SvgPage.number(other, "width")
        && -x < SvgPage.number(one, "width")
        && Math.abs(y) < 12;
  }

  @ParameterizedTest
  @ValueSource(strings = {"8-16-1", "3-12-1", "2-16-16-2", "16-16-16", "8-20-2"})
  void whereLinesHaveNoRoomForThemTheWeightsAreATable(String widths) {
    Parameters parameters = PictureCases.random(widths, 1, Activation.TANH);
    Topology topology = parameters.topology();
    NetworkLayout layout = new NetworkLayout(topology);
    SvgPage page = page(parameters);
    List<Element> cells = page.all("rect").stream().filter(r -> height(r) == 22).toList();
    int expected = 0;
    int drawn = 0;
    for (int layer = 0; layer < topology.layers(); layer++) {
      int weights = layout.shown(layer) * layout.shown(layer + 1);
      expected += layout.isTable(layer) ? weights : 0;
      drawn += weights;
      for (int to = 0; to < layout.shown(layer + 1); to++) {
        for (int from = 0; from < layout.shown(layer); from++) {
          String text = Numeral.brief(parameters.get(layer, from, to));
          assertTrue(page.texts().contains(text), () -> text + " is nowhere");
        }
      }
    }
    assertTrue(expected > 0);
    assertEquals(expected, cells.size());
    assertTrue(page.all("text").size() > drawn, "every weight has its number");
    assertTrue(page.texts().toString().contains("A row of a table is what leads to the neuron"));
    for (int k = 1; k < cells.size(); k++) {
      for (int other = 0; other < k; other++) {
        assertFalse(overlap(cells.get(k), cells.get(other)));
      }
    }
  }

  private static double height(Element rect) {
    return SvgPage.number(rect, "height");
  }

  private static boolean overlap(Element one, Element other) {
    double x = Math.abs(SvgPage.number(one, "x") - SvgPage.number(other, "x"));
    double y = Math.abs(SvgPage.number(one, "y") - SvgPage.number(other, "y"));
    return x < NetworkLayout.CELL_WIDTH - 1e-3 && y < NetworkLayout.CELL_HEIGHT;
  }

  @Test
  void aWideLayerShowsItsFirstNeuronsAndHowManyMoreItHas() {
    SvgPage page = page(PictureCases.random("2-1000-16-17", 1, Activation.TANH));

    assertEquals(2 + 15 + 16 + 15, page.all("circle").size());
    assertTrue(page.texts().containsAll(List.of("… 985 more", "… 2 more", "1,000 neurons")));
    assertTrue(page.texts().containsAll(List.of("LED 1", "LED 15")));
    assertFalse(page.texts().contains("LED 16"));
  }

  @Test
  void weightsThatAreNoNumbersAreGreyAndInfiniteOnesWidest() {
    SvgPage page = page(PictureCases.linear(Float.NaN, Float.NEGATIVE_INFINITY, 2, 0));
    List<Element> lines = page.all("line");

    assertEquals("#b8b8b8 0.7", look(lines.get(0)));
    assertEquals("#2166ac 7 9 4", look(lines.get(1)));
    assertEquals("#e08214 7", look(lines.get(2)));
    assertTrue(page.texts().containsAll(List.of("NaN", "-∞", "2.00")));
  }

  @Test
  void anInfiniteWeightAloneIsWideToo() {
    SvgPage page = page(PictureCases.linear(Float.POSITIVE_INFINITY, 0, 1));

    assertEquals("#e08214 7", look(page.all("line").getFirst()));
    assertTrue(page.texts().contains("No finite weight differs from 0."));
  }

  @Test
  void withoutAnyWeightTheLegendSaysSo() {
    List<String> texts = page(PictureCases.linear(0, 0, 1)).texts();

    assertTrue(texts.contains("No finite weight differs from 0."), texts::toString);
  }
}
