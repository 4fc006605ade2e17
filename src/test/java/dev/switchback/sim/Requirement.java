package dev.switchback.sim;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

  /** Anything else. */
  public static void that(Class<?> test, boolean isMet, String what) {
    if (!isMet) {
      System.out.println(test.getSimpleName() + " skips a test: it needs " + what);
    }
    assumeTrue(isMet, "needs " + what);
  }
}
