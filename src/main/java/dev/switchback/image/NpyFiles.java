package dev.switchback.image;

import dev.switchback.nn.Activation;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Topology;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * A network as {@code numpy.save} writes it, one array a file: {@code W1.npy}, {@code b1.npy},
 * {@code W2.npy} ... in one directory, or with torch's names; the arrays are those of an {@link
 * Npz}. Other files may lie beside them.
 */
public final class NpyFiles {
  private static final String SUFFIX = ".npy";
  private static final Pattern NAME = Pattern.compile("[Wb][1-9][0-9]{0,3}");

  private NpyFiles() {}

  /**
   * Reads all files of a network.
   *
   * @param one any of them
   * @param activations those of that many dense layers
   * @throws FormatException naming the first check that failed
   * @throws IOException if a file cannot be read
   */
  public static Parameters read(Path one, IntFunction<Activation[]> activations)
      throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>();
    int valueBytes = 0;
    for (Path file : files(one)) {
      Tensor tensor = tensor(file, Npz.MAX_VALUE_BYTES - valueBytes);
      valueBytes += tensor.bytes().capacity();
      tensors.put(tensor.name(), tensor);
    }
    return NamedTensors.of(tensors).parameters(activations);
  }

  private static List<Path> files(Path one) throws IOException {
    Pattern names = namesLike(one);
    List<Path> files = new ArrayList<>();
    Path directory = one.resolveSibling("").toAbsolutePath();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : all) {
        if (names.matcher(tensorName(file)).matches()) {
          files.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (files.size() > 2 * Topology.MAX_LAYERS) {
      throw new FormatException(
          files.size() + " files of tensors, at most " + 2 * Topology.MAX_LAYERS + " expected");
    }
    return files;
  }

  private static Pattern namesLike(Path one) throws FormatException {
    String name = tensorName(one);
    for (Pattern names : List.of(NAME, TorchNames.NAME)) {
      if (names.matcher(name).matches()) {
        return names;
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
