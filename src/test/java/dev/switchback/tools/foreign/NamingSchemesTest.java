package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random networks under every kind of names, in either orientation and in any order of the arrays,
 * against a second opinion: all orders that the names allow, by brute force.
 */
class NamingSchemesTest {
  private static final int NETWORKS = 400;

  /**
   * The names of a layer and its place: words and numbers alternate, from words; two layers with
   * the same beginning, which then differ in a number, follow the number.
   */
  record Name(String weights, String bias, List<String> place) {}

  /** How a program names layers. */
  enum Scheme {
    NUMPY(false, false) {
      @Override
      List<Name> names(int layers, Random random) {
        String weights = pick(random, "W", "w", "weights", "w_", "syn");
        String bias = pick(random, "b", "B", "bias", "biases_");
        return numbered(layers, random.nextInt(2), k -> new Name(weights + k, bias + k, at("", k)));
      }
    },
    SKLEARN(false, true) {
      @Override
      List<Name> names(int layers, Random random) {
        return numbered(layers, 0, k -> new Name("coefs_" + k, "intercepts_" + k, at("", k)));
      }
    },
    SEQUENTIAL(true, true) {
      @Override
      List<Name> names(int layers, Random random) {
        String prefix = random.nextBoolean() ? "" : word(random);
        List<Name> names = new ArrayList<>();
        int module = random.nextInt(12);
        for (int l = 0; l < layers; l++) {
          names.add(torch((prefix.isEmpty() ? "" : prefix + ".") + module, at(prefix, module)));
          module += 1 + random.nextInt(3);
        }
        return names;
      }
    },
    MODULES(true, true) {
      @Override
      List<Name> names(int layers, Random random) {
        return distinct(layers, random).stream().map(word -> torch(word, List.of(word))).toList();
      }
    },
    NESTED(true, true) {
      @Override
      List<Name> names(int layers, Random random) {
        List<String> words = distinct(layers, random);
        List<Name> names = new ArrayList<>();
        int group = 0;
        int module = 0;
        for (int l = 0; l < layers; l++) {
          String word = words.get(group);
          names.add(torch(word + "." + module, at(word, module)));
          module += 2;
          if (random.nextBoolean()) {
            group++;
            module = random.nextInt(2);
          }
        }
        return names;
      }
    },
    KERAS(false, true) {
      @Override
      List<Name> names(int layers, Random random) {
        String word = word(random);
        String end = random.nextBoolean() ? ":0" : "";
        List<Name> names = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
          String layer = word + (l == 0 ? "" : "_" + l);
          names.add(
              new Name(
                  layer + "/kernel" + end,
                  layer + "/bias" + end,
                  l == 0 ? List.of(word) : at(word, l)));
        }
        return names;
      }
    },
    WORDS(false, false) {
      @Override
      List<Name> names(int layers, Random random) {
        List<String> words = distinct(layers + 1, random);
        List<Name> names = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
          String from = words.get(l);
          String to = words.get(l + 1);
          names.add(new Name("weights_" + from + "_" + to, "bias_" + to, List.of(from + " " + to)));
        }
        return names;
      }
    };

    final boolean isTransposed;
    final boolean isOfFramework;

    Scheme(boolean isTransposed, boolean isOfFramework) {
      this.isTransposed = isTransposed;
      this.isOfFramework = isOfFramework;
    }

    abstract List<Name> names(int layers, Random random);

    private static Name torch(String layer, List<String> place) {
      return new Name(layer + ".weight", layer + ".bias", place);
    }

    private static List<String> at(String words, int number) {
      return List.of(words, String.valueOf(number));
    }

    private static List<Name> numbered(int layers, int first, IntFunction<Name> name) {
      return IntStream.range(first, first + layers).mapToObj(name).toList();
    }

    private static String pick(Random random, String... words) {
      return words[random.nextInt(words.length)];
    }

    /** A word that says nothing about weights or places. */
    private static String word(Random random) {
      StringBuilder word = new StringBuilder(pick(random, "fc", "lin", "enc", "dec", "cls", "net"));
      for (int k = random.nextInt(3); k >= 0; k--) {
        word.append("acdefg".charAt(random.nextInt(6)));
      }
      return word.toString();
    }

    private static List<String> distinct(int count, Random random) {
      Set<String> words = new HashSet<>();
      while (words.size() < count) {
        words.add(word(random));
      }
      List<String> list = new ArrayList<>(words);
      Collections.shuffle(list, random);
      return list;
    }
  }

  /** A network, and the arrays that hold it. */
  private record Written(
      Parameters truth, List<Name> names, List<Boolean> hasBias, boolean isTransposed) {
    int[] widths(int l, boolean isRead) {
      int in = truth.topology().fanIn(l);
      int out = truth.topology().fanOut(l);
      return isRead == isTransposed ? new int[] {in, out} : new int[] {out, in};
    }

    /** Whether the layers chain in an order and an orientation, biases included. */
    boolean chains(List<Integer> order, boolean isRead) {
      for (int k = 0; k < order.size(); k++) {
        int l = order.get(k);
        int[] widths = widths(l, isRead);
        boolean isBiasOther = hasBias.get(l) && widths[1] != truth.topology().fanOut(l);
        if (isBiasOther || (k > 0 && widths(order.get(k - 1), isRead)[1] != widths[0])) {
          return false;
        }
      }
      return true;
    }

    List<ForeignArray> arrays(Random random) {
      List<ForeignArray> arrays = new ArrayList<>();
      for (int l = 0; l < names.size(); l++) {
        int in = truth.topology().fanIn(l);
        int out = truth.topology().fanOut(l);
        float[] weights = new float[in * out];
        float[] bias = new float[out];
        for (int j = 0; j < out; j++) {
          for (int i = 0; i < in; i++) {
            weights[isTransposed ? j * in + i : i * out + j] = truth.get(l, i, j);
          }
          bias[j] = truth.get(l, in, j);
        }
        List<Long> shape =
            isTransposed ? List.of((long) out, (long) in) : List.of((long) in, (long) out);
        arrays.add(ForeignArrays.of(names.get(l).weights, new Shape(shape), weights));
        if (hasBias.get(l)) {
          arrays.add(ForeignArrays.of(names.get(l).bias, new Shape(List.of((long) out)), bias));
        }
      }
      Collections.shuffle(arrays, random);
      return arrays;
    }

    /** Returns the names of the arrays in an order, as {@code --names} takes them. */
    List<String> listed(List<Integer> order) {
      List<String> listed = new ArrayList<>();
      for (int l : order) {
        listed.add(names.get(l).weights);
        listed.add(hasBias.get(l) ? names.get(l).bias : "-");
      }
      return listed;
    }
  }

  private static Written network(Scheme scheme, Random random, boolean isSquare) {
    int layers = 1 + random.nextInt(5);
    int[] widths = new int[layers + 1];
    int same = 1 + random.nextInt(6);
    Arrays.setAll(widths, _ -> isSquare ? same : 1 + random.nextInt(6));
    Topology topology = new Topology(widths, Activation.ofLayers(layers, Activation.LINEAR));
    Parameters truth = new Parameters(topology);
    List<Boolean> hasBias = new ArrayList<>();
    boolean hasAll = random.nextBoolean();
    for (int l = 0; l < layers; l++) {
      hasBias.add(hasAll || random.nextBoolean());
      for (int j = 0; j < topology.fanOut(l); j++) {
        for (int i = 0; i < topology.fanIn(l) + (hasBias.get(l) ? 1 : 0); i++) {
          truth.set(l, i, j, (float) random.nextGaussian());
        }
      }
    }
    boolean isTransposed = random.nextInt(4) == 0 != scheme.isTransposed;
    return new Written(truth, scheme.names(layers, random), hasBias, isTransposed);
  }

  private static List<List<Integer>> permutations(int count) {
    if (count == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> fewer : permutations(count - 1)) {
      for (int at = 0; at < count; at++) {
        List<Integer> more = new ArrayList<>(fewer);
        more.add(at, count - 1);
        all.add(more);
      }
    }
    return all;
  }

  /** Whether names allow an order: groups stay together, and numbers ascend. */
  private static boolean isAllowed(List<List<String>> places) {
    Set<String> closed = new HashSet<>();
    for (int k = 1; k < places.size(); k++) {
      List<String> before = places.get(k - 1);
      List<String> next = places.get(k);
      if (!before.getFirst().equals(next.getFirst())) {
        closed.add(before.getFirst());
      } else if (before.size() == 1
          ? next.size() == 1
          : next.size() == 1
              || Integer.parseInt(before.getLast()) >= Integer.parseInt(next.getLast())) {
        return false;
      }
      if (closed.contains(next.getFirst())) {
        return false;
      }
    }
    return true;
  }

  private static List<List<Integer>> orders(Written written, boolean isRead) {
    return permutations(written.names.size()).stream()
        .filter(order -> isAllowed(order.stream().map(l -> written.names.get(l).place).toList()))
        .filter(order -> written.chains(order, isRead))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void everyNetworkIsReadBackOrAmbiguous(Scheme scheme) throws IOException {
    Random random = new Random(scheme.name().hashCode());
    int exact = 0;
    int ambiguous = 0;
    for (int k = 0; k < NETWORKS; k++) {
      Written written = network(scheme, random, k % 3 == 0);
      if (isReadBack(scheme, written, random)) {
        exact++;
      } else {
        ambiguous++;
      }
    }
    assertTrue(exact > NETWORKS / 4, "exact " + exact);
    boolean hasOneOrder =
        scheme != Scheme.MODULES && scheme != Scheme.NESTED && scheme != Scheme.WORDS;
    assertEquals(hasOneOrder, ambiguous == 0, "ambiguous " + ambiguous);
  }

  /** Checks one network; false if it was refused as ambiguous, and is. */
  private static boolean isReadBack(Scheme scheme, Written written, Random random)
      throws IOException {
    List<ForeignArray> arrays = written.arrays(random);
    List<List<Integer>> usual = orders(written, scheme.isTransposed);
    List<List<Integer>> other = orders(written, !scheme.isTransposed);
    assertFalse(usual.isEmpty() && other.isEmpty());
    boolean isRead = scheme.isTransposed == !usual.isEmpty();
    List<List<Integer>> orders = usual.isEmpty() ? other : usual;
    if (orders.size() > 1) {
      String message =
          String.valueOf(
              assertThrows(FormatException.class, () -> WeightFinder.find(arrays, Stated.NOTHING))
                  .getMessage());
      assertTrue(message.startsWith("the arrays are a network in more than one way: "), message);
      readAsListed(written, arrays);
      return false;
    }
    FoundWeights found = WeightFinder.find(arrays, Stated.NOTHING);
    assertEquals(written.listed(orders.getFirst()), found.layout().names());
    assertEquals(isRead, found.layout().isTransposed());
    if (isRead == written.isTransposed) {
      assertEquals(written.truth, found.parameters());
    } else {
      // Read by convention, as the shapes allow it, and told unless the names state it.
      boolean isTurnable = written.truth.topology().parameterCount() > 2 * written.names.size();
      assertTrue(
          scheme.isOfFramework
              || !isTurnable
              || found.isOrientationOpen()
              || found.notes().stream().anyMatch(note -> note.contains("--transposed")),
          found::toString);
    }
    readAsListed(written, arrays);
    return true;
  }

  /** Checks that names and orientation of the user give the network in any case. */
  private static void readAsListed(Written written, List<ForeignArray> arrays) throws IOException {
    List<Integer> order = IntStream.range(0, written.names.size()).boxed().toList();
    boolean isOtherWay =
        ArrayName.of(written.names.getFirst().weights).isTorch() != written.isTransposed;
    Stated stated =
        new Stated(
            null,
            null,
            null,
            isOtherWay,
            written.listed(order),
            false,
            Stated.NOTHING.assumedActivations());
    assertEquals(written.truth, WeightFinder.find(arrays, stated).parameters());
  }

  /** Arrays of savez without names, as Keras and torch, or as scikit-learn lists them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void arraysByNumberAreReadBack(boolean isSplit) throws IOException {
    Random random = new Random(9);
    for (int k = 0; k < NETWORKS; k++) {
      Written named = network(Scheme.NUMPY, random, k % 3 == 0);
      int layers = named.names.size();
      List<Name> names = new ArrayList<>();
      for (int l = 0; l < layers; l++) {
        names.add(
            new Name(
                "arr_" + (isSplit ? l : 2 * l),
                "arr_" + (isSplit ? layers + l : 2 * l + 1),
                List.of("", String.valueOf(l))));
      }
      Written written =
          new Written(named.truth, names, Collections.nCopies(layers, true), named.isTransposed);
      FoundWeights found = WeightFinder.find(written.arrays(random), Stated.NOTHING);
      List<Integer> order = IntStream.range(0, layers).boxed().toList();
      assertEquals(written.listed(order), found.layout().names());
      boolean isUsual = written.chains(order, false);
      assertEquals(!isUsual, found.layout().isTransposed());
      if (isUsual != written.isTransposed) {
        assertEquals(written.truth, found.parameters());
      }
    }
  }

  @Test
  void theSecondOpinionCountsOrders() {
    assertEquals(24, permutations(4).size());
    assertTrue(isAllowed(List.of(List.of("a"), List.of("a", "1"), List.of("b", "0"))));
    assertFalse(isAllowed(List.of(List.of("a", "1"), List.of("a"))));
    assertFalse(isAllowed(List.of(List.of("a", "2"), List.of("a", "1"))));
    assertFalse(isAllowed(List.of(List.of("a", "1"), List.of("b"), List.of("a", "2"))));
  }
}
