package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.sim.Requirement;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngRenderingTest {
  private static final String HALF =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\""
          + " viewBox=\"0 0 20 10\"><rect width=\"10\" height=\"10\" fill=\"#e08214\"/></svg>";

  @BeforeAll
  static void needsFonts() {
    Requirement.fonts(PngRenderingTest.class);
  }

  private static BufferedImage image(String svg, double scale) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(PngRendering.png(svg, scale)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 3.5})
  void aDocumentIsScaledOnWhite(double scale) throws Exception {
    BufferedImage image = image(HALF, scale);
    assertEquals(20 * scale, image.getWidth());
    assertEquals(10 * scale, image.getHeight());
    assertEquals(0xffe08214, image.getRGB((int) (10 * scale) - 1, (int) (5 * scale)));
    assertEquals(0xffffffff, image.getRGB((int) (10 * scale) + 1, (int) (5 * scale)));
  }

  @Test
  void linesAreSmooth() throws Exception {
    String line =
        HALF.replace("<rect", "<line x2=\"20\" y2=\"10\" stroke=\"#000000\"/><rect fill=\"none\"");
    BufferedImage image = image(line.replace(" fill=\"#e08214\"", ""), 2);
    int greys = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      int level = image.getRGB(x, 10) & 0xff;
      greys += level > 16 && level < 240 ? 1 : 0;
    }
    assertTrue(greys >= 2, greys + " grey pixels");
  }

  @Test
  void textIsDrawnWithTheFontsOfTheMachine() throws Exception {
    String text = HALF.replace("<rect", "<text x=\"12\" y=\"9\" font-size=\"9\">H</text><rect");
    BufferedImage image = image(text, 2);
    boolean isThere = false;
    for (int x = 22; x < 40; x++) {
      isThere |= image.getRGB(x, 10) != 0xffffffff;
    }
    assertTrue(isThere);
  }

  @Test
  void thereIsNothingButTheImageInTheFile() throws Exception {
    assertEquals(List.of("IHDR", "IDAT", "IEND"), chunks(PngRendering.png(HALF, 1)));
  }

  private static List<String> chunks(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png).position(8);
    List<String> names = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int length = bytes.getInt();
      byte[] name = new byte[4];
      bytes.get(name);
      names.add(new String(name, StandardCharsets.US_ASCII));
      bytes.position(bytes.position() + length + 4);
    }
    return names;
  }

  @Test
  void aPictureOfOursHasItsColoursAtItsCorners() throws Exception {
    DecisionMap map = DecisionMap.of(new PlaneModel(0, 1, 0), 101);
    String svg = MapPicture.svg(map, TruthTable.XOR, "a title", "a subtitle");
    byte[] png = PngRendering.png(svg, PngRendering.SCALE);
    assertArrayEquals(png, PngRendering.png(svg, PngRendering.SCALE));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int blue = 0;
    int orange = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      int rgb = image.getRGB(x, image.getHeight() / 2);
      blue += (rgb & 0xff) > (rgb >> 16 & 0xff) + 64 ? 1 : 0;
      orange += (rgb >> 16 & 0xff) > (rgb & 0xff) + 64 ? 1 : 0;
    }
    assertTrue(blue > 100 && orange > 100, blue + " blue and " + orange + " orange pixels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "<svg", "<html/>"})
  void whatIsNoSvgIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> PngRendering.png(text, 1));
  }

  @Test
  void aDocumentWithoutASizeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> PngRendering.png(HALF.replace("width=\"20\"", "width=\"0\""), 1));
  }
}
