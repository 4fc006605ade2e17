package dev.switchback.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The loss curve of the current training, in a fixed amount of memory. When the memory is full,
 * every second point is dropped, so the remaining points stay evenly spaced. Thread-safe; returned
 * points are immutable.
 */
public final class LossCurve {
  private static final int CAPACITY = 512;

  /**
   * Points after a cursor, oldest first.
   *
   * @param cursor to pass to the next {@link #after} call
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
   * @param loss any number, including NaN and infinities
   * @param restarts attempts abandoned by then
   */
  public record Point(int epoch, double loss, int restarts) {
    /** Of a training that never started afresh, or whose restarts nobody told. */
    public Point(int epoch, double loss) {
      this(epoch, loss, 0);
    }
  }

  private final int[] epochs = new int[CAPACITY];
  private final double[] losses = new double[CAPACITY];
  private final int[] restarts = new int[CAPACITY];
  private int size;
  private int stride = 1;
  private int training;

  /**
   * Clears the curve for the next training.
   *
   * @param newTraining a number that no earlier training had
   */
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
  public synchronized void add(int epoch, double loss, int restartsSoFar) {
    if (size == CAPACITY) {
      thin();
    }
    if (epoch % stride == 0) {
      epochs[size] = epoch;
      restarts[size] = restartsSoFar;
      losses[size++] = loss;
    }
  }

  private void thin() {
    size = CAPACITY / 2;
    for (int k = 0; k < size; k++) {
      epochs[k] = epochs[2 * k + 1];
      losses[k] = losses[2 * k + 1];
      restarts[k] = restarts[2 * k + 1];
    }
    stride *= 2;
  }

  /** Returns all points so far. */
  public List<Point> points() {
    return after(0, CAPACITY).points();
  }

  /**
   * Returns the points after a cursor, or all if the cursor belongs to another training.
   *
   * @param cursor 0, or the cursor of the previous piece
   */
  public synchronized Piece after(long cursor, int maxPoints) {
    int seen = cursor >>> 32 == training ? (int) cursor : 0;
    int from = 0;
    while (from < size && epochs[from] <= seen) {
      from++;
    }
    List<Point> points = new ArrayList<>();
    for (int k = from; k < size && points.size() < maxPoints; k++) {
      points.add(new Point(epochs[k], losses[k], restarts[k]));
    }
    int last = points.isEmpty() ? seen : points.getLast().epoch();
    return new Piece((long) training << 32 | last, points);
  }
}
