package dev.switchback.format;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Torch's names for the linear layers of an {@code nn.Sequential}: {@code N.weight} [out, in] and
 * {@code N.bias} [out]. N counts modules from 0, including activations, so it has gaps. All names
 * may share a prefix, such as {@code net.}
 */
public final class TorchNames {
  /** Prefix, number and kind. */
  public static final Pattern NAME =
      Pattern.compile("((?:.*[^0-9])?)(0|[1-9][0-9]{0,3})\\.(weight|bias)", Pattern.DOTALL);

  private static final String WEIGHT = ".weight";

  private TorchNames() {}

  /** Whether at least one name is torch's. */
  static boolean areIn(Map<String, Tensor> tensors) {
    return tensors.keySet().stream().anyMatch(name -> name.endsWith(WEIGHT));
  }

  /**
   * Returns the tensors with the names {@code W1 b1 W2 ...} and weights [in, out].
   *
   * @throws FormatException naming a tensor that is missing or has another name
   */
  static Map<String, Tensor> translated(Map<String, Tensor> tensors) throws FormatException {
    String prefix = match(tensors.keySet().iterator().next()).group(1);
    Map<String, Tensor> translated = new TreeMap<>();
    int layer = 0;
    for (int module : modules(tensors, prefix)) {
      layer++;
      translated.put(
          "W" + layer, transposed(NamedTensors.named(tensors, prefix + module + WEIGHT)));
      translated.put("b" + layer, NamedTensors.named(tensors, prefix + module + ".bias"));
    }
    return translated;
  }

  private static SortedSet<Integer> modules(Map<String, Tensor> tensors, String prefix)
      throws FormatException {
    SortedSet<Integer> modules = new TreeSet<>();
    for (String name : tensors.keySet()) {
      Matcher parts = match(name);
      if (!parts.group(1).equals(prefix)) {
        throw new FormatException(
            "tensor " + name + ": a name that begins with '" + prefix + "' expected, as others do");
      }
      modules.add(Integer.parseInt(parts.group(2)));
    }
    return modules;
  }

  private static Matcher match(String name) throws FormatException {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new FormatException(
          "tensor " + name + ": N.weight or N.bias expected, as others are named");
    }
    return matcher;
  }

  private static Tensor transposed(Tensor weights) throws FormatException {
    if (weights.shape().dimensions().size() != 2) {
      throw new FormatException(
          "tensor " + weights.name() + ": shape " + weights.shape() + ", [out, in] expected");
    }
    return weights.transposed();
  }
}
