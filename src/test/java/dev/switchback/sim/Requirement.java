package dev.switchback.sim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a test needs of the machine; where it is missing the test is skipped, and says so. */
public final class Requirement {
  private Requirement() {}

  /** A program on the PATH, and the package of Debian that has it. */
  public static void program(Class<?> test, String name, String debianPackage) {
    String path = String.valueOf(System.getenv("PATH"));
    boolean isThere =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, name)));
    that(test, isThere, name + " (apt-get install " + debianPackage + ")");
  }

  /** What the JDK needs to draw text. */
  public static void fonts(Class<?> test) {
    that(
        test, hasFonts(), "fonts (apt-get install fonts-dejavu-core libfontconfig1 libharfbuzz0b)");
  }

  /** Depending on what is missing, the JDK throws almost anything. */
  private static boolean hasFonts() {
    System.setProperty("java.awt.headless", "true");
    try {
      FontRenderContext context = new FontRenderContext(null, true, true);
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("0", context).getWidth() > 0;
    } catch (Error | RuntimeException e) {
      return false;
    }
  }

  /** Anything else. */
  public static void that(Class<?> test, boolean isMet, String what) {
    if (!isMet) {
      System.out.println(test.getSimpleName() + " skips a test: it needs " + what);
    }
    assumeTrue(isMet, "needs " + what);
  }
}
