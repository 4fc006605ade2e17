package dev.switchback.tools.plot;

import java.util.List;

/** The loss over the epochs of a training, with a name. Immutable; any thread. */
public final class LossCurve {
  private final String name;
  private final List<Point> points;

  /**
   * The loss after an epoch.
   *
   * @param epoch 0 or more, counted over all attempts of the training
   * @param loss any number; NaN, infinite and negative ones are gaps
   */
  public record Point(int epoch, double loss) {}

  private LossCurve(String name, List<Point> points) {
    this.name = name;
    this.points = points;
  }

  /**
   * A curve through these points.
   *
   * @throws IllegalArgumentException if an epoch is negative or before that of the point before it
   */
  public static LossCurve of(String name, List<Point> points) {
    List<Point> copy = List.copyOf(points);
    int last = 0;
    for (int k = 0; k < copy.size(); k++) {
      int epoch = copy.get(k).epoch();
      if (epoch < last) {
        throw new IllegalArgumentException(
            "curve '" + name + "': point " + (k + 1) + " is of epoch " + epoch + ", below " + last);
      }
      last = epoch;
    }
    return new LossCurve(name, copy);
  }

  public String name() {
    return name;
  }

  /** The points, their epochs ascending. */
  public List<Point> points() {
    return points;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LossCurve that && name.equals(that.name) && points.equals(that.points);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + points.hashCode();
  }
}
