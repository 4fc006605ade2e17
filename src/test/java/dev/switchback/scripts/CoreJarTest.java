package dev.switchback.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.TestJvm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network as a jar for programs of others. Runs once it is packed. */
@Tag("built")
class CoreJarTest {
  private static final Path JAR = Path.of("target/switchback-core.jar");
  private static final int MAX_BYTES = 100_000;

  @TempDir Path directory;

  @Test
  void isSmallAndOfTheCoreAlone() throws Exception {
    assertTrue(Files.size(JAR) < MAX_BYTES, Files.size(JAR) + " bytes");
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> classes =
          jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")).toList();
      assertTrue(classes.contains("dev/switchback/core/TrainingSession.class"));
      classes.forEach(name -> assertTrue(name.startsWith("dev/switchback/core/"), name));
    }
    StringWriter out = new StringWriter();
    PrintWriter both = new PrintWriter(out, true);
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(both, both, "--print-module-deps", "--ignore-missing-deps", JAR.toString());
    assertEquals("java.base", out.toString().strip());
  }

  @Test
  void theProgramOfThePageDoesWhatIsShown() throws Exception {
    String page = Files.readString(Path.of("src/docs/java.md"));
    Matcher shown =
        Pattern.compile(
                "```java\n(.*?)```\n\n```\n\\$ java -cp target/switchback-core.jar Xor.java\n(.*?)```",
                Pattern.DOTALL)
            .matcher(page);
    assertTrue(shown.find());
    assertEquals(shown.group(2), printed(shown.group(1)));
  }

  private String printed(String program) throws Exception {
    Path source = Files.writeString(directory.resolve("Xor.java"), program);
    Process java =
        new ProcessBuilder(TestJvm.java(), "-cp", JAR.toString(), source.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, java.waitFor(), printed);
    return printed;
  }
}
