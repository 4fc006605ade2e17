package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.AnswerRule;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.Safetensors;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a network of the weights in a file: what the file states, else what its user says, else
 * what is assumed. The rules are in {@code src/docs/formats.md}, section 1.
 */
final class Completion {
  private static final String ANSWER = "answer";
  private static final String CODING = "coding";

  private final Map<String, String> metadata;
  private final Stated stated;

  /** The facts that were assumed when the file was written. */
  private final Set<Fact> reopened;

  private final Set<Fact> assumed = EnumSet.noneOf(Fact.class);

  private Completion(Map<String, String> metadata, Stated stated) {
    this.metadata = metadata;
    this.stated = stated;
    this.reopened = Fact.assumedIn(metadata.get(Fact.ASSUMED));
  }

  /**
   * A complete network.
   *
   * @param metadata that of the file, as a file of ours would have it
   */
  record Completed(Parameters parameters, Map<String, String> metadata, Set<Fact> assumed) {}

  /**
   * Completes weights without activations.
   *
   * @throws FormatException naming an option that contradicts the file, or metadata that only an
   *     option can replace
   */
  static Completed of(FoundWeights found, Map<String, String> metadata, Stated stated)
      throws FormatException {
    Completion completion = new Completion(metadata, stated);
    boolean isOpen =
        completion.isReopenedOrientation(found.parameters().topology())
            || (found.isOrientationOpen() && !completion.statesActivations());
    return completion.completed(found.parameters(), isOpen);
  }

  /**
   * Completes a network whose file states activations and orientation.
   *
   * @throws FormatException naming an option that contradicts the file
   */
  static Completed of(Parameters network, Map<String, String> metadata, Stated stated)
      throws FormatException {
    Completion completion = new Completion(metadata, stated);
    Topology topology = network.topology();
    boolean isOrientationOpen = completion.isReopenedOrientation(topology);
    if (stated.isTransposed() != null && !isOrientationOpen) {
      throw contradiction(Fact.ORIENTATION, "the orientation of its weights");
    }
    if (isOrientationOpen || completion.reopened.contains(Fact.ACTIVATIONS)) {
      boolean isTurned = Boolean.TRUE.equals(stated.isTransposed());
      return completion.completed(isTurned ? transposed(network) : network, isOrientationOpen);
    }
    requireSame(topology.activationLabels(), completion.given(topology.layers()));
    return completion.completed(network);
  }

  /** Whether the orientation was assumed when the file was written, and every matrix is square. */
  private boolean isReopenedOrientation(Topology topology) {
    boolean isSquare =
        IntStream.range(0, topology.layers())
            .allMatch(l -> topology.fanIn(l) == topology.fanOut(l));
    return isSquare && reopened.contains(Fact.ORIENTATION);
  }

  /** Whether its metadata name activations as we do; weights of such a file are [in, out]. */
  private boolean statesActivations() {
    String labels = metadata.get(Safetensors.ACTIVATIONS);
    try {
      return labels != null && parsed(labels).length > 0;
    } catch (IllegalArgumentException e) {
      return false; // Reported where they are read.
    }
  }

  private Completed completed(Parameters weights, boolean isOrientationOpen)
      throws FormatException {
    Activation[] activations = activations(weights.topology().layers());
    if (stated.isTransposed() == null && isOrientationOpen) {
      assumed.add(Fact.ORIENTATION);
    }
    return completed(Parameters.of(topology(weights.topology(), activations), weights.toArray()));
  }

  /** Returns a network of square layers with every matrix transposed. */
  private static Parameters transposed(Parameters network) {
    Parameters transposed = network.copy();
    Topology topology = network.topology();
    for (int l = 0; l < topology.layers(); l++) {
      for (int i = 0; i < topology.fanIn(l); i++) {
        for (int j = 0; j < topology.fanOut(l); j++) {
          transposed.set(l, i, j, network.get(l, j, i));
        }
      }
    }
    return transposed;
  }

  private static Topology topology(Topology shape, Activation[] activations)
      throws FormatException {
    int[] widths = new int[shape.layers() + 1];
    Arrays.setAll(widths, shape::width);
    try {
      return new Topology(widths, activations);
    } catch (IllegalArgumentException e) {
      throw new FormatException("activations: " + e.getMessage(), e);
    }
  }

  private Completed completed(Parameters network) throws FormatException {
    Parameters answering = answering(network);
    Coding coding = coding(answering.topology().inputs());
    if (assumed.contains(Fact.ORIENTATION) && !coding.equals(Coding.OF_DEVICES)) {
      // The biases would change by the wrong weights, and nobody could tell later.
      throw new FormatException(
          "with --coding, say whether its weights are [in, out]: --no-transposed, or --transposed");
    }
    Parameters coded = coding.fold(answering);
    Map<String, String> written = new TreeMap<>(metadata);
    written.remove(Fact.ASSUMED);
    if (!assumed.isEmpty()) {
      written.put(Fact.ASSUMED, Fact.joined(assumed));
    }
    if (assumed.contains(Fact.CODING)) {
      written.remove(CODING);
    } else if (!isOwn()) {
      written.put(CODING, Coding.OF_DEVICES.toString());
    }
    return new Completed(coded, written, assumed);
  }

  /** Whether its metadata say what only Switchback writes, so that switches are 0 and 1. */
  private boolean isOwn() {
    return metadata.containsKey(ImageMetadata.LESSON) || metadata.containsKey(ImageMetadata.ENGINE);
  }

  private Activation[] activations(int layers) throws FormatException {
    Activation[] said = given(layers);
    Activation[] own =
        own(Safetensors.ACTIVATIONS, Completion::parsed, Fact.ACTIVATIONS, said != null);
    if (own != null && !reopened.contains(Fact.ACTIVATIONS)) {
      requireSame(joined(own), said);
      return own;
    }
    if (said != null) {
      return said;
    }
    assumed.add(Fact.ACTIVATIONS);
    return own == null ? stated.assumedActivations().apply(layers) : own;
  }

  /** Returns the activations of the user, one per layer; null if there are none. */
  private Activation @Nullable [] given(int layers) {
    return stated.activations() == null
        ? null
        : Activation.ofLayers(layers, stated.activations().toArray(Activation[]::new));
  }

  private static Activation[] parsed(String labels) {
    return Arrays.stream(labels.split(",", -1)).map(Activation::of).toArray(Activation[]::new);
  }

  private static String joined(Activation[] activations) {
    return String.join(
        ",", Arrays.stream(activations).map(Activation::label).toArray(String[]::new));
  }

  private static void requireSame(String own, Activation @Nullable [] said) throws FormatException {
    if (said != null && !joined(said).equals(own)) {
      throw contradiction(Fact.ACTIVATIONS, "activations " + own);
    }
  }

  private static FormatException contradiction(Fact fact, String own) {
    return new FormatException("it states " + own + ": leave out " + fact.option());
  }

  private Parameters answering(Parameters network) throws FormatException {
    Topology topology = network.topology();
    AnswerRule said = stated.answer();
    AnswerRule own = own(ANSWER, AnswerRule::of, Fact.ANSWER, said != null);
    AnswerRule implied = topology.isArgmax() ? AnswerRule.ARGMAX : null;
    AnswerRule known = own == null || reopened.contains(Fact.ANSWER) ? implied : own;
    if (known != null && said != null && said != known) {
      throw new FormatException("it answers by " + known.label() + ": leave out --answer");
    }
    if (known == null && said == null && topology.outputs() > 1) {
      assumed.add(Fact.ANSWER);
    }
    AnswerRule rule = said == null ? known : said;
    if (rule != AnswerRule.ARGMAX || topology.isArgmax()) {
      return network;
    }
    try {
      return Parameters.of(topology.withArgmax(), network.toArray());
    } catch (IllegalArgumentException e) {
      throw new FormatException(String.valueOf(e.getMessage()), e);
    }
  }

  private Coding coding(int inputs) throws FormatException {
    Coding said = stated.coding();
    Coding own = own(CODING, Coding::parse, Fact.CODING, said != null);
    if (own == null && isOwn()) {
      own = Coding.OF_DEVICES;
    }
    if (own != null && !reopened.contains(Fact.CODING)) {
      if (said != null && !said.equals(own)) {
        throw contradiction(Fact.CODING, "that switches are " + own);
      }
      return own;
    }
    if (said == null && inputs <= TruthTable.MAX_INPUTS) {
      assumed.add(Fact.CODING);
    }
    return said == null ? Coding.OF_DEVICES : said;
  }

  /** Parses a metadata value; null if there is none, or if it is unknown and the user says one. */
  private <T> @Nullable T own(String key, Function<String, T> parser, Fact fact, boolean isSaid)
      throws FormatException {
    String text = metadata.get(key);
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      if (isSaid) {
        return null;
      }
      throw new FormatException(
          "metadata '%s' is '%s': %s; or say it with %s"
              .formatted(key, text, e.getMessage(), fact.option()),
          e);
    }
  }
}
