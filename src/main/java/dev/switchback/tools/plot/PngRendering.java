package dev.switchback.tools.plot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Renders an SVG document as PNG: white background, no transparency, no metadata. On one machine,
 * the same document gives the same pixels; fonts differ between machines. Needs no display.
 */
public final class PngRendering {
  /** Default pixels per unit of the document: text is sharp on any screen. */
  public static final double SCALE = 2;

  private PngRendering() {}

  /**
   * Returns the bytes of a PNG file.
   *
   * @param scale pixels per unit of the document
   * @throws MissingFontsException if this machine cannot draw text
   * @throws IllegalArgumentException if the text is not an SVG document or has no size
   */
  public static byte[] png(String svg, double scale) throws MissingFontsException {
    System.setProperty("java.awt.headless", "true");
    requireFonts();
    SVGDocument document = load(svg);
    int width = document == null ? 0 : (int) Math.ceil(document.size().width * scale);
    int height = document == null ? 0 : (int) Math.ceil(document.size().height * scale);
    if (document == null || width < 1 || height < 1) {
      throw new IllegalArgumentException("no SVG document with a size");
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    draw(document, image, scale);
    return encode(image);
  }

  /**
   * Checks fonts separately, so that any failure here is a font problem: depending on what is
   * missing, the JDK throws a LinkageError, a RuntimeException or a plain Error.
   */
  private static void requireFonts() throws MissingFontsException {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12)
          .createGlyphVector(new FontRenderContext(null, true, true), "0")
          .getVisualBounds();
    } catch (Error | RuntimeException e) {
      throw new MissingFontsException(e);
    }
  }

  private static @Nullable SVGDocument load(String svg) {
    return new SVGLoader()
        .load(
            new ByteArrayInputStream(svg.getBytes(UTF_8)),
            null,
            LoaderContext.builder().externalResourcePolicy(ResourcePolicy.DENY_ALL).build());
  }

  private static void draw(SVGDocument document, BufferedImage image, double scale) {
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.addRenderingHints(
          Map.of(
              RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON,
              RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON,
              RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE));
      graphics.scale(scale, scale);
      document.renderWithPlatform(
          NullPlatformSupport.INSTANCE, graphics, new ViewBox(document.size()));
    } finally {
      graphics.dispose();
    }
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // By default, ImageIO uses a temporary file.
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new IllegalStateException("the JDK has no PNG writer");
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
