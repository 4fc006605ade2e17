package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The orders in which layers may follow one another. Names form a tree: words, then a number, then
 * words, and so on. Names that differ in a number follow the numbers. Names that differ in words
 * may stand in any order in which the shapes chain, but input before hidden layers before output.
 */
final class LayerOrders {
  /** Two are enough to know that the order is open. */
  private static final int MAX_FOUND = 2;

  private static final int MAX_STEPS = 10_000;

  /** No number, an empty text, comes first. */
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final Node root = new Node();

  /** Names that begin alike. Its own layer, if it has one, comes before those below it. */
  private static final class Node {
    @Nullable ArrayLayer layer;
    final SortedMap<String, Words> byWords = new TreeMap<>();

    Stream<ArrayLayer> layers() {
      return Stream.concat(
          Stream.ofNullable(layer),
          byWords.values().stream()
              .flatMap(words -> words.byNumber.values().stream())
              .flatMap(Node::layers));
    }
  }

  /** Names that begin alike up to their next number. */
  private record Words(@Nullable LayerPlace place, SortedMap<String, Node> byNumber) {
    boolean mayStandBefore(Words other) {
      return place == null || other.place == null || !other.place.isBefore(place);
    }
  }

  /** Returns the orders of one layer after another. */
  static LayerOrders inOrder(List<ArrayLayer> layers) {
    LayerOrders orders = new LayerOrders();
    for (int k = 0; k < layers.size(); k++) {
      orders.add(List.of(String.valueOf(k)), layers.get(k));
    }
    return orders;
  }

  /**
   * Adds a layer.
   *
   * @param key words and numbers of its name; of no other layer
   */
  void add(List<String> key, ArrayLayer layer) {
    Node node = root;
    int at = 0;
    while (at < key.size()) {
      int end = at;
      while (end < key.size() && !ArrayName.isNumber(key.get(end))) {
        end++;
      }
      List<String> words = key.subList(at, end);
      String number = end < key.size() ? key.get(end) : "";
      node =
          node.byWords
              .computeIfAbsent(
                  String.join(" ", words),
                  _ -> new Words(LayerPlace.of(words), new TreeMap<>(BY_NUMBER)))
              .byNumber
              .computeIfAbsent(number, _ -> new Node());
      at = end + 1;
    }
    node.layer = layer;
  }

  /** Returns all layers, those that differ in a number by their numbers. */
  List<ArrayLayer> layers() {
    return root.layers().toList();
  }

  /**
   * Returns the chains of all layers in an orientation, two at most.
   *
   * @throws FormatException if there are too many orders to try
   */
  List<LayerChain> fitting(boolean isTransposed) throws FormatException {
    Search search = new Search(isTransposed);
    search.place(root, LayerChain.EMPTY, search.found::add);
    if (search.found.size() < MAX_FOUND && search.steps >= MAX_STEPS) {
      throw new FormatException(
          "the layers may stand in too many orders; say theirs with --names, weights and bias of"
              + " each layer");
    }
    return search.found.subList(0, Math.min(search.found.size(), MAX_FOUND));
  }

  /** Walks through the tree, a step for each layer it places. */
  private static final class Search {
    final List<LayerChain> found = new ArrayList<>();
    final boolean isTransposed;
    int steps;

    Search(boolean isTransposed) {
      this.isTransposed = isTransposed;
    }

    /** Places the layers of a node behind others, then goes on with each chain that fits. */
    void place(Node node, LayerChain before, Consumer<LayerChain> then) {
      ArrayLayer layer = node.layer;
      List<Words> below = List.copyOf(node.byWords.values());
      if (layer == null) {
        placeAll(below, before, then);
        return;
      }
      for (ArrayLayer.Widths widths : layer.widths(isTransposed)) {
        steps++;
        if (steps < MAX_STEPS && found.size() < MAX_FOUND && before.accepts(widths)) {
          placeAll(below, before.plus(layer, widths), then);
        }
      }
    }

    private void placeAll(List<Words> words, LayerChain before, Consumer<LayerChain> then) {
      if (words.isEmpty()) {
        then.accept(before);
      }
      for (int k = 0; k < words.size(); k++) {
        Words next = words.get(k);
        if (words.stream().allMatch(next::mayStandBefore)) {
          List<Words> others = new ArrayList<>(words);
          others.remove(k);
          List<Node> nodes = List.copyOf(next.byNumber.values());
          placeEach(nodes, before, chain -> placeAll(others, chain, then));
        }
      }
    }

    private void placeEach(List<Node> nodes, LayerChain before, Consumer<LayerChain> then) {
      if (nodes.isEmpty()) {
        then.accept(before);
      } else {
        List<Node> others = nodes.subList(1, nodes.size());
        place(nodes.getFirst(), before, chain -> placeEach(others, chain, then));
      }
    }
  }
}
