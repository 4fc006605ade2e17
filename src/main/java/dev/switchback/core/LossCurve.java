package dev.switchback.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The losses of one training after the other, as points over its epochs in a fixed amount of
 * memory: whenever that is full, every second point goes, so that what stays is evenly spaced. Any
 * thread; what it hands out never changes.
 */
public final class LossCurve {
  private static final int CAPACITY = 512;

  /**
   * Points after a cursor, oldest first.
   *
   * @param cursor what to ask with next
   */
  public record Piece(long cursor, List<Point> points) {
    public Piece {
      points = List.copyOf(points);
    }
  }

  /**
   * The loss after an epoch.
   *
   * @param epoch 0 or more, counted over all attempts of the training
   * @param loss any number, NaN and infinite ones too
   */
  public record Point(int epoch, double loss) {}

  private final int[] epochs = new int[CAPACITY];
  private final double[] losses = new double[CAPACITY];
  private int size;
  private int stride = 1;
  private int training;

  /** Forgets everything, for the next training: a number that no training before it had. */
  public synchronized void begin(int newTraining) {
    training = newTraining;
    size = 0;
    stride = 1;
  }

  /**
   * Adds a point. Allocates nothing.
   *
   * @param epoch from 1, one more each time
   */
  public synchronized void add(int epoch, double loss) {
    if (size == CAPACITY) {
      thin();
    }
    if (epoch % stride == 0) {
      epochs[size] = epoch;
      losses[size++] = loss;
    }
  }

  private void thin() {
    size = CAPACITY / 2;
    for (int k = 0; k < size; k++) {
      epochs[k] = epochs[2 * k + 1];
      losses[k] = losses[2 * k + 1];
    }
    stride *= 2;
  }

  /** All points so far. */
  public List<Point> points() {
    return after(0, CAPACITY).points();
  }

  /**
   * What came after a cursor; everything if the cursor is of another training.
   *
   * @param cursor 0, or from the piece before
   */
  public synchronized Piece after(long cursor, int maxPoints) {
    int seen = cursor >>> 32 == training ? (int) cursor : 0;
    int from = 0;
    while (from < size && epochs[from] <= seen) {
      from++;
    }
    List<Point> points = new ArrayList<>();
    for (int k = from; k < size && points.size() < maxPoints; k++) {
      points.add(new Point(epochs[k], losses[k]));
    }
    int last = points.isEmpty() ? seen : points.getLast().epoch();
    return new Piece((long) training << 32 | last, points);
  }
}
