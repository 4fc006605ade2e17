package dev.switchback.core.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialisationTest {

  private final Specialisation specialisation = new Specialisation(3);

  private Doubling doubling(int width) {
    return specialisation.of(Doubler.LOOKUP, Doubling.class, new Doubler.Width(width));
  }

  @Test
  void copyHasItsConstantAndTheOriginalHasNone() {
    assertNull(Doubler.CONSTANT);
    assertEquals(6, doubling(3).doubled());
    assertEquals(8, doubling(4).doubled());
    assertEquals(10, new Doubler(new Doubler.Width(5)).doubled());
  }

  @Test
  void oneCopyServesAConstantForGood() {
    assertSame(doubling(7), doubling(7));
    assertNotSame(doubling(7).getClass(), doubling(8).getClass());
    assertTrue(doubling(7).getClass().isHidden());
  }

  @Test
  void beyondTheBoundTheOriginalServes() {
    Doubling first = doubling(1);
    doubling(2);
    assertTrue(doubling(3).getClass().isHidden());
    assertSame(Doubler.class, doubling(4).getClass());
    assertEquals(8, doubling(4).doubled());
    assertSame(first, doubling(1), "existing copies remain in use");
  }

  /** Runs in a separate JVM, where no other test has created copies. */
  private static Map<String, String> copiesOfShapes(String... args)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    Map<String, String> found = new HashMap<>();
    for (String word : out.strip().split(" ", -1)) {
      found.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({"2-2-1, 4", "2-8-16-1, 2", "2-8-64-8-1, 4", "2-64-1, 0"})
  void sameShapeAgainMakesNoNewCopies(String widths, String copies) throws Exception {
    String program = CopiesOfShapes.class.getName();
    assertEquals(copies, copiesOfShapes(program, "1", widths).get("copies"));
    assertEquals(copies, copiesOfShapes(program, "1000", widths).get("copies"));
  }

  @Test
  void allShapesTogetherStayBelowTheBoundAndGiveTheSameBits() throws Exception {
    String program = CopiesOfShapes.class.getName();
    Map<String, String> bounded = copiesOfShapes(program, "1");
    Map<String, String> none = copiesOfShapes("-Dswitchback.specialise=false", program, "1");
    assertEquals("64", bounded.get("copies"));
    assertEquals("0", none.get("copies"));
    assertEquals(none.get("crc"), bounded.get("crc"));
  }
}
