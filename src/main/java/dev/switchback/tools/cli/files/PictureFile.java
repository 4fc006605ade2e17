package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.plot.MissingFontsException;
import dev.switchback.tools.plot.PngRendering;
import java.nio.file.Path;

/** Output file of a picture; the extension selects the format. */
record PictureFile(Path path) {
  private static final String SVG = ".svg";
  private static final String PNG = ".png";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the extension is neither
   */
  PictureFile {
    if (!path.toString().endsWith(SVG) && !path.toString().endsWith(PNG)) {
      throw new IllegalArgumentException(
          "--out " + path + ": expected a name ending in .svg or .png");
    }
  }

  /**
   * Writes the picture atomically.
   *
   * @throws Refusal if this machine cannot draw a PNG, or the file cannot be written
   */
  void write(String svg) throws Refusal {
    WholeFile.requirePlace(path);
    WholeFile.write(path, path.toString().endsWith(SVG) ? svg.getBytes(UTF_8) : png(svg));
  }

  private byte[] png(String svg) throws Refusal {
    try {
      return PngRendering.png(svg, PngRendering.SCALE);
    } catch (MissingFontsException e) {
      String text = path.toString();
      String other = text.substring(0, text.length() - PNG.length()) + SVG;
      throw new Refusal(
          ExitCode.USAGE, e.getMessage() + "; or write --out " + other + ", which needs none", e);
    }
  }
}
