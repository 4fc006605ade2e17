package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OtherFileTest {
  @TempDir private Path directory;

  private Path file(String name, String bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes.getBytes(ISO_8859_1));
  }

  private static OtherFile other(Path file) throws IOException {
    return Objects.requireNonNull(OtherFile.of(file), file.toString());
  }

  /** In escapes of Java, as the first bytes are not text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "model.h5 | \\211HDF\\r\\n\\32\\n\\0 | a Keras HDF5 file | keras.models.load_model(",
        "a.weights.h5 | \\211HDF\\r\\n\\32\\n\\0 | a file of Keras weights (HDF5) | load_weights(",
        "w.pkl | \\200\\4\\225K\\1\\0\\0\\0\\0\\0\\0\\0} | a Python pickle | pickle.load(open(",
        "w.joblib | \\200\\3csklearn.neural_network | a scikit-learn model (pickle) | coefs_",
        "w.pk0 | (dp0\\nS'W1' | a Python pickle | numpy.savez(",
        "w.pth | \\200\\2\\212\\nl\\374\\234F\\371 j\\250P\\31. | a PyTorch file | torch.load(",
        "m.onnx | version https://git-lfs.github.com/spec/v1 | text | Switchback reads",
        "m.tflite | \\34\\0\\0\\0TFL3\\0\\0\\0\\0 | a TensorFlow Lite model | get_weights(",
        "w.json | {\\\"W1\\\": [[1, 2]]} | JSON | json.load(open(",
        "w.safetensors | {\\\"W1\\\": [[1, 2]]} | JSON | json.load(open(",
        "w.csv | 0.5,-1e-3\\n1,2\\n | text of numbers | delimiter=','",
        "w.txt | 0.5 -1e-3\\n1 nan\\n | text of numbers | numpy.loadtxt(",
        "xor.log.csv | epoch,loss\\n1,0.2\\n | the log of a training | switchback plot ",
        "w.md | # Weights\\n | text | Switchback reads",
        "w.svg | <svg> | XML or HTML | Switchback reads",
        "w.png | \\211PNG\\r\\n\\32\\n | a PNG picture | Switchback reads",
        "w.safetensors.gz | \\37\\213\\b\\0 | a gzip archive | gunzip -k ",
        "w.mat | MATLAB 5.0 MAT-file | a MATLAB file | scipy.io.loadmat(",
        "k.pem | -----BEGIN PRIVATE KEY----- | a key | --sign",
        "w | \\0\\0\\0\\0\\0\\0\\0\\0\\0 | nothing but zeros | power cut",
        "w.bin | \\1\\2\\3\\4\\5\\6\\7\\17\\20 | no weight file | Switchback reads"
      })
  void isNamedForWhatItIs(String name, String bytes, String title, String fix) throws IOException {
    OtherFile other = other(file(name, bytes.translateEscapes()));
    assertEquals(title, other.title());
    assertTrue(other.fix().contains(fix), other.fix());
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void archivesAreToldByWhatIsInThem() throws IOException {
    assertEquals("a PyTorch file", other(zip("m.pt", "m/data.pkl", "m/data/0")).title());
    assertEquals("a PyTorch file", other(zip("m.npz", "archive/data.pkl")).title());
    OtherFile keras = other(zip("m.keras", "metadata.json", "config.json", "model.weights.h5"));
    assertEquals("a Keras model", keras.title());
    assertTrue(keras.fix().contains("numpy.savez('m.npz'"), keras.fix());
    assertEquals(
        "a zip archive without an .npy file, with a\\u001bb in it",
        other(zip("x.zip", "a\033b")).title());
    assertNull(OtherFile.of(zip("w.npz", "W1.npy", "b1.npy")));
  }

  @ParameterizedTest
  @CsvSource({
    "list, '*numpy.load(''FILE'', allow_pickle=True))'",
    "dict, '**numpy.load(''FILE'', allow_pickle=True).item())'"
  })
  void arraysOfObjectsAreNeverUnpickled(String kind, String line) throws IOException {
    Path file = Path.of("src/test/resources/foreign/objects_" + kind + ".npy");
    OtherFile other = other(file);
    assertEquals("an npy file of pickled objects", other.title());
    assertTrue(other.fix().endsWith(line.replace("FILE", file.toString())), other.fix());
  }

  @Test
  void anEmptyFileIsEmpty() throws IOException {
    assertEquals("empty", other(file("w.npz", "")).title());
  }

  @Test
  void namesOfFilesAreQuotedForPython() throws IOException {
    OtherFile other = other(file("it's.json", "{}"));
    assertTrue(other.fix().contains("it\\'s.json'"), other.fix());
    assertTrue(other.fix().contains("numpy.savez('its.npz'"), other.fix());
  }

  @Test
  void textBehindAMarkOfTheByteOrderIsText() throws IOException {
    Path file = Files.write(directory.resolve("w"), "\ufeff {}".getBytes(UTF_8));
    assertEquals("JSON", other(file).title());
    Path cut = Files.write(directory.resolve("v"), ("x" + "ä".repeat(4096)).getBytes(UTF_8));
    assertEquals("text", other(cut).title());
  }

  static Stream<Path> read() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources"))) {
      return files
          .filter(file -> file.toString().matches(".*[.](img|safetensors|npz|npy|onnx|net)"))
          .filter(file -> !file.toString().contains("fuzz"))
          .filter(file -> !file.toString().contains("objects_"))
          .toList()
          .stream();
    }
  }

  /** Whatever is read, or named like it and damaged, is for its reader. */
  @ParameterizedTest
  @MethodSource
  void read(Path file) throws IOException {
    assertNull(OtherFile.of(file));
  }
}
