package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayNameTest {
  @ParameterizedTest
  @CsvSource({
    "W1, WEIGHTS, w, 1",
    "w_2, WEIGHTS, w, 2",
    "b01, BIAS, b, 1",
    "W, WEIGHTS, w, ''",
    "weights3, WEIGHTS, weights, 3",
    "syn0, WEIGHTS, syn, 0",
    "coefs_0, WEIGHTS, coefs, 0",
    "intercepts_10, BIAS, intercepts, 10",
    "dense/kernel:0, WEIGHTS, kernel, dense",
    "dense_1/bias:0, BIAS, bias, dense 1",
    "params/Dense_0/kernel, WEIGHTS, kernel, params dense 0",
    "net.0.2.weight, WEIGHTS, weight, net 0 2",
    "_orig_mod.fc1.bias, BIAS, bias, orig mod fc 1",
    "b.weight, WEIGHTS, weight, b",
    "hiddenWeights, WEIGHTS, weights, hidden",
    "MLPLayer2Bias, BIAS, bias, mlp layer 2",
    "bias_output, BIAS, bias, output",
    "weights_input_hidden1, WEIGHTS, weights, input hidden 1",
    "wih, WEIGHTS, wih, ih",
    "Who, WEIGHTS, who, ho",
    "Wh2, WEIGHTS, wh, h 2",
    "model.bo, BIAS, bo, model o",
    "W_xh, WEIGHTS, w, xh",
    "loss, OTHER, '', loss",
    "running_mean, OTHER, '', running mean",
    "wishes, OTHER, '', wishes",
    "'', OTHER, '', ''"
  })
  void namesAreWordsAndNumbers(String name, ArrayName.Kind kind, String word, String key) {
    ArrayName read = ArrayName.of(name);
    assertEquals(kind, read.kind());
    assertEquals(word, read.word());
    assertEquals(key, String.join(" ", read.key()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"weight", "0.weight", "fc/weight", "net.fc1.weight"})
  void torchEndsWithWeight(String name) {
    assertTrue(ArrayName.of(name).isTorch());
    assertTrue(ArrayName.of(name).isOfFramework());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fc1_weight", "weights", "fc.weights", "weight1", "fc.kernel"})
  void othersDoNot(String name) {
    assertFalse(ArrayName.of(name).isTorch());
  }

  @Test
  void namesThatAreTooLongAreOfNoNetwork() {
    assertEquals(ArrayName.Kind.OTHER, ArrayName.of("x".repeat(50_000) + ".weight").kind());
  }

  @ParameterizedTest
  @CsvSource({
    "bias_hidden, weights_input_hidden, true",
    "bias_hidden, weights_hidden_output, false",
    "bias_hidden1, weights_input_hidden1, true",
    "bias_hidden2, weights_input_hidden1, false",
    "bh, wih, true",
    "bo, wih, false",
    "b_h, W_ih, true",
    "b, W1, false"
  })
  void aBiasEndsLikeItsWeights(String bias, String weights, boolean isEnd) {
    assertEquals(isEnd, ArrayName.of(bias).isEndOf(ArrayName.of(weights)));
  }

  @Test
  void filesOfASetAreNamedAlike() {
    for (List<String> set :
        List.of(
            List.of("W1", "b1", "W2", "W", "b"),
            List.of("xor-W1", "xor-b2"),
            List.of("wih", "bo", "Who"),
            List.of("weights_input_hidden", "bias_output"),
            List.of("0.weight", "2.bias", "hidden.weight"),
            List.of("xor-0.weight", "xor-out.bias"),
            List.of("l1_W", "l2_b"))) {
      for (String name : set) {
        assertEquals(NpyNames.of(set.getFirst()), NpyNames.of(name), name);
      }
    }
    for (String other : List.of("xor-W1", "old_W1", "weights1", "wih", "0.weight", "W_hidden")) {
      assertNotEquals(NpyNames.of("W1"), NpyNames.of(other), other);
    }
    assertNull(NpyNames.of("loss"));
  }

  @ParameterizedTest
  @CsvSource({
    "input, hidden",
    "hidden, output",
    "input layer, output layer",
    "ih, hh",
    "hh, ho",
    "xh, hy",
    "fc in, fc out"
  })
  void someWordsHaveAPlace(String first, String second) {
    LayerPlace one = LayerPlace.of(List.of(first.split(" ", -1)));
    LayerPlace other = LayerPlace.of(List.of(second.split(" ", -1)));
    assertTrue(one != null && other != null && one.isBefore(other) && !other.isBefore(one));
    assertNull(LayerPlace.of(List.of("encoder", "fc")));
  }
}
