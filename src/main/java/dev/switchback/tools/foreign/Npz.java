package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import dev.switchback.format.FormatException;
import dev.switchback.format.Tensor;
import dev.switchback.format.TensorPlace;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Reads and writes a network in the format of {@code numpy.savez} and {@code savez_compressed}: a
 * ZIP of arrays such as {@code W1.npy}. The file does not contain activations.
 */
public final class Npz {
  /**
   * Limit for all values of a file, in bytes after decompression. Deflate expands up to a
   * thousandfold, so the size of the file is no limit.
   */
  public static final int MAX_VALUE_BYTES = 16 << 20;

  /** The earliest time in a ZIP. */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

  /** Far more than any network has. */
  private static final int MAX_ENTRIES = 1000;

  private final ZipFile zip;

  /** Bytes of values that were read. */
  private int valueBytes;

  private Npz(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Reads a file. Of arrays outside the network only the headers are read.
   *
   * @throws FormatException naming the first check that failed
   * @throws IOException if the file cannot be read
   */
  static FoundWeights read(Path file, Stated stated) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return WeightFinder.find(new Npz(zip).arrays(), stated);
    } catch (ZipException | EOFException e) {
      throw new FormatException("no npz: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the bytes of a file for {@code numpy.load}: float32, biases [out], stored and dated as
   * by {@code numpy.savez}. The result is deterministic.
   */
  public static byte[] write(Parameters parameters) {
    return write(parameters, TensorPlace.of(parameters.topology()));
  }

  /** Returns the bytes of a file with other names, orientation or order. */
  static byte[] write(Parameters parameters, List<TensorPlace> arrays) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : NpyWriter.arrays(parameters, arrays).entrySet()) {
        zip.putNextEntry(stored(array.getKey() + NpyFiles.SUFFIX, array.getValue()));
        zip.write(array.getValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static ZipEntry stored(String name, byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(DATE);
    return entry;
  }

  private List<ForeignArray> arrays() throws IOException {
    if (zip.size() > MAX_ENTRIES) {
      throw new FormatException(zip.size() + " entries, at most " + MAX_ENTRIES + " expected");
    }
    List<ForeignArray> arrays = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : zip.stream().toList()) {
      // Of entries with one name, the JDK would read one twice.
      if (!names.add(entry.getName())) {
        throw new FormatException("entry " + entry.getName() + " is there twice");
      }
      arrays.add(array(entry));
    }
    return arrays;
  }

  private ForeignArray array(ZipEntry entry) throws IOException {
    String name = arrayName(entry);
    try (InputStream in = zip.getInputStream(entry)) {
      NpyHeader header = new NpyReader(name, in).header();
      return new ForeignArray(name, header.type(), header.shape(), () -> tensor(entry, name));
    }
  }

  private static String arrayName(ZipEntry entry) throws FormatException {
    String name = entry.getName();
    if (!name.endsWith(NpyFiles.SUFFIX)) {
      throw new FormatException("entry " + name + ": a name that ends with .npy expected");
    }
    return name.substring(0, name.length() - NpyFiles.SUFFIX.length());
  }

  /** Reads an array and checks the CRC-32, which the JDK does not. */
  private Tensor tensor(ZipEntry entry, String name) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      Tensor tensor = new NpyReader(name, in).read(MAX_VALUE_BYTES - valueBytes);
      valueBytes += tensor.bytes().capacity();
      long crc = in.getChecksum().getValue();
      if (crc != entry.getCrc()) {
        throw new FormatException(
            "entry %s: CRC-32 is %s, %s expected"
                .formatted(
                    entry.getName(), Long.toHexString(crc), Long.toHexString(entry.getCrc())));
      }
      return tensor;
    }
  }
}
