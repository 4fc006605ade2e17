package dev.switchback.tools.foreign;

import static java.util.stream.Collectors.joining;

import dev.switchback.PrintableText;
import dev.switchback.format.FormatException;
import dev.switchback.format.Safetensors;
import dev.switchback.format.Shape;
import dev.switchback.format.Tensor;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A named array of a foreign file, whose values are only read if it belongs to the network.
 *
 * @param name the whole name
 */
record ForeignArray(String name, ForeignType type, Shape shape, Values values) {
  private static final int MAX_SHOWN = 60;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z_0-9]{0,40}");
  private static final int MAX_LISTED = 6;

  /** Reads the values. */
  interface Values {
    /**
     * Returns the array.
     *
     * @throws IOException if the file is damaged, or holds no numbers there
     */
    Tensor read() throws IOException;
  }

  /** Returns a tensor of safetensors. */
  static ForeignArray of(Safetensors.Stored stored) {
    ForeignType type = ForeignType.ofSafetensors(stored.dtype(), stored.type());
    return new ForeignArray(
        stored.name(),
        type,
        stored.shape(),
        () ->
            new Tensor(
                stored.name(),
                stored.shape(),
                type.requireNumbers(stored.name()),
                false,
                stored.bytes()));
  }

  /** Returns the number of dimensions. */
  int dimensions() {
    return shape.dimensions().size();
  }

  /** Returns the name and the shape, such as {@code W1 [2, 3]}. */
  @Override
  public String toString() {
    return shown(name) + " " + shape;
  }

  /** Returns the first of many arrays with their shapes, for messages. */
  static String listed(Collection<ForeignArray> arrays) {
    String first =
        arrays.stream().limit(MAX_LISTED).map(ForeignArray::toString).collect(joining(", "));
    int more = arrays.size() - MAX_LISTED;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /**
   * Does nothing if no array is of pickled objects.
   *
   * @throws FormatException naming all that are, with the line of numpy that saves them without
   */
  static void requireNonePickled(Collection<ForeignArray> arrays) throws FormatException {
    List<ForeignArray> pickled = arrays.stream().filter(array -> array.type.isPickled()).toList();
    if (!pickled.isEmpty()) {
      throw new FormatException(
          "%s: pickled objects, which are never unpickled, as they can run code; in Python:"
                  .formatted(listed(pickled))
              + " numpy.savez('OUT.npz', "
              + pickled.stream().map(array -> "*" + variable(array.name)).collect(joining(", "))
              + ")");
    }
  }

  /** Returns a variable of Python for an array. */
  static String variable(String name) {
    return VARIABLE.matcher(name).matches() ? name : "ARRAY";
  }

  /** Returns a name for messages, on one line and not too long. */
  static String shown(String name) {
    return PrintableText.of(name, MAX_SHOWN);
  }
}
