package dev.switchback.device.node;

import java.util.ArrayList;
import java.util.List;

/**
 * The losses of the training at hand in a fixed amount of memory: whenever that is full, every
 * second point goes. Any thread.
 */
public final class TrainingCurve {
  private static final int CAPACITY = 512;

  /**
   * Points after a cursor, oldest first.
   *
   * @param cursor what to ask with next
   */
  public record Piece(long cursor, List<Point> points) {}

  /** One epoch of all attempts, counted from 1. */
  public record Point(int epoch, float loss) {}

  private final int[] epochs = new int[CAPACITY];
  private final float[] losses = new float[CAPACITY];
  private int size;
  private int stride = 1;
  private int training;

  synchronized void begin(int newTraining) {
    training = newTraining;
    size = 0;
    stride = 1;
  }

  /**
   * Adds a point.
   *
   * @param epoch counted from 1
   */
  synchronized void add(int epoch, float loss) {
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
