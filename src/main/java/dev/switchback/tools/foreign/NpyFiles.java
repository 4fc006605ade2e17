package dev.switchback.tools.foreign;

import dev.switchback.RegularFile;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.Tensor;
import dev.switchback.format.TensorPlace;
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
import java.util.SequencedMap;

/**
 * Reads and writes a network as a set of files of {@code numpy.save}, one array per file, in one
 * directory, which may contain other files. Their names are built alike: {@code W1.npy}, {@code
 * b1.npy}, ..., perhaps with a prefix as in {@code xor-W1.npy}, or {@code hidden.weight.npy},
 * {@code output.weight.npy}, ...
 */
public final class NpyFiles {
  /** File name suffix of an array, also in an npz. */
  static final String SUFFIX = ".npy";

  private static final int MAX_FILES = 2 * Topology.MAX_LAYERS;

  /** Bytes of values that were read. */
  private int valueBytes;

  private NpyFiles() {}

  /**
   * Reads all files of a network.
   *
   * @param one any of the files
   * @throws FormatException naming the first check that failed
   * @throws IOException if a file cannot be read
   */
  static FoundWeights read(Path one, Stated stated) throws IOException {
    NpyFiles set = new NpyFiles();
    List<ForeignArray> arrays = new ArrayList<>();
    for (Path file : stated.names() == null ? set(one) : listed(one, stated.names())) {
      arrays.add(set.array(file));
    }
    return WeightFinder.find(arrays, stated);
  }

  private ForeignArray array(Path file) throws IOException {
    RegularFile.require(file);
    String name = arrayName(file);
    try (InputStream in = open(file)) {
      NpyHeader header = new NpyReader(name, in).header();
      return new ForeignArray(name, header.type(), header.shape(), () -> tensor(file));
    }
  }

  private Tensor tensor(Path file) throws IOException {
    try (InputStream in = open(file)) {
      Tensor tensor = new NpyReader(arrayName(file), in).read(Npz.MAX_VALUE_BYTES - valueBytes);
      valueBytes += tensor.bytes().capacity();
      return tensor;
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file));
  }

  /** Returns the files that {@code --names} lists, beside this one. */
  private static List<Path> listed(Path one, List<String> names) {
    return names.stream()
        .filter(name -> !name.equals(ArrayLayout.NONE))
        .distinct()
        .map(name -> one.resolveSibling(name + SUFFIX))
        .toList();
  }

  private static List<Path> set(Path one) throws IOException {
    NpyNames names = NpyNames.of(arrayName(one));
    if (names == null) {
      throw new FormatException(
          "file %s: the name of weights or a bias expected, such as W1.npy or 0.weight.npy; or say"
                  .formatted(one.getFileName())
              + " which files form the network, such as --names w0,b0,w1,b1");
    }
    List<Path> files = namedLike(one, names);
    if (files.size() > MAX_FILES) {
      throw new FormatException(
          files.size() + " files of arrays, at most " + MAX_FILES + " expected");
    }
    return files;
  }

  /** Returns the files in the directory of this one that are named so, sorted. */
  private static List<Path> namedLike(Path one, NpyNames names) throws IOException {
    List<Path> files = new ArrayList<>();
    Path directory = one.resolveSibling("").toAbsolutePath();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : all) {
        if (names.equals(NpyNames.of(arrayName(file)))) {
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

  /** Returns the files that are there and would be read together with the first. */
  private static List<Path> existing(Path first) throws IOException {
    NpyNames names = NpyNames.of(arrayName(first));
    return names == null ? List.of() : namedLike(first, names);
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

  private static String arrayName(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
