package dev.switchback.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A named tensor of a file.
 *
 * @param isColumnMajor whether the values lie column by column (Fortran order)
 * @param bytes the values, little endian; not copied
 */
public record Tensor(
    String name, Shape shape, ElementType type, boolean isColumnMajor, ByteBuffer bytes) {

  public Tensor {
    bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the transposed tensor; the values are not copied. */
  Tensor transposed() {
    Shape turned = new Shape(List.of(shape.columns(), shape.rows()));
    return new Tensor(name + " (transposed)", turned, type, !isColumnMajor, bytes);
  }

  /**
   * Copies the values to {@code target} from index {@code at}, row by row, each rounded to the
   * nearest float.
   *
   * @throws FormatException naming a value that is not a finite float
   */
  void copyTo(float[] target, int at) throws FormatException {
    int rows = shape.rows();
    int columns = shape.columns();
    for (int k = 0; k < rows * columns; k++) {
      int place = isColumnMajor ? k % rows * columns + k / rows : k;
      target[at + place] = value(k);
    }
  }

  private float value(int k) throws FormatException {
    double value = type.get(bytes, k);
    float rounded = (float) value;
    if (!Float.isFinite(rounded)) {
      throw new FormatException(
          "tensor "
              + name
              + ": value "
              + k
              + " is "
              + value
              + (Double.isFinite(value) ? ", beyond the largest float" : ""));
    }
    return rounded;
  }
}
