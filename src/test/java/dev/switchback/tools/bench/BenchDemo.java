package dev.switchback.tools.bench;

import dev.switchback.SystemClock;
import dev.switchback.core.LossCurve;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.tools.bench.BenchView.Answering;
import dev.switchback.tools.bench.BenchView.Learning;
import dev.switchback.tools.bench.BenchView.Network;
import dev.switchback.tools.bench.BenchView.Phase;
import dev.switchback.tools.cli.files.SteepXor;
import dev.switchback.tools.plot.DecisionMap;
import dev.switchback.tools.plot.TerminalStyle;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The bench before a made-up device, for eyes and for {@code BenchTerminalTest}. Words: {@code
 * --ascii}, {@code --crash} (fails at a flip of A), and the number of frames a training takes.
 */
final class BenchDemo {
  private static final int MAX_EPOCHS = 4000;
  private static final float FINAL_SHARPNESS = 8f;

  private final int trainingFrames;
  private int row;
  private final LossCurve losses = new LossCurve();
  private String engine = "float";
  private int frame;

  private BenchDemo(int trainingFrames) {
    this.trainingFrames = trainingFrames;
  }

  public static void main(String[] words) throws IOException {
    List<String> options = Arrays.asList(words);
    TerminalStyle style =
        options.contains("--ascii") ? TerminalStyle.ASCII : TerminalStyle.of(System.getenv());
    int frames = Integer.parseInt(words[words.length - 1]);
    BenchDemo device = new BenchDemo(frames);
    boolean crashes = options.contains("--crash");
    long openNanos = System.nanoTime();
    try (BenchTerminal terminal = new BenchTerminal(style, new SystemClock())) {
      openNanos = System.nanoTime() - openNanos;
      terminal.run(device::view, key -> device.handle(key, crashes));
    }
    System.out.println("demo over, terminal opened in " + openNanos / 1_000_000 + " ms");
  }

  private BenchView view() {
    frame = Math.min(frame + 1, trainingFrames);
    float progress = (float) frame / trainingFrames;
    SteepXor model = new SteepXor(FINAL_SHARPNESS * progress);
    float[] output = new float[1];
    model.infer(new float[] {row >> 1, row & 1}, output);
    float loss = 0.25f * (float) Math.pow(10, -3 * progress * progress);
    if (frame < trainingFrames) {
      losses.add(frame, loss, 0);
    }
    boolean isLearnt = frame == trainingFrames;
    Network network =
        new Network(
            "2-2-1", isLearnt ? "0110" : "0000", isLearnt ? 4 : 2, DecisionMap.of(model, 48));
    return new BenchView(
        TruthTable.XOR,
        "device",
        row,
        output[0] > 0.5f ? 1 : 0,
        0,
        new Answering(network, output[0], engine),
        new Learning(
            network,
            isLearnt ? Phase.LEARNT : Phase.RUNNING,
            "20 epochs/s",
            Math.round(progress * 3280),
            MAX_EPOCHS,
            1,
            1,
            loss,
            losses.points()),
        "simulated board",
        true,
        12345,
        null);
  }

  private void handle(BenchKey key, boolean crashes) {
    switch (key) {
      case BenchKey.Flip(int index) -> {
        if (crashes) {
          throw new IllegalStateException("a crash as ordered");
        }
        row ^= 2 >> index;
      }
      case BenchKey.Command.RETRAIN -> {
        frame = 0;
        losses.begin(0);
      }
      case BenchKey.Command.SWAP_ENGINE -> engine = engine.equals("float") ? "fixed" : "float";
      case BenchKey.Command.PAUSE,
          BenchKey.Command.STEP,
          BenchKey.Command.FASTER,
          BenchKey.Command.SLOWER,
          BenchKey.Command.NEXT_TRUTH,
          BenchKey.Command.NEXT_HIDDEN,
          BenchKey.Command.NEXT_LED,
          BenchKey.Command.TEACH,
          BenchKey.Command.UNTEACH -> {}
      case BenchKey.Command.HELP,
          BenchKey.Command.SUSPEND,
          BenchKey.Command.REPAINT,
          BenchKey.Command.QUIT ->
          throw new AssertionError("the terminal keeps " + key + " to itself");
    }
  }
}
