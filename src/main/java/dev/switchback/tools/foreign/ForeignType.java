package dev.switchback.tools.foreign;

import dev.switchback.format.ElementType;
import dev.switchback.format.FormatException;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of an array in a foreign file.
 *
 * @param name as in the file, such as {@code >f4} or {@code F8_E4M3}
 * @param numbers the numbers that are read; null if they are none of ours
 * @param title what it is in words; empty if {@code name} says it
 * @param fix statement of Python that converts {@code ARRAY}
 */
record ForeignType(
    String name, @Nullable ElementType numbers, ByteOrder order, String title, String fix) {
  private static final Map<String, ElementType> NUMPY =
      Map.ofEntries(
          Map.entry("f2", ElementType.F16),
          Map.entry("f4", ElementType.F32),
          Map.entry("f8", ElementType.F64),
          Map.entry("i1", ElementType.I8),
          Map.entry("i2", ElementType.I16),
          Map.entry("i4", ElementType.I32),
          Map.entry("i8", ElementType.I64),
          Map.entry("u1", ElementType.U8),
          Map.entry("u2", ElementType.U16),
          Map.entry("u4", ElementType.U32),
          Map.entry("u8", ElementType.U64),
          Map.entry("b1", ElementType.BOOL));

  private static final String PICKLED = "pickled objects";
  private static final String TO_FLOAT = "ARRAY = ARRAY.astype('f4')";

  /**
   * Returns a type of numpy.
   *
   * @param descr byte order, kind and bytes of a number, or a list of fields
   */
  static ForeignType ofNumpy(String descr) {
    ElementType numbers = descr.length() == 3 ? NUMPY.get(descr.substring(1)) : null;
    char first = descr.isEmpty() ? ' ' : descr.charAt(0);
    boolean isKnown = numbers != null && (numbers.bytes() == 1 || first == '<' || first == '>');
    String title = title(descr);
    return new ForeignType(
        descr,
        isKnown ? numbers : null,
        first == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        title,
        switch (title) {
          case PICKLED -> "numpy.savez('OUT.npz', *ARRAY)";
          case "complex" -> "ARRAY = ARRAY.real.astype('f4')";
          case "a structure" -> "ARRAY = ARRAY['FIELD'].astype('f4')";
          default -> TO_FLOAT;
        });
  }

  private static String title(String descr) {
    return switch (descr.length() < 2 ? ' ' : descr.charAt(1)) {
      case 'O' -> PICKLED;
      case 'f' -> "long double";
      case 'c' -> "complex";
      case 'U', 'S', 'a' -> "text";
      case 'M', 'm' -> "dates";
      default -> descr.startsWith("[") || descr.startsWith("|V") ? "a structure" : "";
    };
  }

  /** Returns a type of safetensors. */
  static ForeignType ofSafetensors(String dtype, @Nullable ElementType numbers) {
    return new ForeignType(
        dtype, numbers, ByteOrder.LITTLE_ENDIAN, "", "ARRAY = ARRAY.to(torch.float32)");
  }

  boolean isPickled() {
    return title.equals(PICKLED);
  }

  /**
   * Returns the numbers.
   *
   * @param array its name, for messages
   * @throws FormatException with the line that converts it, if they are none of ours
   */
  ElementType requireNumbers(String array) throws FormatException {
    if (numbers == null) {
      throw new FormatException(
          "array %s %s; in Python: %s"
              .formatted(
                  ForeignArray.shown(array),
                  isPickled()
                      ? "holds pickled objects, which are never unpickled, as they can run code"
                      : "has type " + name + (title.isEmpty() ? "" : " (" + title + ")"),
                  fix.replace("ARRAY", ForeignArray.variable(array))));
    }
    return numbers;
  }
}
