package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.format.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays by name and shape: {@code W1 2 3} is an array named W1 of shape [2, 3]. */
class WeightFinderTest {
  private static Stated saying(@Nullable Boolean isTransposed, String... names) {
    return new Stated(
        null,
        null,
        null,
        isTransposed,
        names.length == 0 ? null : List.of(names),
        false,
        Stated.NOTHING.assumedActivations());
  }

  private static FoundWeights find(String arrays, @Nullable Boolean isTransposed, String... names)
      throws IOException {
    return WeightFinder.find(ForeignArrays.parse(arrays), saying(isTransposed, names));
  }

  private static String refusal(String arrays, @Nullable Boolean isTransposed, String... names) {
    return String.valueOf(
        assertThrows(FormatException.class, () -> find(arrays, isTransposed, names)).getMessage());
  }

  private static List<String> order(String arrays) throws IOException {
    return find(arrays, null).layout().names();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "W1 2 3, b1 3, W2 3 1, b2 1 | W1,b1,W2,b2",
        "w0 2 3, w1 3 1, b0 3, b1 1 1 | w0,b0,w1,b1",
        "W 2 2, W1 2 1 | W,-,W1,-",
        "kernel 2 2, kernel_1 2 1 | kernel,-,kernel_1,-",
        "W10 2 1, W9 2 2, W8 2 2, W7 2 2, W6 2 2, W5 2 2, W4 2 2, W3 2 2, W2 2 2, W1 2 2 |"
            + " W1,-,W2,-,W3,-,W4,-,W5,-,W6,-,W7,-,W8,-,W9,-,W10,-",
        "dense_10/kernel 2 1, dense/kernel 2 2, dense_1/kernel 2 2 |"
            + " dense/kernel,-,dense_1/kernel,-,dense_10/kernel,-",
        "n.1.weight 1 2, n.0.2.weight 2 2, n.0.0.weight 2 2 |"
            + " n.0.0.weight,-,n.0.2.weight,-,n.1.weight,-",
        "a2.u.weight 2 2, a1.v.weight 4 2, a1.u.weight 2 4, a2.v.weight 1 2 |"
            + " a1.v.weight,-,a1.u.weight,-,a2.u.weight,-,a2.v.weight,-",
        "fc1.out.weight 2 2, fc1.weight 2 2, fc2.weight 1 2 |"
            + " fc1.weight,-,fc1.out.weight,-,fc2.weight,-",
        "head.weight 1 5, body.weight 5 4, body.bias 5, neck.weight 4 2 |"
            + " neck.weight,-,body.weight,body.bias,head.weight,-",
        "output.weight 2 2, hidden.weight 2 2, input.weight 2 2 |"
            + " input.weight,-,hidden.weight,-,output.weight,-",
        "who 2 2, wih 2 2, whh 2 2 | wih,-,whh,-,who,-",
        "Why 2 2, Wxh 2 2, bh 2, by 2 | Wxh,bh,Why,by",
        "w_out 2 1, w_in 2 2, b_out 1 | w_in,-,w_out,b_out",
        "weight 1 2, bias 1 | weight,bias"
      })
  void layersFollowNumbersAndShapes(String arrays, String names) throws IOException {
    assertEquals(List.of(names.split(",", -1)), order(arrays));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "W1 2 3, W2 3 1 | false | false",
        "W1 3 2, W2 1 3 | true | false",
        "W1 2 2 | false | true",
        "W1 2 2, b1 1 2 | false | false",
        "W1 2 2, b1 2 1 | true | false",
        "W1 2 2, b1 2 1, W2 2 2, b2 1 2 | false | false",
        "W1 1 1 | false | false",
        "fc.weight 2 2 | true | false",
        "weight 2 2 | true | false",
        "fc_weight 2 2 | false | true",
        "fc.kernel 2 2 | false | false",
        "coefs_0 2 2 | false | false",
        "arr_0 2 2, arr_1 2 | false | true",
        "fc.weight 2 1, bias 1 | false | false",
        "wih 2 2, who 2 1 | false | false",
        "wih 2 2, who 1 2 | true | false"
      })
  void namesAndShapesTellTheOrientation(String arrays, boolean isTransposed, boolean isOpen)
      throws IOException {
    FoundWeights found = find(arrays.replace(", bias", ", fc.bias"), null);
    assertEquals(isTransposed, found.layout().isTransposed());
    assertEquals(isOpen, found.isOrientationOpen());
  }

  @Test
  void theOptionTurnsWhatTheNamesSay() throws IOException {
    float[] asWritten = {1f, 2f, 3f, 4f, 0f, 0f};
    float[] turned = {1f, 3f, 2f, 4f, 0f, 0f};
    for (String name : new String[] {"W1", "k.kernel", "arr_0"}) {
      assertArrayEquals(asWritten, find(name + " 2 2", null).parameters().toArray());
      assertArrayEquals(asWritten, find(name + " 2 2", false).parameters().toArray());
      assertArrayEquals(turned, find(name + " 2 2", true).parameters().toArray());
      assertFalse(find(name + " 2 2", true).isOrientationOpen());
    }
    assertArrayEquals(turned, find("0.weight 2 2", null).parameters().toArray());
    assertArrayEquals(asWritten, find("0.weight 2 2", true).parameters().toArray());
    assertEquals(
        "read as [out, in], as --transposed says, the shapes do not chain: W1 [2, 3], W2 [3, 1]; if"
            + " others form the network, say them, as in --names W1,-,W2,-",
        refusal("W1 2 3, W2 3 1", true));
    assertEquals(
        "read as [in, out], as --no-transposed says, the shapes do not chain: W1 [3, 2], W2 [1, 3];"
            + " if others form the network, say them, as in --names W1,-,W2,-",
        refusal("W1 3 2, W2 1 3", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "W1 2 3, b1 3 | ",
        "W1 3 2, b1 3 | weights look transposed: read as [out, in], as their shapes chain only so;"
            + " --transposed states it",
        "n.weight 2 3, n.bias 3 | weights look transposed: read as [in, out], as their shapes chain"
            + " only so; --transposed states it",
        "W 2 1 | weights read as [in, out]; --transposed reads them as [out, in], which their shapes"
            + " also allow",
        "W1 2 2, b1 2 1 | biases are columns, as in W @ x + b: weights read as [out, in];"
            + " --no-transposed reads them as [in, out]",
        "arr_0 2 3, arr_1 3 1, arr_2 3, arr_3 1 | arrays read as all weights and then all biases",
        "arr_0 2 3, arr_1 3 1 | arrays read as weights alone",
        "arr_0 2 2, arr_1 1 2, arr_2 2 1, arr_3 1 1 | arrays read as usual; their shapes also allow"
            + " --names arr_0,arr_2,arr_1,arr_3"
      })
  void whatIsNotAsUsualIsTold(String arrays, @Nullable String note) throws IOException {
    List<String> notes = new ArrayList<>(find(arrays, null).notes());
    notes.removeIf(one -> one.startsWith("no bias for "));
    assertEquals(note == null ? List.of() : List.of(note), notes);
  }

  @Test
  void whatIsLeftOutIsNamed() throws IOException {
    assertEquals(
        List.of("no bias for W2 [3, 1]: zero is used", "not part of the network: loss [9], t []"),
        find("W1 2 3, b1 3, W2 3 1, loss 9, t", null).notes());
    StringBuilder many = new StringBuilder("W1 2 1, b1 1");
    for (int k = 0; k < 18; k++) {
      many.append(", x").append(k).append(" 4");
    }
    assertEquals(
        List.of(
            "not part of the network: x0 [4], x1 [4], x2 [4], x3 [4], x4 [4], x5 [4] and 12 more"),
        find(many.toString(), null).notes());
    assertEquals(List.of(), find("k.kernel 2 1", null, "k.kernel", "-").notes());
  }

  @Test
  void aMissingBiasIsZero() throws IOException {
    assertArrayEquals(
        new float[] {1f, 2f, 0f, 1f, 1f}, find("W1 2 1, W2 1 1, b2", null).parameters().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "W1 2 3, b1 3, W2 3, b2 1 | 2-3-1",
        "W1 2 3, b1 3, W2 3, b2 | 2-3-1",
        "W1 3, b1 3, W2 3, b2 1 | 1-3-1",
        "W1 3, b1 3, W2 3 2 | 1-3-2",
        "W 2, b | 2-1",
        "W 1 | 1-1",
        "arr_0 1 3, arr_1 3, arr_2 3 1, arr_3 | 1-3-1"
      })
  void arraysMayHaveFewerDimensions(String arrays, String widths) throws IOException {
    assertEquals(widths, find(arrays, null).parameters().topology().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x 2 3, y 3 | no weights and biases in x [2, 3], y [3]; say which arrays form the network"
            + " with --names, such as --names W1,b1,W2,b2",
        "W1 2 3, W3 3 1 | W2 is missing, found W1 [2, 3], W3 [3, 1]; say which arrays form the"
            + " network with --names, such as --names W1,b1,W2,b2",
        "W2 2 3, W3 3 1 | W1 is missing, found W2 [2, 3], W3 [3, 1]; say which arrays form the"
            + " network with --names, such as --names W1,b1,W2,b2",
        "coefs_1 2 3, coefs_3 3 1 | coefs_2 is missing, found coefs_1 [2, 3], coefs_3 [3, 1]; say"
            + " which arrays form the network with --names, such as --names W1,b1,W2,b2",
        "W1 2 3, w1 3 1 | W1 [2, 3] and w1 [3, 1] are weights of one layer; say which arrays form"
            + " the network with --names, such as --names W1,b1,W2,b2",
        "W1 2 3, b1 3, bias1 3 | b1 [3] and bias1 [3] are biases of one layer; say which arrays"
            + " form the network with --names, such as --names W1,b1,W2,b2",
        "W1 2 3, b1 3, b2 1 | bias b2 [1] has no weights; say which arrays form the network with"
            + " --names, such as --names W1,b1,W2,b2",
        "Wxh 2 2, Wyh 2 2, bh 2 | bias bh [2] fits Wxh [2, 2], Wyh [2, 2]; say which arrays form"
            + " the network with --names, such as --names W1,b1,W2,b2",
        "W1 2 3, b1 3, W2 4 1, b2 1 | the shapes do not chain: W1 [2, 3], b1 [3], W2 [4, 1], b2"
            + " [1]; if others form the network, say them, as in --names W1,b1,W2,b2",
        "W1 2 3, b1 4 | bias b1 [4] fits neither side of weights W1 [2, 3]",
        "W1 2 3, b1 4 3 | bias b1 [4, 3]: one value for each neuron expected; if it repeats them,"
            + " in Python: b1 = b1[:1]",
        "W1 2 3, b1 3 4 | bias b1 [3, 4]: one value for each neuron expected; if it repeats them,"
            + " in Python: b1 = b1[:, :1]",
        "W1 | no weights and biases in W1 []; say which arrays form the network with --names, such"
            + " as --names W1,b1,W2,b2",
        "W1 1 1 1 1 1 1 | weights W1 [1, 1, 1, 1, 1, 1]: two dimensions expected",
        "W1 5000 1 | W1 [5000, 1]: a layer width is 1 to 4096, not 5000",
        "W1 0 1 | W1 [0, 1]: a layer width is 1 to 4096, not 0",
        "W 3 | weights of one dimension may be into one neuron or from one input: W [3]; in Python:"
            + " W1 = W1.reshape(-1, 1), or (1, -1)",
        "0.weight 2 2, W1 2 1 | weights of two programs: 0.weight [2, 2] are torch's, others of"
            + " 0.weight [2, 2], W1 [2, 1] are not; say which arrays form the network with --names,"
            + " such as --names W1,b1,W2,b2",
        "a.weight 2 2, b.weight 2 2 | the arrays are a network in more than one way: --names"
            + " a.weight,-,b.weight,- or --names b.weight,-,a.weight,-",
        "arr_0 2 2, arr_1 2 1, arr_2 1 2, arr_3 1 1 | the arrays are a network in more than one"
            + " way: --names arr_0,arr_1,arr_2,arr_3 or --names arr_0,arr_2,arr_1,arr_3",
        "arr_0 2 3, arr_2 3 1 | arr_1 is missing, found arr_0 [2, 3], arr_2 [3, 1]"
      })
  void whatFormsNoNetworkIsRefused(String arrays, String message) {
    assertEquals(message, refusal(arrays, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv.weight 8 1 3 3, conv.bias 8 | conv.weight [8, 1, 3, 3] belongs to a convolution",
        "a.kernel 2 3, bn.gamma 3, bn.beta 3, bn.moving_mean 3 | bn.moving_mean [3] belongs to a"
            + " batch normalisation",
        "a.kernel 2 3, ln.gamma 3, ln.beta 3 | ln.gamma [3] belongs to a layer normalisation",
        "Dense_0/kernel 2 3, Norm_0/scale 3, Norm_0/bias 3 | Norm_0/scale [3] belongs to a layer"
            + " normalisation",
        "0.weight 2 2, 1.weight 2, 1.bias 2 | 1.weight [2] belongs to a layer normalisation",
        "0.weight 2 2, 1.weight 1 | 1.weight [1] belongs to a PReLU or a normalisation",
        "rnn.weight_ih_l0 4 2, rnn.weight_hh_l0 4 4 | rnn.weight_ih_l0 [4, 2] belongs to a recurrent"
            + " layer",
        "lstm/kernel 2 8, lstm/recurrent_kernel 2 8 | lstm/recurrent_kernel [2, 8] belongs to a"
            + " recurrent layer",
        "Wxh 3 2, Whh 3 3, Why 1 3 | Whh [3, 3] belongs to a recurrent layer"
      })
  void layersThatAreLackingAreRefusedByName(String arrays, String message) {
    String refusal = refusal(arrays, null);
    assertTrue(refusal.startsWith(message + ", which Switchback lacks; "), refusal);
    assertTrue(refusal.endsWith("say which arrays form the network with --names"), refusal);
  }

  @Test
  void numbersAndListsBesideTheWeightsAreExtras() throws IOException {
    assertEquals(
        List.of(
            "not part of the network: weight_decay [], use_bias [], class_weights [2], wx [], box"
                + " [4]"),
        find("W1 2 1, b1 1, weight_decay, use_bias, class_weights 2, wx, box 4", null).notes());
    assertEquals(List.of("wh", "bh", "wout", "bout"), order("wh 2 3, bh 3, wout 3 1, bout 1"));
    assertEquals(
        List.of("weights_ih", "bias_h", "weights_ho", "bias_o"),
        order("weights_ho 1 2, weights_ih 2 2, bias_h 2 1, bias_o 1 1"));
  }

  @Test
  void wordsThatOnlyLookLikeNormalisationAreExtras() throws IOException {
    assertEquals(
        List.of("not part of the network: gamma [], scale [2], x_scale [2]"),
        find("W1 2 1, b1 1, gamma, scale 2, x_scale 2", null).notes());
  }

  @Test
  void namesOfTheUserReplaceThoseOfTheFile() throws IOException {
    String arrays = "foo 2 2, bar 2, W1 9 9, baz 2 1";
    FoundWeights found = find(arrays, null, "foo", "bar", "baz", "-");
    assertEquals("2-2-1", found.parameters().topology().toString());
    assertEquals(List.of("foo", "bar", "baz", "-"), found.layout().names());
    assertEquals(List.of("not part of the network: W1 [9, 9]"), found.notes());
    assertEquals(
        List.of("a.weight", "-", "b.weight", "-"),
        find("a.weight 2 2, b.weight 2 2", null, "a.weight", "-", "b.weight", "-")
            .layout()
            .names());
    assertEquals(
        "--names has 3 names; two for each layer expected, weights and bias, with - for no bias",
        refusal(arrays, null, "foo", "bar", "baz"));
    assertEquals(
        "--names: no array qux, there are foo [2, 2], bar [2], W1 [9, 9], baz [2, 1]",
        refusal(arrays, null, "foo", "qux"));
    assertEquals("--names has foo twice", refusal(arrays, null, "foo", "-", "foo", "-"));
    assertEquals(
        "the shapes do not chain: W1 [9, 9], foo [2, 2], bar [2]; if others form the network, say"
            + " them, as in --names W1,-,foo,bar",
        refusal(arrays, null, "W1", "-", "foo", "bar"));
  }

  @Test
  void ordersAreTriedWithinABound() {
    StringBuilder arrays = new StringBuilder();
    for (char c = 'a'; c < 'q'; c++) {
      // Any order of 15 would have to be tried before it is known that the last fits nowhere.
      arrays.append(c == 'a' ? "" : ", ").append("n").append(c).append(".weight ");
      arrays.append(c == 'p' ? "7 9" : "2 2");
    }
    assertEquals(
        "the layers may stand in too many orders; say theirs with --names, weights and bias of each"
            + " layer",
        refusal(arrays.toString(), null));
    assertTrue(
        refusal(arrays.append(", nq.weight 2 2").toString(), null)
            .startsWith("17 arrays of weights, at most 16 expected; "));
  }
}
