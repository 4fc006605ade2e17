package dev.switchback.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvalStartTest {
  private static final String NUMPY = "src/test/resources/numpy/";

  private final StringWriter out = new StringWriter();

  private boolean isAnswered(String... args) {
    return EvalStart.isAnswered(new PrintWriter(out, true), args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NUMPY + "savez.npz",
        NUMPY + "double.safetensors",
        "src/test/resources/safetensors/torch.safetensors",
        "src/test/resources/golden/image/signed.img"
      })
  void printsWhatTheCommandPrints(String file) {
    assertTrue(isAnswered("eval", file));
    assertEquals(CommandLineRun.of("eval", file).out(), out.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "eval",
        "status",
        "eval --help",
        "eval -h",
        "eval @" + NUMPY + "savez.npz",
        "eval " + NUMPY + "savez.npz --json",
        "inspect " + NUMPY + "savez.npz"
      })
  void leavesEverythingElseToPicocli(String line) {
    assertFalse(isAnswered(line.isEmpty() ? new String[0] : line.split(" ", -1)));
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"half.npz", "none.npz", "", "README.md", "no\0name"})
  void leavesTheExplanationToPicocli(String file) {
    assertFalse(isAnswered("eval", NUMPY + file));
    assertEquals("", out.toString());
  }
}
