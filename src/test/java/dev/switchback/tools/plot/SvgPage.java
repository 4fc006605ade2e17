package dev.switchback.tools.plot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A document read back by the JDK's XML parser, and what stands where in it. */
final class SvgPage {
  private static final Pattern PATH_PART = Pattern.compile("[A-Za-z]|-?[0-9.]+");

  private final Element root;

  SvgPage(String document) {
    try {
      this.root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(document.getBytes(UTF_8)))
              .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(document.substring(0, Math.min(300, document.length())), e);
    }
  }

  Element root() {
    return root;
  }

  List<Element> all(String name) {
    NodeList nodes = root.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int k = 0; k < nodes.getLength(); k++) {
      elements.add((Element) nodes.item(k));
    }
    return elements;
  }

  List<String> texts() {
    return all("text").stream().map(Element::getTextContent).toList();
  }

  static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  /** An attribute of the element or the nearest one around it. */
  static String inherited(Element element, String attribute) {
    Node node = element;
    while (node instanceof Element at) {
      if (at.hasAttribute(attribute)) {
        return at.getAttribute(attribute);
      }
      node = at.getParentNode();
    }
    return "";
  }

  /** Points of path data of absolute moves and relative lines, x and y in turn, per subpath. */
  static List<double[]> subpaths(String data) {
    List<double[]> subpaths = new ArrayList<>();
    List<Double> points = new ArrayList<>();
    Matcher parts = PATH_PART.matcher(data);
    while (parts.find()) {
      switch (parts.group()) {
        case "M" -> {
          addIfAny(subpaths, points);
          points = new ArrayList<>();
        }
        case "l", "z" -> {}
        default -> {
          double value = Double.parseDouble(parts.group());
          points.add(points.size() < 2 ? value : points.get(points.size() - 2) + value);
        }
      }
    }
    addIfAny(subpaths, points);
    return subpaths;
  }

  private static void addIfAny(List<double[]> subpaths, List<Double> points) {
    if (!points.isEmpty()) {
      subpaths.add(points.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /** Fails if anything is drawn outside the view box, or text is too small. */
  void assertEverythingInside() {
    String[] box = root.getAttribute("viewBox").split(" ", -1);
    double width = Double.parseDouble(box[2]);
    double height = Double.parseDouble(box[3]);
    for (String name : List.of("rect", "line", "circle", "path", "polygon", "text")) {
      for (Element element : all(name)) {
        Extent extent = extent(element);
        assertTrue(
            extent.left >= 0 && extent.top >= 0 && extent.right <= width && extent.bottom <= height,
            () -> extent + " of " + describe(element) + " in " + width + " by " + height);
      }
    }
  }

  private static String describe(Element element) {
    return element.getTagName()
        + " '"
        + element.getTextContent()
        + "' at "
        + element.getAttribute("x")
        + " "
        + element.getAttribute("y");
  }

  private record Extent(double left, double top, double right, double bottom) {}

  private static Extent extent(Element element) {
    return switch (element.getTagName()) {
      case "rect" -> {
        double x = number(element, "x");
        double y = number(element, "y");
        yield new Extent(x, y, x + number(element, "width"), y + number(element, "height"));
      }
      case "circle" -> {
        double x = number(element, "cx");
        double y = number(element, "cy");
        double r = number(element, "r");
        yield new Extent(x - r, y - r, x + r, y + r);
      }
      case "line" ->
          around(
              number(element, "x1"),
              number(element, "y1"),
              number(element, "x2"),
              number(element, "y2"));
      case "path" ->
          around(
              subpaths(element.getAttribute("d")).stream()
                  .flatMapToDouble(Arrays::stream)
                  .toArray());
      case "polygon" ->
          around(
              Pattern.compile("[ ,]")
                  .splitAsStream(element.getAttribute("points"))
                  .mapToDouble(Double::parseDouble)
                  .toArray());
      default -> textExtent(element);
    };
  }

  private static Extent around(double... coordinates) {
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < coordinates.length; k += 2) {
      left = Math.min(left, coordinates[k]);
      right = Math.max(right, coordinates[k]);
      top = Math.min(top, coordinates[k + 1]);
      bottom = Math.max(bottom, coordinates[k + 1]);
    }
    return new Extent(left, top, right, bottom);
  }

  private static Extent textExtent(Element text) {
    double size = Double.parseDouble(inherited(text, "font-size"));
    assertTrue(size >= Lettering.SMALL, () -> size + " px: " + describe(text));
    double bold = inherited(text, "font-weight").equals("bold") ? 1.25 : 1;
    double width = bold * Lettering.width(text.getTextContent(), size);
    double before =
        switch (inherited(text, "text-anchor")) {
          case "middle" -> width / 2;
          case "end" -> width;
          default -> 0;
        };
    double x = number(text, "x");
    double y = number(text, "y");
    return text.getAttribute("transform").startsWith("rotate(-90")
        ? new Extent(x - size, y - width + before, x + size / 4, y + before)
        : new Extent(x - before, y - size, x - before + width, y + size / 4);
  }
}
