package dev.switchback.device.cable;

import dev.switchback.device.node.Device;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.Outlet;
import dev.switchback.wire.YmodemReceiver;

/** Receives an image by YMODEM or XMODEM and stages it. */
final class Load extends Activity {
  private final YmodemReceiver receiver;

  /**
   * @param reply takes what goes back to the sender, at once
   */
  Load(Device device, Console console, Outlet reply, long nowNanos) {
    super(device, console);
    this.receiver = new YmodemReceiver(reply, WeightImage.MAX_BYTES, nowNanos);
  }

  /** Whether what comes in now is the sender's alone. */
  boolean isBinary() {
    return receiver.hasBegun();
  }

  @Override
  void key(byte b, long nowNanos) {
    receiver.receive(b, nowNanos);
    look();
  }

  @Override
  void tick(long nowNanos) {
    receiver.tick(nowNanos);
    look();
  }

  private void look() {
    if (isOver() || !receiver.isDone()) {
      return;
    }
    String failure = receiver.failure();
    if (failure != null) {
      end("not loaded: " + failure);
    } else {
      stage(WeightImage.withoutPadding(receiver.content()));
    }
  }

  private void stage(byte[] file) {
    try {
      device.stage(file);
      end("loaded, " + file.length + " bytes; 'test' tries it, 'slots' shows it");
    } catch (FormatException | StoreException e) {
      end("not loaded: " + e.getMessage());
    }
  }

  private void end(String text) {
    console.print(text + "\n");
    end();
  }
}
