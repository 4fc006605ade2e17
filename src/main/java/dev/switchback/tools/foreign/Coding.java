package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that stand for a switch at the inputs of a network.
 *
 * @param open an open switch
 * @param closed a closed one
 */
public record Coding(float open, float closed) {
  /** The coding of every device. */
  public static final Coding OF_DEVICES = new Coding(0f, 1f);

  private static final Pattern TEXT = Pattern.compile("([^,]+),([^,]+)");

  /**
   * Parses two numbers joined by a comma, such as {@code -1,1}.
   *
   * @throws IllegalArgumentException if they are not two different finite numbers
   */
  public static Coding parse(String text) {
    Matcher numbers = TEXT.matcher(text);
    try {
      if (numbers.matches()) {
        Coding coding =
            new Coding(Float.parseFloat(numbers.group(1)), Float.parseFloat(numbers.group(2)));
        if (Float.isFinite(coding.closed - coding.open) && coding.closed != coding.open) {
          return coding;
        }
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "two different numbers joined by a comma expected, for an open and a closed switch, such as"
            + " -1,1");
  }

  /**
   * Returns a network that gives for 0 and 1 what this one gives for {@link #open} and {@link
   * #closed}: with {@code x = open + (closed - open) s}, the first layer has the weights {@code
   * (closed - open) W} and the biases {@code b + open sum(W)}, each rounded once.
   */
  Parameters fold(Parameters parameters) {
    if (equals(OF_DEVICES)) {
      return parameters;
    }
    Topology topology = parameters.topology();
    Parameters folded = parameters.copy();
    double range = (double) closed - open;
    for (int j = 0; j < topology.fanOut(0); j++) {
      double bias = parameters.get(0, topology.fanIn(0), j);
      for (int i = 0; i < topology.fanIn(0); i++) {
        double weight = parameters.get(0, i, j);
        folded.set(0, i, j, (float) (range * weight));
        bias += open * weight;
      }
      folded.set(0, topology.fanIn(0), j, (float) bias);
    }
    return folded;
  }

  /** Returns the numbers as {@link #parse} reads them. */
  @Override
  public String toString() {
    return plain(open) + "," + plain(closed);
  }

  private static String plain(float number) {
    return number == Math.rint(number) && Math.abs(number) < 1e6f
        ? Integer.toString((int) number)
        : Float.toString(number);
  }
}
