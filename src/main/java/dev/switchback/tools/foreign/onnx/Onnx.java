package dev.switchback.tools.foreign.onnx;

import dev.switchback.core.nn.Parameters;
import dev.switchback.format.FormatException;
import dev.switchback.format.Safetensors;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a network as an ONNX model. What is read and what is written: {@code
 * src/docs/formats.md}, section 5.
 */
public final class Onnx {
  /** Largest file that is read. */
  public static final int MAX_BYTES = 16 << 20;

  private Onnx() {}

  /**
   * A network read from a file.
   *
   * @param metadata that of the model, and the activations of the graph
   * @param notes one sentence each on what was left out
   */
  public record Content(Parameters parameters, Map<String, String> metadata, List<String> notes) {}

  /**
   * Reads a file.
   *
   * @throws FormatException naming the first check that failed
   */
  public static Content read(byte[] file) throws FormatException {
    WireReader in = new WireReader(file);
    try {
      return model(in);
    } catch (FormatException e) {
      throw e;
    } catch (IOException e) {
      throw new FormatException(
          "no ONNX model: cut off or damaged at byte %s of %s"
              .formatted(in.position(), file.length),
          e);
    }
  }

  /** Reads a {@code ModelProto}. */
  private static Content model(WireReader in) throws IOException {
    @Nullable Graph graph = null;
    long opset = 1;
    Map<String, String> metadata = new TreeMap<>();
    while (in.next()) {
      switch (in.field()) {
        case 7 -> graph = Graph.read(in);
        case 8 -> opset = Math.max(opset, opset(in));
        case 14 -> metadata(in, metadata);
        default -> in.skip();
      }
    }
    if (graph == null) {
      throw new FormatException("no ONNX model: it has no graph");
    }
    NetworkLine line = NetworkLine.of(graph, opset);
    Parameters parameters = line.parameters();
    metadata.put(Safetensors.ACTIVATIONS, parameters.topology().activationLabels());
    return new Content(parameters, metadata, line.notes());
  }

  /** Reads an {@code OperatorSetIdProto}; returns 0 for those of others. */
  private static long opset(WireReader in) throws IOException {
    String domain = "";
    long version = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.text();
        case 2 -> version = in.integer();
        default -> in.skip();
      }
    }
    in.leave(outer);
    return domain.isEmpty() || domain.equals(GraphNode.DOMAIN) ? version : 0;
  }

  /** Reads a {@code StringStringEntryProto}. */
  private static void metadata(WireReader in, Map<String, String> metadata) throws IOException {
    String key = "";
    String value = "";
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.text();
        case 2 -> value = in.text();
        default -> in.skip();
      }
    }
    in.leave(outer);
    metadata.put(key, value);
  }

  /**
   * Returns the bytes of a file. The input has the name {@code input}, the output {@code output};
   * both have one row per sample.
   *
   * @param metadata further metadata; activations and answer rule are added as to {@link
   *     Safetensors}
   */
  public static byte[] write(Parameters parameters, Map<String, String> metadata) {
    return new OnnxWriter(parameters, metadata).model();
  }
}
