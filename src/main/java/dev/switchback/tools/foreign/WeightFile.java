package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.RegularFile;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.Safetensors;
import dev.switchback.format.TensorPlace;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.foreign.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a weight file of any format.
 *
 * @param metadata those to write with the network; empty if there are none
 * @param image the weight image, or null for other formats
 * @param layout the arrays that hold the network, or null for formats without named arrays
 * @param assumed the facts that neither the file nor its user states
 * @param notes one sentence each on what was left out or read in another way than usual
 */
public record WeightFile(
    WeightFormat format,
    Parameters parameters,
    Map<String, String> metadata,
    @Nullable WeightImage image,
    @Nullable ArrayLayout layout,
    Set<Fact> assumed,
    List<String> notes) {
  /** Larger than any supported network of eight inputs. */
  public static final int MAX_BYTES = 1 << 30;

  /** Default version of an image. */
  public static final ImageVersion FIRST_VERSION = new ImageVersion(0, 1, 0, 0);

  /** Names of first arrays are the same for all networks. */
  private static final Topology ONE_LAYER = Topology.parse("1-1", Activation.LINEAR);

  private WeightFile(
      WeightFormat format,
      Completion.Completed completed,
      @Nullable ArrayLayout layout,
      List<String> notes) {
    this(
        format,
        completed.parameters(),
        completed.metadata(),
        null,
        layout,
        completed.assumed(),
        notes);
  }

  /** Returns a network that was made here, and assumes nothing. */
  public static WeightFile of(Parameters parameters, Map<String, String> metadata) {
    return new WeightFile(
        WeightFormat.SAFETENSORS, parameters, metadata, null, null, Set.of(), List.of());
  }

  /** Returns the content of an image. */
  public static WeightFile of(WeightImage image) {
    return new WeightFile(
        WeightFormat.IMAGE,
        image.parameters(),
        image.metadata(),
        image,
        null,
        Fact.assumedIn(image.metadata().get(Fact.ASSUMED)),
        List.of());
  }

  /**
   * Reads a file. The name or the first bytes select the format; the default is safetensors.
   *
   * @param file a file, or any file of an npy set
   * @throws FormatException naming the first check that failed
   * @throws IOException if it cannot be read
   */
  public static WeightFile read(Path file, Stated stated) throws IOException {
    WeightFormat format = WeightFormat.of(file);
    if (format != WeightFormat.C_HEADER) {
      RegularFile.require(file);
    }
    requireUse(format, stated);
    return switch (format) {
      case IMAGE ->
          ofImage(WeightImage.read(RegularFile.start(file, WeightImage.MAX_BYTES + 1)), stated);
      case SAFETENSORS -> ofSafetensors(RegularFile.read(file, MAX_BYTES), stated);
      case NPZ -> found(format, Npz.read(file, stated), Map.of(), stated);
      case NPY -> found(format, NpyFiles.read(file, stated), Map.of(), stated);
      case ONNX -> ofOnnx(RegularFile.read(file, Onnx.MAX_BYTES), stated);
      case FANN -> {
        FannNetwork network = Fann.read(RegularFile.read(file, Fann.MAX_BYTES), stated.isSmooth());
        yield new WeightFile(
            format, Completion.of(network.parameters(), Map.of(), stated), null, network.notes());
      }
      case C_HEADER -> throw new FormatException("a C header is written, never read");
    };
  }

  /** Refuses what a user says in vain. */
  private static void requireUse(WeightFormat format, Stated stated) throws FormatException {
    if (stated.names() != null && !format.hasNames()) {
      throw new FormatException(format.title() + " has no names of arrays: leave out --names");
    }
    if (stated.isSmooth() && format != WeightFormat.FANN) {
      throw new FormatException(
          format.title() + " has no stepwise activations: leave out --smooth");
    }
  }

  /**
   * Reads the bytes of a safetensors file of any program.
   *
   * @throws FormatException naming the first check that failed
   */
  public static WeightFile ofSafetensors(byte[] file, Stated stated) throws IOException {
    Safetensors.Opened opened = Safetensors.open(file);
    List<ForeignArray> arrays = opened.tensors().stream().map(ForeignArray::of).toList();
    return found(
        WeightFormat.SAFETENSORS, WeightFinder.find(arrays, stated), opened.metadata(), stated);
  }

  private static WeightFile ofOnnx(byte[] file, Stated stated) throws FormatException {
    Onnx.Content content = Onnx.read(file);
    Completion.Completed completed =
        Completion.of(content.parameters(), content.metadata(), stated);
    return new WeightFile(WeightFormat.ONNX, completed, null, content.notes());
  }

  private static WeightFile found(
      WeightFormat format, FoundWeights found, Map<String, String> metadata, Stated stated)
      throws FormatException {
    return new WeightFile(
        format, Completion.of(found, metadata, stated), found.layout(), found.notes());
  }

  /** Returns an image unchanged, or a new one if its user says what it assumed. */
  private static WeightFile ofImage(WeightImage image, Stated stated) throws FormatException {
    Completion.Completed completed = Completion.of(image.parameters(), image.metadata(), stated);
    WeightFile unchanged = of(image);
    if (completed.assumed().equals(unchanged.assumed)) {
      return unchanged;
    }
    return of(
        WeightImage.of(
            image.version(), completed.parameters(), image.engine(), completed.metadata()));
  }

  /**
   * Returns a line on what was assumed, which begins with a clause for each fact; null if nothing
   * was.
   */
  private @Nullable String assumption() {
    return assumed.isEmpty()
        ? null
        : "assumed, as the file does not say: "
            + assumed.stream()
                .map(fact -> assumption(fact) + " (" + fact.option() + ")")
                .collect(Collectors.joining("; "));
  }

  /** Returns the names of the facts that were assumed, as in the metadata. */
  public List<String> assumedLabels() {
    return assumed.stream().map(Fact::label).toList();
  }

  /** Returns the assumption and the notes, one sentence each. */
  public List<String> warnings() {
    String assumption = assumption();
    return assumption == null
        ? notes
        : Stream.concat(Stream.of(assumption), notes.stream()).toList();
  }

  private String assumption(Fact fact) {
    Topology topology = parameters.topology();
    return switch (fact) {
      case ACTIVATIONS -> "activations " + topology.activationLabels();
      case ORIENTATION -> "weights [in, out]";
      case CODING -> "switches " + Coding.OF_DEVICES;
      case ANSWER -> topology.isArgmax() ? "the larger output answers" : "an LED for each output";
    };
  }

  /** Returns the version of the image, or {@link #FIRST_VERSION} for other formats. */
  public ImageVersion version() {
    return image == null ? FIRST_VERSION : image.version();
  }

  /**
   * Returns the engine that the metadata names, or float if it names none.
   *
   * @throws FormatException if it names an unknown engine
   */
  public Engine engine() throws FormatException {
    try {
      return Engine.of(metadata.getOrDefault(ImageMetadata.ENGINE, Engine.FLOAT.label()));
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          "metadata '" + ImageMetadata.ENGINE + "': " + String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Returns the network in a format.
   *
   * @param to a format that is written
   * @param out file to be written; for an npy set the name of its first array
   * @param layoutName names and orientation, if the format leaves the choice
   * @return the bytes of the file, or of each file of a set, by name
   * @throws FormatException if the name is not that of a first array, or if existing files would be
   *     read as part of the set
   * @throws IOException if the directory of a set cannot be read
   * @throws IllegalArgumentException if the format cannot store the network; only {@link
   *     WeightImage#of}, which needs more data, makes an image of a network
   */
  public Map<Path, byte[]> writtenTo(Path out, WeightFormat to, LayoutName layoutName)
      throws IOException {
    List<TensorPlace> arrays = layout(layoutName).of(parameters);
    return switch (to) {
      case IMAGE -> Map.of(out, requireImage().bytes());
      case SAFETENSORS -> Map.of(out, Safetensors.write(parameters, metadata, arrays));
      case NPZ -> Map.of(out, Npz.write(parameters, arrays));
      case NPY -> NpyFiles.write(out, parameters, arrays);
      case ONNX -> Map.of(out, Onnx.write(parameters, metadata));
      case C_HEADER ->
          Map.of(
              out,
              CHeader.of(parameters, image == null ? null : image.version()).getBytes(US_ASCII));
      case FANN -> throw new IllegalStateException("FANN's format is never written");
    };
  }

  private ArrayLayout layout(LayoutName name) {
    if (name != LayoutName.SAME) {
      return name.of(parameters.topology());
    }
    if (layout == null) {
      throw new IllegalArgumentException(
          format.title() + " has no names of arrays to keep: choose numpy, torch or keras");
    }
    return layout;
  }

  private WeightImage requireImage() {
    if (image == null) {
      throw new IllegalArgumentException("an image expected, found " + format.title());
    }
    return image;
  }

  /**
   * Returns the format of a file to be written.
   *
   * @throws FormatException if the name has no writable format
   */
  public static WeightFormat writable(Path out, LayoutName layout) throws FormatException {
    WeightFormat format = WeightFormat.named(out);
    if (format == null || !format.isWritten()) {
      throw new FormatException("a name in .img, .safetensors, .npz, .npy, .onnx or .h expected");
    }
    if (format == WeightFormat.NPY && layout != LayoutName.SAME) {
      NpyFiles.requireFirst(out, layout.of(ONE_LAYER).names().getFirst());
    }
    return format;
  }
}
