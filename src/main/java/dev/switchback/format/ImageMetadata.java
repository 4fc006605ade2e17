package dev.switchback.format;

import dev.switchback.core.Engine;
import dev.switchback.core.fixed.QFormat;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Metadata of the network in a weight image; see weight-image.md, section 4. */
public final class ImageMetadata {
  /** Key: the arithmetic a network was trained for. */
  public static final String ENGINE = "engine";

  /** Key: the recipe it was trained with. */
  public static final String RECIPE = "recipe";

  /** Key: the seed of its training, in decimal. */
  public static final String SEED = "seed";

  /** Key: the truth table that it answers. */
  public static final String LESSON = "lesson";

  /** Key: the truth table it was trained for, as version 0.1 wrote it; states no lesson. */
  private static final String TRUTH = "truth";

  static final String TOPOLOGY = "topology";
  static final String Q_FORMAT = "q_format";

  private ImageMetadata() {}

  /** Returns the truth table that a network was trained for, as text; null if it is not known. */
  public static @Nullable String trainedFor(Map<String, String> metadata) {
    return metadata.getOrDefault(LESSON, metadata.get(TRUTH));
  }

  /** Returns a copy of metadata that states a lesson. */
  public static Map<String, String> stating(TruthTable lesson, Map<String, String> metadata) {
    Map<String, String> all = new TreeMap<>(metadata);
    all.put(LESSON, lesson.toString());
    return all;
  }

  /** Returns the metadata to write. Topology, engine and number format override {@code further}. */
  static Map<String, String> of(Topology topology, Engine engine, Map<String, String> further) {
    Map<String, String> all = new TreeMap<>(further);
    all.put(TOPOLOGY, topology.toString());
    all.put(ENGINE, engine.label());
    all.put(Q_FORMAT, QFormat.NAME);
    return all;
  }

  /**
   * Returns the metadata read, with defaults for missing values.
   *
   * @param topology topology of the tensors
   * @param offset offset of the payload, for messages
   */
  static Map<String, String> completed(Map<String, String> read, Topology topology, int offset)
      throws ImageException {
    Map<String, String> all = new TreeMap<>(read);
    all.putIfAbsent(TOPOLOGY, topology.toString());
    all.putIfAbsent(ENGINE, Engine.FLOAT.label());
    all.putIfAbsent(Q_FORMAT, QFormat.NAME);
    require(ImageCheck.TOPOLOGY, all, TOPOLOGY, offset, topology.toString());
    require(ImageCheck.ENGINE, all, ENGINE, offset, Engine.FLOAT.label(), Engine.FIXED.label());
    require(ImageCheck.Q_FORMAT, all, Q_FORMAT, offset, QFormat.NAME);
    requireLesson(all.get(LESSON), topology, offset);
    return Collections.unmodifiableMap(all);
  }

  private static void requireLesson(@Nullable String lesson, Topology topology, int offset)
      throws ImageException {
    try {
      if (lesson == null || TruthTable.parse(lesson).isFor(topology)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like a table of another size.
    }
    throw ImageException.of(
        ImageCheck.LESSON,
        place(LESSON),
        offset,
        "'" + lesson + "'",
        "one digit of 0 or 1 per switch position, and a table per LED, of topology " + topology);
  }

  private static String place(String key) {
    return "payload metadata '" + key + "'";
  }

  private static void require(
      ImageCheck check, Map<String, String> metadata, String key, int offset, String... expected)
      throws ImageException {
    String found = metadata.getOrDefault(key, "");
    if (!List.of(expected).contains(found)) {
      throw ImageException.of(
          check, place(key), offset, "'" + found + "'", String.join(" or ", expected));
    }
  }
}
