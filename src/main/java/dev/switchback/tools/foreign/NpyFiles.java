package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.format.FormatException;
import dev.switchback.format.NamedTensors;
import dev.switchback.format.Tensor;
import dev.switchback.format.TensorPlace;
import dev.switchback.format.TorchNames;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes a network as a set of files of {@code numpy.save}, one array per file: {@code
 * W1.npy}, {@code b1.npy}, {@code W2.npy} ... in one directory, or with torch's names. The arrays
 * are those of an {@link Npz}. The names may share a prefix that does not end with a letter or
 * digit, such as {@code xor-W1.npy}. The directory may contain other files.
 */
public final class NpyFiles {
  /** File name suffix of an array, also in an npz. */
  static final String SUFFIX = ".npy";

  /** Prefix and name. */
  private static final Pattern NAME =
      Pattern.compile("((?:.*[^\\p{Alnum}])?)([Wb][1-9][0-9]{0,3})", Pattern.DOTALL);

  private NpyFiles() {}

  /**
   * Reads all files of a network.
   *
   * @param one any of the files
   * @throws FormatException naming the first check that failed
   * @throws IOException if a file cannot be read
   */
  static FoundWeights read(Path one, Stated stated) throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>();
    int prefix = nameOf(one).group(1).length();
    int valueBytes = 0;
    List<Path> files = namedLike(one);
    if (files.size() > NamedTensors.MAX_TENSORS) {
      throw new FormatException(
          files.size() + " files of tensors, at most " + NamedTensors.MAX_TENSORS + " expected");
    }
    for (Path file : files) {
      Tensor tensor = tensor(file, Npz.MAX_VALUE_BYTES - valueBytes);
      valueBytes += tensor.bytes().capacity();
      tensors.put(tensor.name().substring(prefix), tensor);
    }
    return new FoundWeights(
        NamedTensors.of(tensors)
            .parameters(layers -> Activation.ofLayers(layers, Activation.LINEAR)),
        false,
        List.of());
  }

  /** Returns all files whose names have the form and the prefix of this one, sorted. */
  private static List<Path> namedLike(Path one) throws IOException {
    Matcher name = nameOf(one);
    List<Path> files = new ArrayList<>();
    Path directory = one.resolveSibling("").toAbsolutePath();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : all) {
        Matcher other = name.pattern().matcher(tensorName(file));
        if (other.matches() && other.group(1).equals(name.group(1))) {
          files.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(files);
    return files;
  }

  /**
   * Returns the bytes of each file of a network, by name.
   *
   * @param first name of the first array, perhaps with a prefix, which the other files also get
   * @param tensors with {@code .} for a {@code /} in the name of their file
   * @throws FormatException if the name is another one, or if existing files would be read as part
   *     of the network
   * @throws IOException if the directory cannot be read
   */
  static SequencedMap<Path, byte[]> write(
      Path first, Parameters parameters, List<TensorPlace> tensors) throws IOException {
    String firstName = tensors.getFirst().name();
    requireFirst(first, firstName);
    SequencedMap<Path, byte[]> files = new LinkedHashMap<>();
    String name = String.valueOf(first.getFileName());
    String prefix = name.substring(0, name.length() - fileName(firstName).length());
    NpyWriter.arrays(parameters, tensors)
        .forEach(
            (array, bytes) -> files.put(first.resolveSibling(prefix + fileName(array)), bytes));
    for (Path file : existing(first)) {
      Path other = first.resolveSibling(file.getFileName());
      if (!files.containsKey(other)) {
        throw new FormatException(
            other + " is there and would be read as part of the network; move it away");
      }
    }
    return files;
  }

  private static List<Path> existing(Path first) throws IOException {
    return isRead(tensorName(first)) ? namedLike(first) : List.of();
  }

  private static boolean isRead(String name) {
    return NAME.matcher(name).matches() || TorchNames.NAME.matcher(name).matches();
  }

  private static String fileName(String tensor) {
    return tensor.replace('/', '.') + SUFFIX;
  }

  /**
   * Checks the name of a set to be written.
   *
   * @param tensor name of the first array
   * @throws FormatException unless the file has this name, perhaps behind a prefix that ends with
   *     neither letter nor digit
   */
  static void requireFirst(Path file, String tensor) throws FormatException {
    String first = fileName(tensor);
    String name = String.valueOf(file.getFileName());
    int prefix = name.length() - first.length();
    boolean isFirst = name.endsWith(first);
    if (!isFirst || (prefix > 0 && Character.isLetterOrDigit(name.charAt(prefix - 1)))) {
      throw new FormatException(
          "the name of the first file of a set expected, %s or with a prefix as in xor-%s"
              .formatted(first, first));
    }
  }

  private static Matcher nameOf(Path one) throws FormatException {
    String name = tensorName(one);
    for (Pattern names : List.of(NAME, TorchNames.NAME)) {
      Matcher matcher = names.matcher(name);
      if (matcher.matches()) {
        return matcher;
      }
    }
    throw new FormatException(
        "file " + one.getFileName() + ": a tensor's name expected, such as W1.npy or 0.weight.npy");
  }

  private static String tensorName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private static Tensor tensor(Path file, int maxValueBytes) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new NpyReader(tensorName(file), in).read(maxValueBytes);
    }
  }
}
