package dev.switchback.device.cable;

import dev.switchback.device.node.Device;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.ByteSink;
import dev.switchback.wire.YmodemReceiver;
import java.util.function.Consumer;

/** Receives an image by YMODEM or XMODEM and stages it. */
final class Load extends Activity {
  private final YmodemReceiver receiver;
  private final Consumer<Runnable> changes;
  private String staged = "";

  /**
   * @param reply receives bytes to send back, at once
   * @param changes runs what changes the device
   */
  Load(Device device, Console console, ByteSink reply, Consumer<Runnable> changes, long nowNanos) {
    super(device, console);
    this.changes = changes;
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
      changes.accept(() -> staged = stage(WeightImage.withoutPadding(receiver.content())));
      end(staged);
    }
  }

  private String stage(byte[] file) {
    try {
      device.stage(file);
      return "loaded, " + file.length + " bytes; 'test' tries it, 'slots' shows it";
    } catch (FormatException | StoreException e) {
      return "not loaded: " + e.getMessage();
    }
  }

  private void end(String text) {
    console.print(text + "\n");
    end();
  }
}
