package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.TensorPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  private static final Path NUMPY = Path.of("src/test/resources/numpy");
  private static final float[] XOR = {
    6.1f, -6.3f, 0.7f, 6.2f, -6.4f, -0.9f, -2.9f, 9.1f, 0.3f, 9.1f, 8.7f, 0.1f, -13.3f
  };

  @TempDir Path directory;

  private static Activation[] sigmoid(int layers) {
    Activation[] activations = new Activation[layers];
    Arrays.fill(activations, Activation.SIGMOID);
    return activations;
  }

  private static Parameters read(Path file) throws IOException {
    return WeightFile.read(file, Stated.NOTHING).parameters();
  }

  private static String refusal(Path file) {
    return String.valueOf(assertThrows(FormatException.class, () -> read(file)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "savez",
        "savez_compressed",
        "stream",
        "stream_compressed",
        "double",
        "fortran",
        "transposed",
        "rows",
        "big_endian",
        "positional",
        "scalar",
        "torch",
        "torch_transposed",
        "version1",
        "version2",
        "version3"
      })
  void whatNumpyWritesIsRead(String name) throws IOException {
    Parameters parameters = read(NUMPY.resolve(name + ".npz"));
    assertEquals("2-3-1", parameters.topology().toString());
    assertEquals("sigmoid,sigmoid", parameters.topology().activationLabels());
    assertArrayEquals(XOR, parameters.toArray());
  }

  @Test
  void doublesOfPythonInSafetensorsAreTheSameFloats() throws IOException {
    assertArrayEquals(XOR, read(NUMPY.resolve("double.safetensors")).toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "objects ~ b2 [1]: pickled objects, which are never unpickled, as they can run code; in"
            + " Python: numpy.savez('OUT.npz', *b2)",
        "record ~ array b2 has type [('x', '<f4')] (a structure); in Python: b2 ="
            + " b2['FIELD'].astype('f4')"
      },
      quoteCharacter = '"')
  void whatIsNoNetworkOfFloatsIsRefused(String name, String message) {
    assertEquals(message, refusal(NUMPY.resolve(name + ".npz")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"savez", "stream_compressed"})
  void everyTruncationIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(NUMPY.resolve(name + ".npz"));
    Path file = directory.resolve("w.npz");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(refusal(file).startsWith("no npz: "), refusal(file));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"savez", "stream_compressed"})
  void noFlippedByteGivesOtherWeightsOrAnyOtherError(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(NUMPY.resolve(name + ".npz"));
    Path file = directory.resolve("w.npz");
    int refused = 0;
    for (int k = 0; k < bytes.length; k++) {
      byte good = bytes[k];
      for (int flip : new int[] {1 << (k % 8), 255}) {
        bytes[k] = (byte) (good ^ flip);
        Files.write(file, bytes);
        refused += isRefused(file) ? 1 : 0;
      }
      bytes[k] = good;
    }
    assertTrue(refused > bytes.length, "refused " + refused);
  }

  /**
   * The checksums leave no third way: the file is refused, or no value has changed. But names have
   * no checksum; a bias by another name is told.
   */
  private static boolean isRefused(Path file) throws IOException {
    try {
      WeightFile read = WeightFile.read(file, Stated.NOTHING);
      if (read.notes().stream().noneMatch(note -> note.startsWith("not part of the network: "))) {
        assertArrayEquals(XOR, read.parameters().toArray());
      }
      return false;
    } catch (FormatException e) {
      assertTrue(String.valueOf(e.getMessage()).length() > 10);
      return true;
    }
  }

  /** An array as numpy 1.0 format writes it, its values as given. */
  private static byte[] npy(String descr, String shape, byte... values) {
    String header =
        "{'descr': "
            + (descr.startsWith("[") ? descr : "'" + descr + "'")
            + ", 'fortran_order': False, 'shape': "
            + shape
            + ", }\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("\u0093NUMPY\1\0".getBytes(ISO_8859_1));
    bytes.write(header.length());
    bytes.write(0);
    bytes.writeBytes(header.getBytes(ISO_8859_1));
    bytes.writeBytes(values);
    return bytes.toByteArray();
  }

  private static byte[] npy(String shape, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return npy("<f4", shape, bytes.array());
  }

  private Path zip(Map<String, byte[]> entries, int method) throws IOException {
    Path file = directory.resolve("made.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setMethod(method);
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setCrc(crc.getValue());
        entry.setSize(content.getValue().length);
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    }
    return file;
  }

  /** The refusal of a good file of one neuron with one entry put in, or in place of another. */
  private String refusalWith(String name, byte... content) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("W1.npy", npy("(1, 1)", 1f));
    entries.put("b1.npy", npy("(1,)", 2f));
    entries.put(name, content);
    return refusal(zip(entries, ZipEntry.STORED));
  }

  @Test
  void entriesOfOtherKindsAreRefused() throws IOException {
    assertEquals("entry notes.txt: a name that ends with .npy expected", refusalWith("notes.txt"));
    assertEquals("entry W/: a name that ends with .npy expected", refusalWith("W/"));
    assertEquals(
        "bias b1 [2, 1] fits neither side of weights W1 [1, 1]",
        refusalWith("b1.npy", npy("(2, 1)", 1f, 2f)));
    assertEquals("tensor b1: value 0 is NaN", refusalWith("b1.npy", npy("(1,)", Float.NaN)));
  }

  @Test
  void arraysThatAreCutOrTooLongAreRefusedWithTheirPlace() throws IOException {
    byte[] good = npy("(1,)", 2f);
    int values = good.length - 4;
    assertEquals(
        "entry b1.npy, offset 0: ends after 5 of 8 bytes of magic and version",
        refusalWith("b1.npy", Arrays.copyOf(good, 5)));
    assertEquals(
        "entry b1.npy, offset 8: ends after 1 of 2 bytes of header length",
        refusalWith("b1.npy", Arrays.copyOf(good, 9)));
    assertEquals(
        "entry b1.npy, offset 10: ends after 20 of " + (values - 10) + " bytes of header",
        refusalWith("b1.npy", Arrays.copyOf(good, 30)));
    assertEquals(
        "entry b1.npy, offset " + values + ": ends after 3 of 4 bytes of values of shape [1]",
        refusalWith("b1.npy", Arrays.copyOf(good, values + 3)));
    assertEquals(
        "entry b1.npy, offset "
            + (values + 4)
            + ": bytes behind the values of shape [1], the end expected",
        refusalWith("b1.npy", Arrays.copyOf(good, values + 5)));
  }

  @Test
  void otherMagicVersionsAndHeaderLengthsAreRefused() throws IOException {
    byte[] bytes = npy("(1,)", 2f);
    bytes[5] = 'T';
    assertEquals(
        "entry b1.npy, offset 8: no npy: begins with other bytes than 93 NUMPY",
        refusalWith("b1.npy", bytes));
    for (String version : new String[] {"0.0", "4.0", "1.1", "-1.0"}) {
      byte[] other = npy("(1,)", 2f);
      other[6] = Byte.parseByte(version.substring(0, version.indexOf('.')));
      other[7] = Byte.parseByte(version.substring(version.indexOf('.') + 1));
      assertEquals(
          "entry b1.npy, offset 8: version " + version + ", 1.0, 2.0 or 3.0 expected",
          refusalWith("b1.npy", other));
    }
    byte[] endless = npy("(1,)", 2f);
    endless[6] = 2;
    Arrays.fill(endless, 8, 12, (byte) -1);
    assertEquals(
        "entry b1.npy, offset 12: header of 4294967295 bytes, at most 10000 expected",
        refusalWith("b1.npy", endless));
  }

  @Test
  void declaredValuesAreReadOnlyWithinTheLimitOfAllEntries() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("W1.npy", npy("<f8", "(4096, 1)", new byte[8 * 4096]));
    entries.put("W2.npy", npy("<f8", "(1, 4096)", new byte[8 * 4096]));
    entries.put("W3.npy", npy("<f8", "(4096, 4096)"));
    assertEquals(
        "entry W3.npy, offset 76: values of shape [4096, 4096], at most 16711680 more bytes"
            + " expected in all",
        refusal(zip(entries, ZipEntry.STORED)));
  }

  @Test
  void anInflatedEntryIsCutAtItsDeclaredSize() throws IOException {
    byte[] bomb = Arrays.copyOf(npy("(1, 1)", 2f), 100 << 20);
    Path file = zip(Map.of("W1.npy", bomb), ZipEntry.DEFLATED);
    assertTrue(Files.size(file) < 200_000);
    assertTrue(refusal(file).contains("bytes behind the values of shape [1, 1]"), refusal(file));
  }

  @Test
  void moreEntriesThanAnybodyHasAreRefused() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (int k = 1; k <= 1001; k++) {
      entries.put("x" + k + ".npy", npy("(1, 1)", 1f));
    }
    assertEquals("1001 entries, at most 1000 expected", refusal(zip(entries, ZipEntry.STORED)));
  }

  @Test
  void arraysOutsideTheNetworkAreNotRead() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("W1.npy", npy("(1, 1)", 1f));
    entries.put("b1.npy", npy("(1,)", 2f));
    entries.put("loss.npy", npy("<f8", "(1000000000000,)"));
    entries.put("history.npy", npy("|O", "()", (byte) '.'));
    entries.put("where.npy", npy("[('x', '<f4')]", "(3,)"));
    WeightFile read = WeightFile.read(zip(entries, ZipEntry.STORED), Stated.NOTHING);
    assertArrayEquals(new float[] {1f, 2f}, read.parameters().toArray());
    assertEquals(
        List.of("not part of the network: loss [1000000000000], history [], where [3]"),
        read.notes());
  }

  @Test
  void anEntryThatIsThereTwiceIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(NUMPY.resolve("savez.npz"));
    String text = new String(bytes, ISO_8859_1).replace("b2.npy", "b1.npy");
    Path file = directory.resolve("twice.npz");
    Files.write(file, text.getBytes(ISO_8859_1));
    assertEquals("entry b1.npy is there twice", refusal(file));
  }

  @Test
  void filesThatAreNoZipOrMissingSaySo() throws IOException {
    Path text = Files.copy(Path.of("pom.xml"), directory.resolve("pom.npz"));
    assertTrue(refusal(text).startsWith("no npz: "));
    assertThrows(NoSuchFileException.class, () -> read(directory.resolve("none.npz")));
  }

  @Test
  void activationsThatDoNotFitAreRefused() {
    FormatException refusal =
        assertThrows(
            FormatException.class,
            () ->
                WeightFile.read(
                    NUMPY.resolve("savez.npz"), Stated.NOTHING.assuming(_ -> sigmoid(3))));
    assertEquals("activations: 2 dense layers need 2 activations, not 3", refusal.getMessage());
  }

  @Test
  void whatIsWrittenIsReadBackAndIsTheSameEachTime() throws IOException {
    for (String widths : new String[] {"2-3-1", "1-1", "3-16-5-17-4"}) {
      Topology topology = Topology.parse(widths, Activation.SIGMOID);
      float[] values = new float[topology.parameterCount()];
      for (int k = 0; k < values.length; k++) {
        values[k] = k / 7f - 3f;
      }
      Parameters parameters = Parameters.of(topology, values);
      byte[] bytes = Npz.write(parameters);
      assertArrayEquals(bytes, Npz.write(parameters));
      assertEquals(parameters, read(Files.write(directory.resolve("w.npz"), bytes)));
    }
  }

  @Test
  void anArrayIsWrittenAsNumpySavesIt() throws IOException {
    byte[] b1 = NpyWriter.write(new TensorPlace("b1", List.of(3), 6, 9, false), XOR);
    byte[] found = Files.readAllBytes(NUMPY.resolve("files/b1.npy"));
    // NumPy leaves room in the header for an array to grow; the rest is the same.
    int values = found.length - 12;
    assertEquals(0, (b1.length - 12) % 64);
    assertArrayEquals(
        Arrays.copyOfRange(found, values, found.length),
        Arrays.copyOfRange(b1, b1.length - 12, b1.length));
    assertEquals(new String(found, 10, 58, ISO_8859_1), new String(b1, 10, 58, ISO_8859_1));
    assertEquals(new String(found, 0, 8, ISO_8859_1), new String(b1, 0, 8, ISO_8859_1));
  }
}
