package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Layers that Switchback lacks, recognised by names and shapes of their arrays. */
final class UnsupportedLayers {
  private static final String NORMALISATION = "a layer normalisation";

  private static final Pattern BATCH_WORDS =
      Pattern.compile(
          "(running|moving) (mean|var|variance)|num batches tracked|batch ?norm(alization)?\\b");
  private static final Pattern NORMALISATION_WORDS = Pattern.compile("layer ?norm(alization)?\\b");
  private static final Pattern RECURRENT_NAMES =
      Pattern.compile("recurrent_kernel|(weight|bias)_(ih|hh)_l[0-9]|(^|[./])weight_hh$");

  private final Map<ForeignArray, ArrayName> names;
  private final Set<String> all;

  private UnsupportedLayers(Map<ForeignArray, ArrayName> names) {
    this.names = names;
    this.all = names.keySet().stream().map(ForeignArray::name).collect(Collectors.toSet());
  }

  /**
   * Does nothing if no array belongs to such a layer.
   *
   * @throws FormatException naming an array and its layer
   */
  static void requireNone(Map<ForeignArray, ArrayName> names) throws FormatException {
    for (Map.Entry<ForeignArray, ArrayName> entry : names.entrySet()) {
      if (BATCH_WORDS.matcher(words(entry.getValue())).find()) {
        throw refusal(
            entry.getKey(),
            "a batch normalisation",
            "fold it into the layer before it, or train without it");
      }
    }
    UnsupportedLayers layers = new UnsupportedLayers(names);
    for (Map.Entry<ForeignArray, ArrayName> entry : names.entrySet()) {
      String layer = layers.layer(entry.getKey(), entry.getValue());
      if (layer != null) {
        throw refusal(entry.getKey(), layer, "train a network of dense layers alone");
      }
    }
  }

  private static FormatException refusal(ForeignArray array, String layer, String fix) {
    return new FormatException(
        "%s belongs to %s, which Switchback lacks; %s; if it does not, say which arrays form the"
                .formatted(array, layer, fix)
            + " network with --names");
  }

  private static String words(ArrayName name) {
    return String.join(" ", name.key());
  }

  private @Nullable String layer(ForeignArray array, ArrayName name) {
    if (NORMALISATION_WORDS.matcher(words(name)).find() || isNormalisation(array)) {
      return NORMALISATION;
    }
    if (RECURRENT_NAMES.matcher(array.name()).find() || isRecurrent(name)) {
      return "a recurrent layer";
    }
    if (!name.isWeights()) {
      return null;
    }
    if (array.dimensions() >= 3 && array.dimensions() <= 5) {
      return "a convolution";
    }
    if (name.isTorch() && array.dimensions() == 1) {
      return hasBeside(array, "weight", "bias") ? NORMALISATION : "a PReLU or a normalisation";
    }
    return null;
  }

  private boolean isNormalisation(ForeignArray array) {
    return array.dimensions() == 1
        && (hasBeside(array, "gamma", "beta")
            || hasBeside(array, "gamma:0", "beta:0")
            || hasBeside(array, "scale", "bias"));
  }

  /** Whether there is also an array whose name ends in another way. */
  private boolean hasBeside(ForeignArray array, String end, String otherEnd) {
    String name = array.name();
    return name.endsWith(end)
        && all.contains(name.substring(0, name.length() - end.length()) + otherEnd);
  }

  /** Recognises {@code Wxh}, {@code Whh}, {@code Why}. */
  private boolean isRecurrent(ArrayName name) {
    return name.isWeights()
        && name.key().equals(List.of("hh"))
        && names.values().stream().anyMatch(other -> other.key().equals(List.of("xh")));
  }
}
