package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.FloatModel;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that numpy, torch and scikit-learn wrote; see {@code src/test/resources/foreign}. */
class ForeignFilesTest {
  private static final Path FOREIGN = Path.of("src/test/resources/foreign");
  private static final float[] XOR = {
    6.1f, -6.3f, 0.7f, 6.2f, -6.4f, -0.9f, -2.9f, 9.1f, 0.3f, 9.1f, 8.7f, 0.1f, -13.3f
  };
  private static final Stated SIGMOID = Stated.NOTHING.with(List.of(Activation.SIGMOID));

  private static WeightFile read(String name) throws IOException {
    return WeightFile.read(FOREIGN.resolve(name), SIGMOID);
  }

  private static String refusal(String name) {
    return String.valueOf(assertThrows(FormatException.class, () -> read(name)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zero.npz | W0,b0,W1,b1",
        "underscore.npz | W_1,b_1,W_2,b_2",
        "words.npz | weights1,bias1,weights2,bias2",
        "short.npz | wih,bh,who,bo",
        "layers.npz | weights_input_hidden,bias_hidden,weights_hidden_output,bias_output",
        "alternating.npz | arr_0,arr_1,arr_2,arr_3",
        "split.npz | arr_0,arr_2,arr_1,arr_3",
        "alternating_transposed.npz | arr_0,arr_1,arr_2,arr_3",
        "sklearn.npz | arr_0,arr_2,arr_1,arr_3",
        "sklearn_named.npz | coefs_0,intercepts_0,coefs_1,intercepts_1",
        "keras.npz | dense/kernel:0,dense/bias:0,dense_1/kernel:0,dense_1/bias:0",
        "flax.npz | params/Dense_0/kernel,params/Dense_0/bias,params/Dense_1/kernel,"
            + "params/Dense_1/bias",
        "column.npz | W1,b1,W2,b2",
        "transposed.npz | W1,b1,W2,b2",
        "scalar.npz | W1,b1,W2,b2",
        "vector.npz | W1,b1,W2,b2",
        "large.npz | W1,b1,W2,b2",
        "torch_fc.safetensors | fc1.weight,fc1.bias,fc2.weight,fc2.bias",
        "torch_out.safetensors | fc1.weight,fc1.bias,out.weight,out.bias",
        "torch_hidden.safetensors | hidden.weight,hidden.bias,output.weight,output.bias",
        "torch_nested.safetensors | encoder.0.weight,encoder.0.bias,classifier.weight,"
            + "classifier.bias",
        "torch_ten.safetensors | 9.weight,9.bias,10.weight,10.bias",
        "torch_double.safetensors | fc1.weight,fc1.bias,fc2.weight,fc2.bias",
        "keras.safetensors | dense.kernel,dense.bias,dense_1.kernel,dense_1.bias"
      })
  void theNetworkIsReadBitForBit(String name, String names) throws IOException {
    WeightFile file = read(name);
    assertArrayEquals(XOR, file.parameters().toArray());
    assertEquals("2-3-1", file.parameters().topology().toString());
    ArrayLayout layout = Objects.requireNonNull(file.layout());
    assertEquals(List.of(names.split(",", -1)), layout.names());
    boolean isTransposed =
        name.startsWith("torch") || name.contains("column") || name.contains("transposed");
    assertEquals(isTransposed, layout.isTransposed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch_half.safetensors", "torch_bfloat16.safetensors"})
  void shortFloatsAnswerTheSame(String name) throws IOException {
    Parameters parameters = read(name).parameters();
    assertEquals(TruthTable.XOR, TruthTable.answeredBy(new FloatModel(parameters)));
    for (int k = 0; k < XOR.length; k++) {
      assertEquals(XOR[k], parameters.toArray()[k], Math.abs(XOR[k]) / 128);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "bool"})
  void everyTypeOfNumberIsRead(String type) throws IOException {
    for (String order : new String[] {"", "big_"}) {
      assertArrayEquals(
          new float[] {1f, 0f, 1f}, read("type_" + order + type + ".npz").parameters().toArray());
    }
  }

  @Test
  void numbersAreExact() throws IOException {
    assertArrayEquals(
        new float[] {0.099975586f, 65504f, 5.9604645e-8f}, read("half.npz").parameters().toArray());
    assertArrayEquals(
        new float[] {0x1p24f, -0x1p62f, 0x1.000002p63f}, read("exact.npz").parameters().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_bias.npz | no bias for W1 [2, 3], W2 [3, 1]: zero is used",
        "alone.npz | arrays read as weights alone",
        "split.npz | arrays read as all weights and then all biases",
        "torch_last_without_bias.safetensors | no bias for fc2.weight [1, 3]: zero is used",
        "large.npz | not part of the network: loss [1000000], history [], epochs []",
        "short_transposed.npz | weights look transposed: read as [out, in], as their shapes chain"
            + " only so; --transposed states it",
        "column_square.npz | biases are columns, as in W @ x + b: weights read as [out, in];"
            + " --no-transposed reads them as [in, out]"
      })
  void whatIsNotAsUsualIsTold(String name, String note) throws IOException {
    assertTrue(read(name).notes().contains(note), read(name).notes().toString());
  }

  @Test
  void aSquareMatrixIsAssumedToBeInOut() throws IOException {
    WeightFile square = read("square.npz");
    assertTrue(square.assumedLabels().contains("orientation"));
    assertArrayEquals(new float[] {1f, 2f, 3f, 4f, 5f, 6f}, square.parameters().toArray());
    assertEquals("orientation,coding,answer", square.metadata().get("assumed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inexact_i8.npz | tensor W: value 1 is 16777217, which no float is exactly; astype('f4')"
            + " rounds it",
        "inexact_u8.npz | tensor W: value 1 is 18446744073709551615, which no float is exactly;"
            + " astype('f4') rounds it",
        "long_double.npz | array W1 has type <f16 (long double); in Python: W1 = W1.astype('f4')",
        "complex.npz | array W2 has type <c16 (complex); in Python: W2 = W2.real.astype('f4')",
        "text.npz | array b1 has type <U1 (text); in Python: b1 = b1.astype('f4')",
        "dates.npz | array b1 has type <M8[s] (dates); in Python: b1 = b1.astype('f4')",
        "structure.npz | array b2 has type [('x', '<f4')] (a structure); in Python: b2 ="
            + " b2['FIELD'].astype('f4')",
        "objects.npz | coefs [2], intercepts [2]: pickled objects, which are never unpickled, as"
            + " they can run code; in Python: numpy.savez('OUT.npz', *coefs, *intercepts)",
        "tile.npz | bias b1 [4, 3]: one value for each neuron expected; if it repeats them, in"
            + " Python: b1 = b1[:1]",
        "metadata.safetensors | metadata 'activations' is '[\"tanh\", \"sigmoid\"]': unknown"
            + " activation '[\"tanh\"': use sigmoid, tanh, relu, linear or softmax; or say it with"
            + " --activation",
        "torch_ambiguous.safetensors | the arrays are a network in more than one way: --names"
            + " cls.weight,cls.bias,fc.weight,fc.bias or --names"
            + " fc.weight,fc.bias,cls.weight,cls.bias"
      })
  void whatIsNotReadSaysWhatMendsIt(String name, String message) {
    assertEquals(
        message,
        String.valueOf(
            assertThrows(
                    FormatException.class,
                    () -> WeightFile.read(FOREIGN.resolve(name), Stated.NOTHING))
                .getMessage()));
  }

  @ParameterizedTest
  @CsvSource({
    "batchnorm, 1.num_batches_tracked [] belongs to a batch normalisation",
    "layernorm, 1.weight [3] belongs to a layer normalisation",
    "prelu, 1.weight [1] belongs to a PReLU or a normalisation",
    "conv, 'conv.weight [3, 1, 3, 3] belongs to a convolution'",
    "lstm, lstm.bias_hh_l0 [12] belongs to a recurrent layer"
  })
  void layersThatAreLackingAreNamed(String name, String message) {
    String refusal = refusal("torch_" + name + ".safetensors");
    assertTrue(refusal.startsWith(message + ", which Switchback lacks; "), refusal);
  }

  @Test
  void metadataOfPythonAreKept() throws IOException {
    assertEquals("pt", read("torch_fc.safetensors").metadata().get("format"));
    assertEquals("from numpy", read("../safetensors/numpy.safetensors").metadata().get("note"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"torch", "torch_prefix", "numpy"})
  void whatSafetensorsItselfWritesIsRead(String name) throws IOException {
    assertArrayEquals(XOR, read("../safetensors/" + name + ".safetensors").parameters().toArray());
  }

  @Test
  void theNamesAloneTellHowASquareMatrixLies() throws IOException {
    assertArrayEquals(
        new float[] {1f, 2f, 3f, 4f, -2.9f, 9.1f},
        read("../safetensors/square_numpy.safetensors").parameters().toArray());
    assertArrayEquals(
        new float[] {1f, 3f, 2f, 4f, -2.9f, 9.1f},
        read("../safetensors/square_torch.safetensors").parameters().toArray());
  }

  @Test
  void namesOfTwoProgramsAreRefused() {
    assertTrue(
        refusal("../safetensors/both.safetensors").startsWith("weights of two programs: "),
        refusal("../safetensors/both.safetensors"));
  }
}
