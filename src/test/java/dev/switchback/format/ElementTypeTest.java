package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementTypeTest {
  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 3c00, 1",
    "F16, 8001, -5.9604645e-8",
    "F16, 7bff, 65504",
    "BF16, 3f80, 1",
    "BF16, ff7f, -3.3895314e38",
    "BF16, 0001, 9.18355e-41",
    "F32, bf800000, -1",
    "F64, 3ff0000000000001, 1",
    "I8, 80, -128",
    "I16, 8000, -32768",
    "I32, ff000000, -16777216",
    "I64, 8000000000000000, -9.223372036854775808e18",
    "I64, 7fffff8000000000, 9.223371487098961920e18",
    "U8, ff, 255",
    "U16, ffff, 65535",
    "U32, ffffff00, 4294967040",
    "U64, 8000000000000000, 9.223372036854775808e18",
    "U64, ffffff0000000000, 1.8446742974197923840e19",
    "U64, 0000000000000007, 7",
    "BOOL, 00, 0",
    "BOOL, 01, 1"
  })
  void numbersAreReadExactlyInEitherByteOrder(ElementType type, String hex, float value)
      throws ElementType.NotRepresentable {
    ByteBuffer big = bytes("ff".repeat(type.bytes()) + hex);
    assertEquals(value, type.get(big, 1));
    ByteBuffer little = ByteBuffer.allocate(type.bytes());
    for (int k = type.bytes() - 1; k >= 0; k--) {
      little.put(big.get(type.bytes() + k));
    }
    assertEquals(value, type.get(little.order(ByteOrder.LITTLE_ENDIAN), 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F16 | 7c00 | Infinity",
        "F16 | 7e00 | NaN",
        "BF16 | ff80 | -Infinity",
        "F32 | 7fc00000 | NaN",
        "F64 | 47f0000000000000 | 3.402823669209385E38, beyond the largest float",
        "I32 | 01000001 | 16777217, which no float is exactly; astype('f4') rounds it",
        "I32 | 7fffffff | 2147483647, which no float is exactly; astype('f4') rounds it",
        "I64 | 7fffffffffffffff | 9223372036854775807, which no float is exactly; astype('f4')"
            + " rounds it",
        "I64 | 8000000000000001 | -9223372036854775807, which no float is exactly; astype('f4')"
            + " rounds it",
        "U32 | ffffffff | 4294967295, which no float is exactly; astype('f4') rounds it",
        "U64 | ffffff0000000001 | 18446742974197923841, which no float is exactly; astype('f4')"
            + " rounds it",
        "U64 | 8000008000000000 | 9223372586610589696, which no float is exactly; astype('f4')"
            + " rounds it"
      })
  void whatNoFloatIsSaysItsValue(ElementType type, String hex, String message) {
    assertEquals(
        message,
        assertThrows(ElementType.NotRepresentable.class, () -> type.get(bytes(hex), 0))
            .getMessage());
  }
}
