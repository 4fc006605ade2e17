package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The bytes of an npz, stored and dated as {@code numpy.savez} does. */
final class NpzWriter {
  /** The first moment a ZIP can name. */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NpzWriter() {}

  static byte[] write(Parameters parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      writeTo(zip, parameters);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void writeTo(ZipOutputStream zip, Parameters parameters) throws IOException {
    for (Map.Entry<String, byte[]> array : NpyWriter.arrays(parameters).entrySet()) {
      put(zip, array.getKey(), array.getValue());
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] array) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(array);
    ZipEntry entry = new ZipEntry(name + NpyFiles.SUFFIX);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(array.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(DATE);
    zip.putNextEntry(entry);
    zip.write(array);
  }
}
