package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Loss;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.Samples;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.Trainer;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.core.nn.UpdateRule;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares trained weights bit for bit, so any change to the arithmetic or to the order of sums or
 * draws fails here. The hashes are valid on x86-64 and arm64, in the interpreter and compiled.
 *
 * <p>Each line has the recipe, engine, hidden activation, seed, epochs, restarts and the first 16
 * digits of the SHA-256 of the weights, big-endian, in the documented order.
 */
class GoldenWeightsTest {
  private static final String GOLDEN =
      """
      device float sigmoid 1 47 2 0e6d47d373c94960
      device float sigmoid 2 75 3 2628e9a0e8c6d2a7
      device float sigmoid 3 121 4 59b9d6f798a5acc8
      device float sigmoid 4 112 5 a3947a83f9f8cd0d
      device float tanh 1 80 1 3ac91bdfd747f3fb
      device float tanh 2 37 0 9943bd64f23fb6cd
      device float tanh 3 335 6 2764ae758b5a5992
      device float tanh 4 25 0 9d17b83ef2c0fc48
      device fixed sigmoid 1 47 2 1d728912947b94ba
      device fixed sigmoid 2 75 3 e7975de3a4f828de
      device fixed sigmoid 3 121 4 6a9366569e40e75f
      device fixed sigmoid 4 112 5 b0ba9f25a1fba3e6
      device fixed tanh 1 80 1 312ecad1baf5abd2
      device fixed tanh 2 37 0 cd1d75ccb6d4b9b7
      device fixed tanh 3 339 6 3bcc7fb652434ddc
      device fixed tanh 4 25 0 4f58b44f169cdbe0
      restarting float sigmoid 1 47 2 0e6d47d373c94960
      restarting float sigmoid 2 75 3 2628e9a0e8c6d2a7
      restarting float sigmoid 3 121 4 59b9d6f798a5acc8
      restarting float sigmoid 4 112 5 a3947a83f9f8cd0d
      restarting float tanh 1 30 3 07ab9068e173fe48
      restarting float tanh 2 44 2 9de1dadffff7b9a0
      restarting float tanh 3 57 3 f51ea2aac53a007a
      restarting float tanh 4 12 0 eceae8e7c49776ce
      restarting fixed sigmoid 1 47 2 1d728912947b94ba
      restarting fixed sigmoid 2 75 3 e7975de3a4f828de
      restarting fixed sigmoid 3 121 4 6a9366569e40e75f
      restarting fixed sigmoid 4 112 5 b0ba9f25a1fba3e6
      restarting fixed tanh 1 30 3 6d691bd8244ab4f6
      restarting fixed tanh 2 45 2 41141739a702b93d
      restarting fixed tanh 3 57 3 c0f677c5a497a5cb
      restarting fixed tanh 4 12 0 29f1a018dfc22ec8
      wide float sigmoid 1 200 0 c1f272cdb9ccc42c
      wide float tanh 1 200 0 48a7f60cf576c833
      wide fixed sigmoid 1 200 0 40c61fa925109f2e
      wide fixed tanh 1 200 0 d8ffc5adef8771f8
      one-by-one float sigmoid 1 200 0 6cb7b2be1d7ec14d
      one-by-one float tanh 1 200 0 05f66ed4b04677f5
      one-by-one fixed sigmoid 1 200 0 4560f34db42c2ea6
      one-by-one fixed tanh 1 200 0 ebaf240408eed05b
      online-momentum float sigmoid 1 200 0 d1000297899a39a5
      online-momentum float tanh 1 200 0 74f512afe7131518
      online-momentum fixed sigmoid 1 200 0 ea94ee0638dc3cfb
      online-momentum fixed tanh 1 200 0 e30afcbbab3c48d3
      resilient float sigmoid 1 200 0 f5d4c69e2c52f902
      resilient float tanh 1 200 0 246aa649b550e360
      resilient fixed sigmoid 1 200 0 5c39194c47e7574c
      resilient fixed tanh 1 200 0 94410e07730ba4af
      classes float relu 1 200 0 c63c76a0f8d1b11a
      classes float tanh 1 200 0 598d8ae732c41d63
      classes fixed relu 1 200 0 ce056729cf22d704
      classes fixed tanh 1 200 0 3bc85a74a58aa47b
      numpy-backprop float sigmoid 1 4000 0 f2efc1f2561f207b
      numpy-backprop fixed sigmoid 1 4000 0 0694001a561a6a14
      numerical-gradient float relu 1 5001 0 e1f36d6de3e3ebd0
      numerical-gradient fixed relu 1 5001 0 e1f36d6de3e3ebd0
      online float sigmoid 1 10000 0 20cd51ebcc351d64
      online fixed sigmoid 1 10000 0 6f35a20f70c31713
      online-deep float sigmoid 1 10000 0 32fe5105ff916be4
      online-deep fixed sigmoid 1 10000 0 b05f474ef5b25097
      """;

  static Stream<String> golden() {
    return GOLDEN.lines();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void trainedWeightsKeepTheirBits(String line) throws NoSuchAlgorithmException {
    String[] words = line.split(" ", -1);
    assertEquals(
        line,
        trained(words[0], Engine.of(words[1]), Activation.of(words[2]), Long.parseLong(words[3])));
  }

  private static String trained(String name, Engine engine, Activation hidden, long seed)
      throws NoSuchAlgorithmException {
    Recipe recipe = isSource(name) ? source(name) : recipe(name, hidden);
    Samples samples = Samples.of(TruthTable.XOR, recipe.topology());
    Parameters first =
        recipe.schedule().endsWhenSolved() || isSource(name)
            ? null
            : start(recipe.topology(), seed);
    Trainer trainer = new Trainer(recipe, engine.learner(recipe, samples), seed, first);
    while (trainer.step()) {}
    float[] weights = trainer.result().toArray();
    ByteBuffer bits = ByteBuffer.allocate(Float.BYTES * weights.length);
    for (float weight : weights) {
      bits.putInt(Float.floatToRawIntBits(weight));
    }
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bits.array());
    return String.join(
        " ",
        name,
        engine.label(),
        hidden.label(),
        Long.toString(seed),
        Integer.toString(trainer.epochs()),
        Integer.toString(trainer.restarts()),
        HexFormat.of().formatHex(hash, 0, 8));
  }

  /** Draws weights scaled by the fan-in of their neuron. */
  private static Parameters start(Topology topology, long seed) {
    Parameters start = new Parameters(topology);
    new Start(1f, 0.5f).draw(new SplitMix(seed), start);
    for (int l = 0; l < topology.layers(); l++) {
      float scale = (float) StrictMath.sqrt(2.0 / topology.fanIn(l));
      for (int row = 0; row < topology.fanIn(l); row++) {
        for (int column = 0; column < topology.fanOut(l); column++) {
          start.set(l, row, column, scale * start.get(l, row, column));
        }
      }
    }
    return start;
  }

  private static boolean isSource(String name) {
    return EnumSet.complementOf(EnumSet.of(NamedRecipe.DEVICE)).stream()
        .anyMatch(recipe -> recipe.label().equals(name));
  }

  private static Recipe source(String name) {
    NamedRecipe named = NamedRecipe.of(name);
    return named.recipe(named.topology(TruthTable.XOR), TruthTable.XOR);
  }

  private static Recipe recipe(String name, Activation hidden) {
    Topology narrow = Topology.parse("2-2-1", hidden, Activation.SIGMOID);
    Topology wide = Topology.parse("2-20-1", hidden, Activation.SIGMOID);
    Topology classes = Topology.parse("2-8-2", hidden, Activation.SOFTMAX);
    Recipe.Batch full = Recipe.Batch.FULL;
    return switch (name) {
      case "device" -> NamedRecipe.DEVICE.recipe(narrow, TruthTable.XOR);
      case "restarting" ->
          new Recipe(
              "golden",
              narrow,
              new Start(1.25f, 0f),
              Loss.SQUARED_ERROR,
              full,
              new Recipe.Gradient.Backpropagation(),
              new UpdateRule.GradientDescent(2.8f, 0.965f),
              new Recipe.Schedule(20_000, 0.1f, 97, 4, 0.01f));
      case "wide" -> fixed(wide, Loss.SQUARED_ERROR, full, UpdateRule.GradientDescent.plain(0.5f));
      case "one-by-one" ->
          fixed(
              narrow,
              Loss.SQUARED_ERROR,
              Recipe.Batch.ONLINE,
              UpdateRule.GradientDescent.plain(0.5f));
      case "online-momentum" ->
          fixed(
              narrow,
              Loss.CROSS_ENTROPY,
              Recipe.Batch.ONLINE,
              new UpdateRule.GradientDescent(0.125f, 0.5f));
      case "resilient" -> fixed(narrow, Loss.SQUARED_ERROR, full, new UpdateRule.Resilient(0.1f));
      case "classes" ->
          fixed(classes, Loss.CROSS_ENTROPY, full, new UpdateRule.GradientDescent(0.1f, 0.5f));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Recipe fixed(Topology topology, Loss loss, Recipe.Batch batch, UpdateRule update) {
    return new Recipe(
        "golden",
        topology,
        new Start(1f, 0.5f),
        loss,
        batch,
        new Recipe.Gradient.Backpropagation(),
        update,
        Recipe.Schedule.fixed(200));
  }
}
