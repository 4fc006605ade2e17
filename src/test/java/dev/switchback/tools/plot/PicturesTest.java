package dev.switchback.tools.plot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What holds for every picture. */
class PicturesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/plot");
  private static final Path ACTUAL = Path.of("target/golden/plot");

  static Stream<Arguments> golden() {
    return Stream.of(
        picture(
            "map-xor",
            () ->
                MapPicture.svg(
                    PictureCases.map(PictureCases.XOR, 41), TruthTable.XOR, "XOR", "2-2-1")),
        picture(
            "map-unknown",
            () ->
                MapPicture.svg(
                    PictureCases.map(PictureCases.EXTREME, 5), TruthTable.XOR, "NaN", "")),
        picture(
            "quantization-xor",
            () ->
                QuantizationPicture.svg(
                    PictureCases.map(PictureCases.XOR, 21),
                    PictureCases.fixedMap(PictureCases.XOR, 21),
                    "What fixed point costs",
                    "2-2-1")),
        picture(
            "quantization-none",
            () ->
                QuantizationPicture.svg(
                    PictureCases.map(PictureCases.XOR, 21),
                    PictureCases.map(PictureCases.XOR, 21),
                    "The same twice",
                    "2-2-1")),
        picture(
            "loss",
            () ->
                LossPicture.svg(
                    List.of(
                        PictureCases.eventful("eventful"),
                        PictureCases.curve("short", 1, 0.5, 0.1)),
                    "Loss",
                    "two trainings")),
        picture(
            "outputs-xor",
            () ->
                OutputsPicture.svg(
                    PictureCases.model(PictureCases.XOR), TruthTable.XOR, "Outputs", "2-2-1")),
        picture(
            "outputs-softmax",
            () ->
                OutputsPicture.svg(
                    PictureCases.model(PictureCases.softmax()),
                    TruthTable.XOR,
                    "Outputs",
                    "2-8-2")),
        picture("network-xor", () -> NetworkPicture.svg(PictureCases.XOR, "The network", "2-2-1")),
        picture(
            "network-softmax",
            () -> NetworkPicture.svg(PictureCases.softmax(), "The network", "2-8-2")),
        picture(
            "forming",
            () -> FormingPicture.svg(PictureCases.forming(3, 11), TruthTable.XOR, "Learning XOR")));
  }

  static Stream<Arguments> all() {
    String title = PictureCases.LONG_TITLE;
    return Stream.concat(
        golden(),
        Stream.of(
            picture(
                "map of one switch",
                () ->
                    MapPicture.svg(
                        PictureCases.map(PictureCases.linear(1, 0), 9),
                        TruthTable.parse("01"),
                        title,
                        title)),
            picture(
                "map of huge outputs",
                () ->
                    MapPicture.svg(
                        PictureCases.map(PictureCases.linear(3e38f, -3e38f, 1), 21),
                        TruthTable.XOR,
                        title,
                        "")),
            picture(
                "huge differences",
                () ->
                    QuantizationPicture.svg(
                        PictureCases.map(PictureCases.linear(3e38f, -3e38f, 1), 21),
                        PictureCases.map(PictureCases.EXTREME, 21),
                        title,
                        title)),
            picture(
                "differences of huge outputs",
                () ->
                    QuantizationPicture.svg(
                        PictureCases.map(PictureCases.linear(3e38f, -3e38f, 1), 21),
                        PictureCases.map(PictureCases.XOR, 21),
                        title,
                        title)),
            picture("no curve", () -> LossPicture.svg(List.of(), title, "")),
            picture(
                "twenty curves",
                () ->
                    LossPicture.svg(
                        Collections.nCopies(20, PictureCases.eventful(title)), title, title)),
            picture(
                "huge losses",
                () ->
                    LossPicture.svg(
                        List.of(
                            new LossPicture.Curve(
                                title,
                                List.of(
                                    new Point(0, Double.MIN_VALUE),
                                    new Point(5, Double.MAX_VALUE),
                                    new Point(Integer.MAX_VALUE, 1e30)))),
                        title,
                        title)),
            picture("one point", () -> LossPicture.svg(List.of(PictureCases.curve("", 0)), "", "")),
            picture(
                "256 rows",
                () ->
                    OutputsPicture.svg(
                        PictureCases.model(
                            PictureCases.random("8-9-2", 3, Activation.TANH, Activation.LINEAR)),
                        TruthTable.parse(PictureCases.parity(8) + "," + PictureCases.parity(8)),
                        title,
                        title)),
            picture(
                "outputs that are no numbers",
                () ->
                    OutputsPicture.svg(
                        PictureCases.model(PictureCases.EXTREME), TruthTable.XOR, title, title)),
            picture(
                "huge outputs",
                () ->
                    OutputsPicture.svg(
                        PictureCases.model(PictureCases.linear(-3e38f, -3e38f, 1e30f)),
                        TruthTable.XOR,
                        title,
                        title)),
            picture(
                "extreme weights", () -> NetworkPicture.svg(PictureCases.EXTREME, title, title)),
            picture(
                "untrained",
                () ->
                    NetworkPicture.svg(
                        new Parameters(Topology.parse("1-1", Activation.LINEAR)), title, title)),
            picture(
                "wide network",
                () ->
                    NetworkPicture.svg(
                        PictureCases.random("8-4096-17-16-20", 1, Activation.TANH), title, title)),
            picture(
                "deep network",
                () ->
                    NetworkPicture.svg(
                        PictureCases.random(
                            "2-4-4-4-4-4-4-4-4-4-4-4-4-4-4-3-1", 1, Activation.TANH),
                        title,
                        title)),
            picture(
                "one frame",
                () ->
                    FormingPicture.svg(
                        PictureCases.forming(1, 2), TruthTable.parse("10"), title))));
  }

  private static Arguments picture(String name, Supplier<String> drawing) {
    return Arguments.of(name, drawing);
  }

  /** After a look at the new picture, copying it makes it the golden one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void golden(String name, Supplier<String> drawing) throws IOException {
    String file = name + ".svg";
    String actual = drawing.get();
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(file), actual);

    assertEquals(
        Files.readString(GOLDEN.resolve(file), UTF_8),
        actual,
        "if the new picture is right, copy " + ACTUAL.resolve(file) + " to " + GOLDEN);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void everyPictureIsWellFormedAndNothingIsCut(String name, Supplier<String> drawing) {
    String document = drawing.get();
    assertTrue(document.endsWith("</svg>\n"), document);

    SvgPage page = new SvgPage(document);
    page.assertEverythingInside();
    Element root = page.root();
    assertEquals("img", root.getAttribute("role"));
    assertEquals("http://www.w3.org/2000/svg", root.getAttribute("xmlns"));
    assertEquals(
        "0 0 " + root.getAttribute("width") + " " + root.getAttribute("height"),
        root.getAttribute("viewBox"));
    assertEquals("title", root.getChildNodes().item(1).getNodeName());
    assertEquals("desc", root.getChildNodes().item(3).getNodeName());
    Element background = page.all("rect").getFirst();
    assertEquals("#ffffff", background.getAttribute("fill"));
    assertEquals(root.getAttribute("height"), background.getAttribute("height"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void theSamePictureIsTheSameTextInEveryCountry(String name, Supplier<String> drawing) {
    String first = drawing.get();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(first, drawing.get());
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void nothingNeedsMoreThanStaticSvgAndSimpleAnimation(String name, Supplier<String> drawing) {
    List<String> known =
        List.of(
            "svg", "title", "desc", "g", "rect", "line", "circle", "path", "polygon", "text",
            "animate");
    for (Element element : new SvgPage(drawing.get()).all("*")) {
      assertTrue(known.contains(element.getTagName()), element.getTagName());
      assertFalse(element.hasAttribute("class") || element.hasAttribute("style"));
    }
  }

  @Test
  void titlesAreShownAndTold() {
    SvgPage page = new SvgPage(NetworkPicture.svg(PictureCases.XOR, "a <b> & \"c\"", "d"));

    assertEquals("a <b> & \"c\"", page.all("title").getFirst().getTextContent());
    assertEquals(List.of("a <b> & \"c\"", "d"), page.texts().subList(0, 2));
  }
}
