package dev.switchback.device.cable;

import dev.switchback.device.control.Decision;
import dev.switchback.device.node.Device;
import org.jspecify.annotations.Nullable;

/** Prints each switch change until a key is pressed. */
final class SwitchWatch extends Activity {
  private @Nullable Decision printed;

  SwitchWatch(Device device, Console console) {
    super(device, console);
  }

  @Override
  void key(byte b, long nowNanos) {
    end();
  }

  @Override
  void tick(long nowNanos) {
    Decision now = device.decision();
    if (!now.equals(printed)) {
      console.print(now.text(device.truth()) + "\n");
      printed = now;
    }
  }
}
