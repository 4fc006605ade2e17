package dev.switchback.sim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Requirements of a test on the machine; without them it is skipped with a message. */
public final class Requirement {
  private Requirement() {}

  /** Requires a program on the PATH; the message names its Debian package. */
  public static void program(Class<?> test, String name, String debianPackage) {
    String path = String.valueOf(System.getenv("PATH"));
    boolean isThere =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, name)));
    that(test, isThere, name + " (apt-get install " + debianPackage + ")");
  }

  /** Requires the fonts that the JDK needs to draw text. */
  public static void fonts(Class<?> test) {
    that(
        test, hasFonts(), "fonts (apt-get install fonts-dejavu-core libfontconfig1 libharfbuzz0b)");
  }

  /** Catches everything: the JDK's exception depends on the missing part. */
  private static boolean hasFonts() {
    System.setProperty("java.awt.headless", "true");
    try {
      FontRenderContext context = new FontRenderContext(null, true, true);
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("0", context).getWidth() > 0;
    } catch (Error | RuntimeException e) {
      return false;
    }
  }

  /** Requires any other condition. */
  public static void that(Class<?> test, boolean isMet, String what) {
    if (!isMet) {
      System.out.println(test.getSimpleName() + " skips a test: it needs " + what);
    }
    assumeTrue(isMet, "needs " + what);
  }
}
