package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.TensorPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFilesTest {
  private static final Path FILES = Path.of("src/test/resources/numpy/files");
  private static final float[] XOR = {
    6.1f, -6.3f, 0.7f, 6.2f, -6.4f, -0.9f, -2.9f, 9.1f, 0.3f, 9.1f, 8.7f, 0.1f, -13.3f
  };

  @TempDir Path directory;

  private static float[] read(Path one) throws IOException {
    return NpyFiles.read(one, Stated.NOTHING).parameters().toArray();
  }

  private static String refusal(Path one) {
    return String.valueOf(assertThrows(FormatException.class, () -> read(one)).getMessage());
  }

  private void copy(String... names) throws IOException {
    for (String name : names) {
      Files.copy(FILES.resolve(name), directory.resolve(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"W1.npy", "b2.npy", "0.weight.npy", "2.bias.npy"})
  void anyFileStandsForAllThatAreNamedLikeIt(String one) throws IOException {
    assertArrayEquals(XOR, read(FILES.resolve(one)));
  }

  @Test
  void otherFilesMayLieBesideThem() throws IOException {
    copy("W1.npy", "b1.npy", "W2.npy", "b2.npy", "0.weight.npy");
    Files.writeString(directory.resolve("inputs.npy"), "no tensor");
    Files.writeString(directory.resolve("W3.txt"), "no tensor");
    assertArrayEquals(XOR, read(directory.resolve("W2.npy")));
  }

  @Test
  void aPrefixTellsSetsApart() throws IOException {
    for (String name : new String[] {"W1", "b1", "W2", "b2", "0.weight", "0.bias"}) {
      Files.copy(FILES.resolve(name + ".npy"), directory.resolve("xor-" + name + ".npy"));
      Files.writeString(directory.resolve("old_" + name + ".npy"), "not looked into");
      Files.writeString(directory.resolve(name + ".npy"), "not looked into");
    }
    assertArrayEquals(XOR, read(directory.resolve("xor-b1.npy")));
    assertEquals(
        "entry old_W1.npy, offset 8: no npy: begins with other bytes than 93 NUMPY",
        refusal(directory.resolve("old_W2.npy")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wih",
        "bo",
        "hidden.weight",
        "out.bias",
        "xor-hidden.bias",
        "xor-out.weight",
        "old_b1"
      })
  void setsOfAllKindsLieBesideOneAnother(String one) throws IOException {
    Path sets = Path.of("src/test/resources/foreign/sets");
    assertArrayEquals(XOR, read(sets.resolve(one + ".npy")));
  }

  @Test
  void filesOfAnyNameAreListed() throws IOException {
    for (String[] names : new String[][] {{"W1", "x"}, {"b1", "y"}, {"W2", "u"}, {"b2", "v"}}) {
      Files.copy(FILES.resolve(names[0] + ".npy"), directory.resolve(names[1] + ".npy"));
    }
    Path one = directory.resolve("y.npy");
    FoundWeights found = NpyFiles.read(one, saying("x", "y", "u", "v"));
    assertArrayEquals(XOR, found.parameters().toArray());
    assertThrows(NoSuchFileException.class, () -> NpyFiles.read(one, saying("x", "z")));
  }

  private static Stated saying(String... names) {
    return new Stated(
        null, null, null, null, List.of(names), false, Stated.NOTHING.assumedActivations());
  }

  @Test
  void theFilesOfASetAreNamedLikeTheFirst() throws IOException {
    Parameters xor = Parameters.of(Topology.parse("2-3-1", Activation.SIGMOID), XOR);
    Map<Path, byte[]> files =
        NpyFiles.write(directory.resolve("xor-W1.npy"), xor, TensorPlace.of(xor.topology()));
    assertEquals(
        Stream.of("xor-W1.npy", "xor-b1.npy", "xor-W2.npy", "xor-b2.npy")
            .map(directory::resolve)
            .toList(),
        List.copyOf(files.keySet()));
  }

  @Test
  void missingAndBadFilesAreNamed() throws IOException {
    copy("W1.npy", "W2.npy", "b2.npy");
    Path one = directory.resolve("W1.npy");
    assertEquals(
        List.of("no bias for W1 [2, 3]: zero is used"), NpyFiles.read(one, Stated.NOTHING).notes());
    Files.writeString(directory.resolve("b1.npy"), "short");
    assertEquals(
        "entry b1.npy, offset 0: ends after 5 of 8 bytes of magic and version", refusal(one));
    assertEquals(
        "file inputs.npy: the name of weights or a bias expected, such as W1.npy or 0.weight.npy;"
            + " or say which files form the network, such as --names w0,b0,w1,b1",
        refusal(directory.resolve("inputs.npy")));
    assertThrows(NoSuchFileException.class, () -> read(directory.resolve("none/W1.npy")));
  }

  @Test
  void moreFilesThanLayersAreRefused() throws IOException {
    for (int k = 1; k <= 33; k++) {
      Files.writeString(directory.resolve("W" + k + ".npy"), "not looked into");
    }
    assertTrue(
        refusal(directory.resolve("W1.npy")).startsWith("33 files of arrays, at most 32 expected"));
  }
}
