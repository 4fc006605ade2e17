package dev.switchback.device.cable;

import dev.switchback.device.config.Key;
import dev.switchback.device.control.Decision;
import dev.switchback.device.node.Device;
import org.jspecify.annotations.Nullable;

/** Prints each switch change until a key comes. */
final class SwitchWatch implements Activity {
  private final Device device;
  private final Console console;
  private @Nullable Decision printed;
  private boolean over;

  SwitchWatch(Device device, Console console) {
    this.device = device;
    this.console = console;
  }

  @Override
  public void key(byte b, long nowNanos) {
    over = true;
  }

  @Override
  public void tick(long nowNanos) {
    Decision now = device.decision();
    if (!now.equals(printed)) {
      console.print(now.text(device.configuration().get(Key.TRUTH).inputs()) + "\n");
      printed = now;
    }
  }

  @Override
  public boolean isOver() {
    return over;
  }
}
