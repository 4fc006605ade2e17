package dev.switchback.device.cable;

import dev.switchback.device.node.Device;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.ByteSink;
import dev.switchback.wire.YmodemReceiver;

/** Receives an image by YMODEM or XMODEM and stages it. */
final class Load extends Activity {
  private final YmodemReceiver receiver;

  /**
   * @param reply receives bytes to send back, at once
   */
  Load(Device device, Console console, ByteSink reply, long nowNanos) {
    super(device, console);
    this.receiver = new YmodemReceiver(reply, WeightImage.MAX_BYTES, nowNanos);
  }

  /** Whether a sender has begun, so that every byte is part of the transfer. */
  boolean isBinary() {
    return receiver.hasBegun();
  }

  @Override
  void key(byte b, long nowNanos) {
    receiver.receive(b, nowNanos);
    finishIfDone();
  }

  @Override
  void tick(long nowNanos) {
    receiver.tick(nowNanos);
    finishIfDone();
  }

  private void finishIfDone() {
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
