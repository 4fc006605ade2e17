package dev.switchback.tools.foreign.onnx;

import dev.switchback.PrintableText;
import dev.switchback.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tensor whose values are in the file: an initialiser, or the value of a {@code Constant}.
 *
 * @param type null if it is no type that networks are read from
 * @param values little endian; empty if they are in another file, or of another type
 * @param isElsewhere whether the values are in another file
 * @param isTransposed whether the values lie column by column
 */
record GraphConstant(
    String name,
    List<Integer> dimensions,
    @Nullable NumberType type,
    ByteBuffer values,
    boolean isElsewhere,
    boolean isTransposed) {
  private static final int MAX_NAME = 60;

  /** Value of {@code data_location} for values in another file. */
  private static final int EXTERNAL = 1;

  /** Reads a {@code TensorProto}. */
  static GraphConstant read(WireReader in) throws IOException {
    String name = "";
    long code = 0;
    boolean isElsewhere = false;
    List<Long> dimensions = new ArrayList<>();
    byte[] raw = new byte[0];
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    ByteArrayOutputStream integers = new ByteArrayOutputStream();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 ->
            in.integers(dimension -> {
              in.count();
              dimensions.add(dimension);
            });
        case 2 -> code = in.integer();
        case 4, 10 -> in.numbers(typed);
        case 5 -> in.integers(value -> WireReader.append(value, Integer.BYTES, integers));
        case 7 ->
            in.integers(value -> {
              in.count();
              WireReader.append(value, Long.BYTES, typed);
            });
        case 8 -> name = in.text();
        case 9 -> raw = in.bytes();
        case 14 -> isElsewhere = in.integer() == EXTERNAL;
        default -> in.skip();
      }
    }
    in.leave(outer);
    NumberType type = NumberType.of(code);
    byte[] values =
        raw.length > 0
            ? raw
            : integers.size() > 0 && type != null
                ? narrowed(integers.toByteArray(), type)
                : typed.toByteArray();
    return of(name, dimensions, type, values, isElsewhere);
  }

  /** Returns integers of four bytes as numbers of a type; those of floats are their bits. */
  private static byte[] narrowed(byte[] integers, NumberType type) {
    ByteBuffer from = ByteBuffer.wrap(integers).order(ByteOrder.LITTLE_ENDIAN);
    ByteArrayOutputStream narrow = new ByteArrayOutputStream();
    while (from.hasRemaining()) {
      WireReader.append(from.getInt(), type.bytes(), narrow);
    }
    return narrow.toByteArray();
  }

  private static GraphConstant of(
      String name,
      List<Long> dimensions,
      @Nullable NumberType type,
      byte[] values,
      boolean isElsewhere)
      throws FormatException {
    long count = 1;
    for (long dimension : dimensions) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new FormatException(title(name) + " has the impossible shape " + dimensions);
      }
      count = count * dimension > Integer.MAX_VALUE ? Integer.MAX_VALUE : count * dimension;
    }
    if (type != null && !isElsewhere && count * type.bytes() != values.length) {
      throw new FormatException(
          "%s of shape %s and type %s has %s bytes"
              .formatted(title(name), dimensions, type, values.length));
    }
    return new GraphConstant(
        name,
        dimensions.stream().map(Long::intValue).toList(),
        type,
        ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN),
        isElsewhere,
        false);
  }

  /** Returns a list of numbers, or one number, in an attribute. */
  static GraphConstant of(NumberType type, List<Integer> dimensions, byte[] values) {
    ByteBuffer buffer = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
    return new GraphConstant("", dimensions, type, buffer, false, false);
  }

  /** Returns the same under another name. */
  GraphConstant named(String other) {
    return new GraphConstant(other, dimensions, type, values, isElsewhere, isTransposed);
  }

  /** Returns the matrix with rows and columns exchanged; the values are not copied. */
  GraphConstant transposed() {
    return new GraphConstant(name, dimensions.reversed(), type, values, isElsewhere, !isTransposed);
  }

  private static String title(String name) {
    return "tensor '" + PrintableText.of(name, MAX_NAME) + "'";
  }

  /** Returns its name and shape for messages. */
  String title() {
    return title(name)
        + " "
        + dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  /** Returns the number of values. */
  int count() {
    return type == null ? 0 : values.capacity() / type.bytes();
  }

  /** Whether every dimension except one of them from the end is 1. */
  boolean isAlong(int fromEnd, int length) {
    int axis = dimensions.size() - 1 - fromEnd;
    return axis >= 0 && dimensions.get(axis) == length && count() == length;
  }

  /**
   * Requires values in this file, of a type of floats.
   *
   * @throws FormatException with the line of Python that writes them into the file
   */
  void requireFloats() throws FormatException {
    if (isElsewhere) {
      throw new FormatException(
          title()
              + " is in another file; write one file in Python: import onnx;"
              + " onnx.save(onnx.load('IN.onnx'), 'OUT.onnx')");
    }
    if (type == null || !type.isFloat()) {
      throw new FormatException(
          title() + " is of a type that is not read: float, double, float16 or bfloat16 expected");
    }
  }

  /** Returns the value at an index, counted row by row. */
  double get(int index) {
    if (type == null) {
      throw new IllegalStateException(title() + " has no numbers");
    }
    if (!isTransposed) {
      return type.get(values, index);
    }
    int rows = dimensions.getFirst();
    int columns = dimensions.getLast();
    return type.get(values, index % columns * rows + index / columns);
  }

  /** Returns the values as integers. */
  List<Long> integers() {
    List<Long> integers = new ArrayList<>();
    for (int k = 0; k < count(); k++) {
      integers.add((long) get(k));
    }
    return integers;
  }
}
