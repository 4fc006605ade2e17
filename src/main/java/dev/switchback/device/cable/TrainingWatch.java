package dev.switchback.device.cable;

import dev.switchback.core.LossText;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingProgress;
import java.util.Locale;

/** Prints the progress of training until it ends; a key stops the output, not the training. */
final class TrainingWatch extends Activity {
  private static final long PERIOD_NANOS = 500_000_000;

  private long nextNanos;

  TrainingWatch(Device device, Console console, long nowNanos) {
    super(device, console);
    this.nextNanos = nowNanos + PERIOD_NANOS;
  }

  @Override
  void key(byte b, long nowNanos) {
    console.print("training continues; 'status' shows its progress\n");
    end();
  }

  @Override
  void tick(long nowNanos) {
    TrainingProgress now = device.training();
    if (!now.running()) {
      console.print(now.text() + "\n");
      end();
    } else if (nowNanos - nextNanos >= 0) {
      nextNanos = nowNanos + PERIOD_NANOS;
      console.print(
          String.format(
              Locale.ROOT, "epoch %,d, loss %s%n", now.epochs(), LossText.of(now.loss())));
    }
  }
}
