package dev.switchback.device.cable;

import dev.switchback.core.LossText;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingProgress;
import java.util.Locale;

/** Prints how training goes until it ends; a key ends the watching, not the training. */
final class TrainingWatch extends Activity {
  private static final long PERIOD_NANOS = 500_000_000;

  private long nextNanos;

  TrainingWatch(Device device, Console console, long nowNanos) {
    super(device, console);
    this.nextNanos = nowNanos + PERIOD_NANOS;
  }

  @Override
  void key(byte b, long nowNanos) {
    console.print("training goes on; 'status' tells how\n");
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
