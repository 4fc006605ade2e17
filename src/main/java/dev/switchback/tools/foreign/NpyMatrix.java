package dev.switchback.tools.foreign;

import dev.switchback.RegularFile;
import dev.switchback.format.FormatException;
import dev.switchback.format.Tensor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The numbers of one npy file, row by row; an array of one dimension is a column. */
public final class NpyMatrix {
  /** Room for every image of MNIST as float64. */
  private static final int MAX_VALUE_BYTES = 1 << 29;

  private final int rows;
  private final int columns;
  private final float[] values;

  private NpyMatrix(Tensor tensor) throws FormatException {
    int dimensions = tensor.shape().dimensions().size();
    if (dimensions < 1 || dimensions > 2) {
      throw new FormatException("shape " + tensor.shape() + ", rows and columns expected");
    }
    this.rows = Math.toIntExact(tensor.shape().dimensions().getFirst());
    this.columns = dimensions == 1 ? 1 : Math.toIntExact(tensor.shape().dimensions().getLast());
    this.values = new float[rows * columns];
    tensor.copyTo(values, 0);
  }

  /**
   * Reads a file.
   *
   * @throws FormatException if it is no npy file of one or two dimensions, or holds other values
   *     than finite numbers
   */
  public static NpyMatrix read(Path file) throws IOException {
    RegularFile.require(file);
    String name = String.valueOf(file.getFileName());
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new NpyMatrix(
          new NpyReader(name.replaceFirst("\\.npy$", ""), in).read(MAX_VALUE_BYTES));
    }
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Copies a row to {@code target}. */
  public void copyRow(int row, float[] target) {
    System.arraycopy(values, row * columns, target, 0, columns);
  }
}
