package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.TruthTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class FormingPictureTest {
  @Test
  void withoutAnimationOnlyTheLastFrameShows() {
    List<Element> frames = frames(page(5));

    assertEquals(5, frames.size());
    for (Element frame : frames.subList(0, 4)) {
      assertEquals("none", frame.getAttribute("display"));
    }
    assertEquals("inline", frames.getLast().getAttribute("display"));
    assertEquals("epoch 50, loss 0.05", caption(frames.getLast()));
  }

  private static SvgPage page(int frames) {
    return new SvgPage(
        FormingPicture.svg(PictureCases.forming(frames, 3), TruthTable.XOR, "title"));
  }

  private static List<Element> frames(SvgPage page) {
    return page.all("g").stream().filter(g -> g.hasAttribute("display")).toList();
  }

  private static String caption(Element frame) {
    return frame.getElementsByTagName("text").item(0).getTextContent();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 47, 181, 182, 500})
  void atAnyTimeExactlyOneFrameShowsAndTheyFollowEachOther(int count) {
    SvgPage page = page(count);
    List<Element> frames = frames(page);
    double seconds = seconds(page);
    double perFrame = (seconds - 2) / (count - 1);
    for (int k = 0; k < count; k++) {
      double time = k < count - 1 ? (k + 0.5) * perFrame : seconds - 1.99;

      assertEquals(List.of(k), shownAt(frames, time / seconds));
    }
    assertEquals(List.of(count - 1), shownAt(frames, 0.99999));
    assertTrue(seconds <= 20 && perFrame <= 0.1 + 1e-9, () -> seconds + " s");
    assertTrue(count > 180 || Math.abs(perFrame - 0.1) < 1e-9);
  }

  private static double seconds(SvgPage page) {
    String duration = page.all("animate").getFirst().getAttribute("dur");
    assertTrue(duration.endsWith("s"));
    for (Element animation : page.all("animate")) {
      assertEquals(duration, animation.getAttribute("dur"));
      assertEquals("indefinite", animation.getAttribute("repeatCount"));
      assertEquals("discrete", animation.getAttribute("calcMode"));
      assertEquals("display", animation.getAttribute("attributeName"));
    }
    return Double.parseDouble(duration.substring(0, duration.length() - 1));
  }

  /** The frames shown at a share of a turn, by the rules of a discrete animation. */
  private static List<Integer> shownAt(List<Element> frames, double share) {
    List<Integer> shown = new ArrayList<>();
    for (int k = 0; k < frames.size(); k++) {
      Element animation = (Element) frames.get(k).getElementsByTagName("animate").item(0);
      String[] values = animation.getAttribute("values").split(";", -1);
      String[] times = animation.getAttribute("keyTimes").split(";", -1);
      assertEquals(values.length, times.length);
      assertEquals("0", times[0]);
      String value = values[0];
      for (int t = 1; t < times.length; t++) {
        assertTrue(Double.parseDouble(times[t]) > Double.parseDouble(times[t - 1]));
        value = Double.parseDouble(times[t]) <= share ? values[t] : value;
      }
      if (value.equals("inline")) {
        shown.add(k);
      }
    }
    return shown;
  }

  @Test
  void oneFrameIsAStillPicture() {
    SvgPage page = page(1);

    assertEquals(0, page.all("animate").size());
    assertEquals("epoch 10, loss 0.25", caption(frames(page).getFirst()));
  }

  @Test
  void theLegendIsThatOfAllFrames() {
    DecisionMap low = DecisionMap.of(new PlaneModel(-1, 0, 0), 2);
    DecisionMap high = DecisionMap.of(new PlaneModel(2, 0, 0), 2);
    DecisionMap unknown = PictureCases.map(PictureCases.EXTREME, 2);
    List<FormingPicture.Frame> frames =
        List.of(
            new FormingPicture.Frame(0, 1, low),
            new FormingPicture.Frame(1, 1, unknown),
            new FormingPicture.Frame(2, 1, high));
    SvgPage page = new SvgPage(FormingPicture.svg(frames, TruthTable.XOR, "title"));

    assertTrue(
        page.texts()
            .containsAll(
                List.of(
                    "0 and less: LED off",
                    "1 and more: LED on",
                    "output is 0.5",
                    "not a number",
                    "switch A",
                    "switch B")),
        () -> page.texts().toString());
    assertEquals(2 * (4 + 2), page.all("circle").size());
  }

  @Test
  void fiveHundredFramesStaySmall() {
    int length =
        FormingPicture.svg(PictureCases.forming(500, 41), TruthTable.XOR, "title").length();

    assertTrue(length < 500 * 5000, () -> "" + length);
  }

  @Test
  void aTableOfThreeSwitchesIsRefused() {
    List<FormingPicture.Frame> frames = PictureCases.forming(1, 2);

    assertThrows(
        IllegalArgumentException.class,
        () -> FormingPicture.svg(frames, TruthTable.parse("01101001"), "title"));
  }
}
