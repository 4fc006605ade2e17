package dev.switchback.tools.foreign;

import dev.switchback.format.ElementType;
import dev.switchback.format.FormatException;
import dev.switchback.format.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads one array in the format of {@code numpy.save}. Never allocates more than the stream
 * delivers.
 *
 * <pre>
 *   93 "NUMPY" | major, minor | header length: u16 LE in version 1, u32 LE in 2 and 3
 *   {'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 8), }  spaces  \n | values
 * </pre>
 */
public final class NpyReader {
  /** Longest header accepted, as in numpy. */
  static final int MAX_HEADER_BYTES = 10_000;

  private static final long MAGIC = 0x93_4e_55_4d_50_59L;

  private final String name;
  private final InputStream in;
  private int offset;

  /**
   * Creates a reader of one array.
   *
   * @param name name of the tensor
   * @param in the bytes of the array; not closed
   */
  public NpyReader(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * Reads the array up to its values.
   *
   * @throws FormatException naming the first check that failed
   */
  NpyHeader header() throws IOException {
    ByteBuffer start = next(8, "magic and version");
    if (start.getLong() >>> 16 != MAGIC) {
      throw refusal("no npy: begins with other bytes than 93 NUMPY");
    }
    return NpyHeader.parse(name, headerText(start.get(6), start.get(7)));
  }

  /**
   * Reads to the end of the stream.
   *
   * @param maxValueBytes limit for the values
   * @throws FormatException naming the first check that failed
   */
  public Tensor read(int maxValueBytes) throws IOException {
    NpyHeader header = header();
    ElementType numbers = header.type().requireNumbers(name);
    long values = header.shape().values();
    if (values > maxValueBytes / numbers.bytes()) {
      throw refusal(
          "values of shape "
              + header.shape()
              + ", at most "
              + maxValueBytes
              + " more bytes expected in all");
    }
    ByteBuffer bytes =
        next((int) values * numbers.bytes(), "values of shape " + header.shape())
            .order(header.type().order());
    if (in.read() != -1) {
      throw refusal("bytes behind the values of shape " + header.shape() + ", the end expected");
    }
    return new Tensor(name, header.shape(), numbers, header.isFortranOrder(), bytes);
  }

  private String headerText(int major, int minor) throws IOException {
    if (major < 1 || major > 3 || minor != 0) {
      throw refusal("version " + major + "." + minor + ", 1.0, 2.0 or 3.0 expected");
    }
    long length =
        major == 1
            ? Short.toUnsignedInt(littleEndian(2).getShort())
            : Integer.toUnsignedLong(littleEndian(4).getInt());
    if (length > MAX_HEADER_BYTES) {
      throw refusal("header of " + length + " bytes, at most " + MAX_HEADER_BYTES + " expected");
    }
    Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return charset.decode(next((int) length, "header")).toString();
  }

  private ByteBuffer littleEndian(int bytes) throws IOException {
    return next(bytes, "header length").order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer next(int bytes, String what) throws IOException {
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw refusal("ends after " + read.length + " of " + bytes + " bytes of " + what);
    }
    offset += bytes;
    return ByteBuffer.wrap(read);
  }

  private FormatException refusal(String message) {
    return new FormatException("entry " + name + ".npy, offset " + offset + ": " + message);
  }
}
