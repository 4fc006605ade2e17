package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FuzzCorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final int MUTANTS_OF_EACH = 100;

  private static List<Path> corpus(FuzzTarget target) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target.name().toLowerCase(Locale.ROOT)))) {
      return files.sorted().toList();
    }
  }

  /** Replaces one to four bytes, or removes or copies a part. */
  private static byte[] mutant(byte[] input, Random random) {
    byte[] mutant = input.clone();
    for (int k = random.nextInt(5); k > 0; k--) {
      mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
    }
    int from = random.nextInt(mutant.length);
    int length = random.nextInt(Math.min(64, mutant.length - from)) + 1;
    int to = random.nextInt(mutant.length - length + 1);
    if (random.nextBoolean()) {
      System.arraycopy(input, from, mutant, to, length);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(mutant, mutant.length - length) : mutant;
  }

  @ParameterizedTest
  @EnumSource
  void everyFindKeepsTheRule(FuzzTarget target) throws IOException {
    List<Path> corpus = corpus(target);
    assertFalse(corpus.isEmpty());
    for (Path file : corpus) {
      try {
        target.check(Files.readAllBytes(file));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(file.toString(), e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void seedsAreReadAndTheirMutantsKeepTheRule(FuzzTarget target) throws IOException {
    Random random = new Random(7);
    List<Path> seeds = new ArrayList<>(corpus(target));
    seeds.removeIf(file -> !file.getFileName().toString().startsWith("seed-"));
    assertFalse(seeds.isEmpty());
    for (Path file : seeds) {
      byte[] seed = Files.readAllBytes(file);
      target.parse(seed);
      for (int k = 0; k < MUTANTS_OF_EACH; k++) {
        target.check(mutant(seed, random));
      }
    }
  }
}
