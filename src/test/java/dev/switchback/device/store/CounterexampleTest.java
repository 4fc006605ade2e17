package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays a selection of the counterexamples of {@code scripts/check-model}, copied from {@code
 * target/check-model}.
 */
class CounterexampleTest {
  private static final Path MODEL = Path.of("src/test/resources/model");

  static List<Path> recorded() throws IOException {
    try (Stream<Path> files = Files.list(MODEL.resolve("counterexamples"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void theChangedTableViolatesWhatTheTrueOneHolds(Path file) throws IOException {
    Counterexample counterexample = Counterexample.read(file);
    assertTrue(counterexample.isShown(), "with the changed table");
    assertTrue(counterexample.isHeld(), "with the true table");
  }

  @Test
  void theStoreDoesWhatTheModelDoes() throws IOException {
    new ModelRun(Transition.TABLE).follow(Files.readAllLines(MODEL.resolve("run")));
  }
}
