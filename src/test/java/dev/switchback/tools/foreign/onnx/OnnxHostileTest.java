package dev.switchback.tools.foreign.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes of nobody knows whom: a network or a {@link FormatException}, nothing else. */
@Timeout(60)
class OnnxHostileTest {
  private static final Path MODELS = Path.of("src/test/resources/onnx");

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(MODELS.resolve(name + ".onnx"));
  }

  /** Whether a network is read; anything but a refusal fails. */
  private static boolean isRead(byte[] file) {
    try {
      Parameters network = Onnx.read(file).parameters();
      return network.topology().parameterCount() > 0;
    } catch (FormatException e) {
      assertTrue(String.valueOf(e.getMessage()).length() < 600, e.getMessage());
      return false;
    }
  }

  @Test
  void aFileCutAnywhereIsRefused() throws IOException {
    for (String name : List.of("scikit_two", "constants")) {
      byte[] whole = bytes(name);
      int graphEnds = 0;
      for (int length = 0; length < whole.length; length++) {
        if (isRead(Arrays.copyOf(whole, length))) {
          graphEnds = graphEnds == 0 ? length : graphEnds;
        }
      }
      // Only what stands behind the graph may be missing: the versions of the operators.
      assertTrue(graphEnds == 0 || graphEnds > whole.length - 40, name + " " + graphEnds);
    }
  }

  @Test
  void noChangeOfBytesDoesMoreThanARefusal() throws IOException {
    SplitMix random = new SplitMix(7);
    int read = 0;
    try (Stream<Path> files = Files.list(MODELS)) {
      for (Path model : files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList()) {
        byte[] whole = Files.readAllBytes(model);
        for (int round = 0; round < 500; round++) {
          byte[] changed = whole.clone();
          for (int k = 0; k <= (random.nextLong() & 3); k++) {
            changed[(int) Long.remainderUnsigned(random.nextLong(), changed.length)] =
                (byte) random.nextLong();
          }
          read += isRead(changed) ? 1 : 0;
        }
      }
    }
    assertTrue(read > 300, "some are still networks: " + read);
  }

  private interface Fields {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static String refusal(byte[] file) {
    return String.valueOf(assertThrows(FormatException.class, () -> Onnx.read(file)).getMessage());
  }

  /** A node of two bytes would take a hundred times as much memory. */
  @Test
  void partsThatTakeMoreMemoryThanBytesAreCounted() throws IOException {
    byte[] graph =
        message(out -> {
          for (int k = 0; k < 1_000_000; k++) {
            out.writeByteArray(1, new byte[0]);
          }
        });
    byte[] file = message(out -> out.writeByteArray(7, graph));
    assertEquals("no network: the model has more than 100000 parts", refusal(file));
  }

  private static byte[] ofTensor(Fields tensor) throws IOException {
    byte[] initialiser = message(tensor);
    byte[] graph = message(out -> out.writeByteArray(5, initialiser));
    return message(out -> out.writeByteArray(7, graph));
  }

  @Test
  void noSizeIsBelievedBeforeTheBytesAreThere() throws IOException {
    byte[] large =
        ofTensor(out -> {
          out.writeInt64(1, Integer.MAX_VALUE);
          out.writeInt64(1, Integer.MAX_VALUE);
          out.writeInt32(2, 1);
          out.writeString(8, "W\u001b[1m");
          out.writeByteArray(9, new byte[4]);
        });
    assertEquals(
        "tensor 'W\\u001b[1m' of shape [2147483647, 2147483647] and type FLOAT has 4 bytes",
        refusal(large));
    byte[] negative = ofTensor(out -> out.writeInt64(1, -1));
    assertEquals("tensor '' has the impossible shape [-1]", refusal(negative));
    byte[] wrongType = ofTensor(out -> out.writeInt64(8, 1));
    assertTrue(refusal(wrongType).contains("field 8 has wire type 0, 2 expected"));
    byte[] beyond = {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
    assertEquals("no ONNX model: cut off or damaged at byte 6 of 6", refusal(beyond));
  }

  @Test
  void otherBytesAreNoModel() {
    assertEquals("no ONNX model: it has no graph", refusal(new byte[0]));
    assertEquals("no ONNX model: cut off or damaged at byte 1 of 200", refusal(new byte[200]));
  }

  /** Its output is its input. */
  @Test
  void aCircleEnds() throws IOException {
    byte[] node =
        message(out -> {
          out.writeString(1, "x");
          out.writeString(2, "x");
          out.writeString(4, "Identity");
        });
    byte[] input = message(out -> out.writeString(1, "x"));
    byte[] graph =
        message(out -> {
          out.writeByteArray(1, node);
          out.writeByteArray(11, input);
        });
    assertEquals(
        "node Identity 'x': its output leads back to it",
        refusal(message(out -> out.writeByteArray(7, graph))));
  }
}
