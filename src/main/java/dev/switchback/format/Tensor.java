package dev.switchback.format;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A named tensor of a file.
 *
 * @param isColumnMajor whether the values lie column by column (Fortran order)
 * @param bytes the values, in the byte order of the buffer; not copied
 */
public record Tensor(
    String name, Shape shape, ElementType type, boolean isColumnMajor, ByteBuffer bytes) {

  public Tensor {
    bytes = bytes.slice().order(bytes.order());
  }

  /** Returns the transposed tensor of two dimensions; the values are not copied. */
  public Tensor transposed() {
    Shape turned = new Shape(List.of(shape.columns(), shape.rows()));
    return new Tensor(name, turned, type, !isColumnMajor, bytes);
  }

  /**
   * Copies the values of a tensor of at most two dimensions to {@code target} from index {@code
   * at}, row by row. Each is rounded to the nearest float; integers must be floats exactly.
   *
   * @throws FormatException naming a value that is not a finite float
   */
  public void copyTo(float[] target, int at) throws FormatException {
    int rows = (int) shape.rows();
    int columns = (int) shape.columns();
    for (int k = 0; k < rows * columns; k++) {
      int place = isColumnMajor ? k % rows * columns + k / rows : k;
      target[at + place] = value(k);
    }
  }

  private float value(int k) throws FormatException {
    try {
      return type.get(bytes, k);
    } catch (ElementType.NotRepresentable e) {
      throw new FormatException("tensor " + name + ": value " + k + " is " + e.getMessage(), e);
    }
  }
}
