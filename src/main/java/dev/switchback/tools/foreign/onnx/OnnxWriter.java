package dev.switchback.tools.foreign.onnx;

import com.google.protobuf.CodedOutputStream;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.Safetensors;
import dev.switchback.format.TensorPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a network: {@code Gemm} for each layer, then its activation. */
final class OnnxWriter {
  /** Every ONNX runtime since 2021 reads these versions. */
  private static final int IR_VERSION = 8;

  private static final int OPSET = 13;

  private static final String INPUT = "input";
  private static final String OUTPUT = "output";

  /** Values of {@code AttributeProto.type}. */
  private static final int INTEGER = 2;

  private final Parameters parameters;
  private final Topology topology;
  private final Map<String, String> metadata;

  OnnxWriter(Parameters parameters, Map<String, String> metadata) {
    this.parameters = parameters;
    this.topology = parameters.topology();
    this.metadata = Safetensors.metadata(topology, metadata);
  }

  /** Writes the fields of a message. */
  private interface Fields {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] bytes(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.to(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void message(CodedOutputStream out, int field, Fields fields) throws IOException {
    out.writeByteArray(field, bytes(fields));
  }

  /** Returns a {@code ModelProto}. */
  byte[] model() {
    return bytes(out -> {
      out.writeInt64(1, IR_VERSION);
      out.writeString(2, "switchback");
      String version = version();
      if (version != null) {
        out.writeString(3, version);
      }
      message(out, 7, this::graph);
      message(
          out,
          8,
          opset -> {
            opset.writeString(1, "");
            opset.writeInt64(2, OPSET);
          });
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        message(
            out,
            14,
            pair -> {
              pair.writeString(1, entry.getKey());
              pair.writeString(2, entry.getValue());
            });
      }
    });
  }

  /** Returns the version of this program; null if it is not packed. */
  private static @Nullable String version() {
    return OnnxWriter.class.getPackage().getImplementationVersion();
  }

  private void graph(CodedOutputStream out) throws IOException {
    String value = INPUT;
    for (int l = 0; l < topology.layers(); l++) {
      value = layer(out, l, value);
    }
    out.writeString(2, "network");
    float[] values = parameters.toArray();
    for (TensorPlace tensor : TensorPlace.of(topology)) {
      message(out, 5, fields -> tensor(fields, tensor, values));
    }
    message(out, 11, fields -> matrix(fields, INPUT, topology.inputs()));
    message(out, 12, fields -> matrix(fields, OUTPUT, topology.outputs()));
  }

  /** Writes the nodes of a layer, and returns the name of its output. */
  private String layer(CodedOutputStream out, int l, String input) throws IOException {
    String number = String.valueOf(l + 1);
    Activation activation = topology.activation(l);
    boolean isLinear = activation == Activation.LINEAR;
    String end = l == topology.layers() - 1 ? OUTPUT : "a" + number;
    String sum = isLinear ? end : "z" + number;
    message(
        out,
        1,
        node -> {
          node.writeString(1, input);
          node.writeString(1, "W" + number);
          node.writeString(1, "b" + number);
          node.writeString(2, sum);
          node.writeString(3, "layer" + number);
          node.writeString(4, "Gemm");
        });
    if (!isLinear) {
      message(
          out,
          1,
          node -> {
            node.writeString(1, sum);
            node.writeString(2, end);
            node.writeString(3, "activation" + number);
            node.writeString(4, operator(activation));
            if (activation == Activation.SOFTMAX) {
              message(node, 5, OnnxWriter::lastAxis);
            }
          });
    }
    return end;
  }

  private static String operator(Activation activation) {
    return switch (activation) {
      case SIGMOID -> "Sigmoid";
      case TANH -> "Tanh";
      case RELU -> "Relu";
      case SOFTMAX -> "Softmax";
      case LINEAR -> "Identity";
    };
  }

  private static void lastAxis(CodedOutputStream attribute) throws IOException {
    attribute.writeString(1, "axis");
    attribute.writeInt64(3, -1);
    attribute.writeInt32(20, INTEGER);
  }

  /** Writes a {@code TensorProto}. */
  private static void tensor(CodedOutputStream out, TensorPlace tensor, float[] values)
      throws IOException {
    ByteBuffer raw =
        ByteBuffer.allocate(Float.BYTES * (tensor.to() - tensor.from()))
            .order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values, tensor.from(), tensor.to() - tensor.from());
    for (int size : tensor.shape()) {
      out.writeInt64(1, size);
    }
    out.writeInt32(2, NumberType.FLOAT.code());
    out.writeString(8, tensor.name());
    out.writeByteArray(9, raw.array());
  }

  /** Writes a {@code ValueInfoProto}: floats, a row of {@code width} for each sample of a batch. */
  private static void matrix(CodedOutputStream out, String name, int width) throws IOException {
    out.writeString(1, name);
    message(
        out,
        2,
        type ->
            message(
                type,
                1,
                tensor -> {
                  tensor.writeInt32(1, NumberType.FLOAT.code());
                  message(
                      tensor,
                      2,
                      shape -> {
                        message(shape, 1, batch -> batch.writeString(2, "batch"));
                        message(shape, 1, row -> row.writeInt64(1, width));
                      });
                }));
  }
}
