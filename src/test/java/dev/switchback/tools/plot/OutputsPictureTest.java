package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.TruthTable;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class OutputsPictureTest {
  private static final String RIGHT = "✓ right";
  private static final String WRONG = "✗ wrong";

  @Test
  void everyRowShowsLevelsTargetOutputAnswerAndVerdict() {
    SvgPage page = page(linear(0.25f, 0.5f, 0.125f), "0100");

    assertEquals(List.of("0", "0", "0", "0.1250", "0", RIGHT), row(page, 124));
    assertEquals(List.of("0", "1", "1", "0.6250", "1", RIGHT), row(page, 154));
    assertEquals(List.of("1", "0", "0", "0.3750", "0", RIGHT), row(page, 184));
    assertEquals(List.of("1", "1", "0", "0.8750", "1", WRONG), row(page, 214));
    assertTrue(page.texts().contains("3 of 4 switch positions are answered right"));
  }

  private static Model linear(float... values) {
    return PictureCases.model(PictureCases.linear(values));
  }

  private static SvgPage page(Model model, String targets) {
    return new SvgPage(OutputsPicture.svg(model, TruthTable.parse(targets), "", ""));
  }

  /** Texts on a baseline, from the left. */
  private static List<String> row(SvgPage page, double baseline) {
    return page.all("text").stream()
        .filter(text -> SvgPage.number(text, "y") == baseline)
        .map(Element::getTextContent)
        .toList();
  }

  @Test
  void aBarLeadsFromTheThresholdToTheOutput() {
    SvgPage page = page(linear(0.25f, 0.5f, 0.125f), "0100");
    List<Element> bars =
        page.all("rect").stream().filter(r -> r.getAttribute("height").equals("6")).toList();
    double threshold = scale(page, 0.5);

    assertEquals(4, bars.size());
    assertEquals(scale(page, 0.125), SvgPage.number(bars.get(0), "x"), 0.01);
    assertEquals(threshold, end(bars.get(0)), 0.011);
    assertEquals(Colour.BLUE.toString(), bars.get(0).getAttribute("fill"));
    assertEquals(threshold, SvgPage.number(bars.get(1), "x"), 0.01);
    assertEquals(scale(page, 0.625), end(bars.get(1)), 0.011);
    assertEquals(Colour.ORANGE.toString(), bars.get(1).getAttribute("fill"));
  }

  private static double end(Element bar) {
    return SvgPage.number(bar, "x") + SvgPage.number(bar, "width");
  }

  /** Where a value lies, by the labels of the scale. */
  private static double scale(SvgPage page, double value) {
    double zero = Double.NaN;
    double one = Double.NaN;
    for (Element text : page.all("text")) {
      if (SvgPage.number(text, "y") == 248) {
        zero = text.getTextContent().equals("0") ? SvgPage.number(text, "x") : zero;
        one = text.getTextContent().equals("1") ? SvgPage.number(text, "x") : one;
      }
    }
    return zero + value * (one - zero);
  }

  @Test
  void oneHalfAnswersZero() {
    assertEquals(List.of("0", "0", "0.5000", "0", RIGHT), row(page(linear(0, 0.5f), "00"), 124));
  }

  @Test
  void ofTwoOutputsTheLargerWinsAndIsBold() {
    SvgPage page = page(PictureCases.model(PictureCases.softmax()), "0110");
    float[] outputs = new float[2];
    PictureCases.model(PictureCases.softmax()).infer(new float[] {0, 1}, outputs);
    int answer = PictureCases.softmax().topology().answer(outputs);

    assertEquals(List.of("0", "1", "1", "" + answer, answer == 1 ? RIGHT : WRONG), row(page, 184));
    assertEquals(List.of("class 0", Numeral.decimals(outputs[0], 4)), row(page, 174));
    assertEquals(List.of("class 1", Numeral.decimals(outputs[1], 4)), row(page, 194));
    List<Element> bold =
        page.all("text").stream()
            .filter(text -> text.getAttribute("font-weight").equals("bold"))
            .toList();
    assertEquals(4, bold.size());
    assertEquals(174 + 20 * answer, SvgPage.number(bold.get(1), "y"));
    assertTrue(page.texts().contains("Of two outputs the larger wins, printed bold."));
  }

  @Test
  void outputsBeyondTheScaleEndInAnArrow() {
    SvgPage page = page(linear(1e30f, -3, 0.3f), "0110");

    assertEquals(3, page.all("polygon").size());
    assertEquals(List.of("0", "1", "1", "-2.7000", "0", WRONG), row(page, 154));
    assertEquals(List.of("1", "0", "1", "1.00e30", "1", RIGHT), row(page, 184));
    assertTrue(page.texts().contains("An arrow is an output beyond the scale."));
    assertFalse(
        page(linear(0, 1, 0), "0110").texts().contains("An arrow is an output beyond the scale."));
  }

  @Test
  void theLongestValueClearsTheArrow() {
    SvgPage page = page(linear(99_999, 0, -99_999), "0110");
    double widest = Lettering.width("-99999.0000", Lettering.NORMAL);
    Element value =
        page.all("text").stream()
            .filter(text -> text.getTextContent().equals("-99999.0000"))
            .findFirst()
            .orElseThrow();
    double tip = scale(page, 1) + 12;

    assertTrue(tip < SvgPage.number(value, "x") - 1.25 * widest, () -> "" + tip);
  }

  @Test
  void whatIsNotANumberIsNoAnswer() {
    SvgPage page = page(PictureCases.model(PictureCases.EXTREME), "0000");

    assertEquals(4, Collections.frequency(page.texts(), "NaN"));
    assertEquals(4, Collections.frequency(page.texts(), WRONG));
    assertTrue(page.texts().contains("0 of 4 switch positions are answered right"));
  }

  @Test
  void everyOneOf256RowsIsThere() {
    Model model =
        PictureCases.model(PictureCases.random("8-3-1", 1, Activation.TANH, Activation.SIGMOID));
    SvgPage page = new SvgPage(OutputsPicture.svg(model, PictureCases.parity(8), "", ""));

    int verdicts =
        Collections.frequency(page.texts(), RIGHT) + Collections.frequency(page.texts(), WRONG);
    assertEquals(256, verdicts);
  }
}
