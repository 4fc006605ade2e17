package dev.switchback.device.cable;

import dev.switchback.device.node.Device;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.YmodemReceiver;

/** Receives an image by YMODEM or XMODEM and stages it. */
final class Load implements Activity {
  private final Device device;
  private final Console console;
  private final YmodemReceiver receiver;
  private boolean over;

  /**
   * @param reply takes what goes back to the sender, at once
   */
  Load(Device device, Console console, YmodemReceiver.Reply reply, long nowNanos) {
    this.device = device;
    this.console = console;
    this.receiver = new YmodemReceiver(reply, WeightImage.MAX_BYTES, nowNanos);
  }

  /** Whether what comes in now is the sender's alone. */
  boolean isBinary() {
    return receiver.hasBegun();
  }

  @Override
  public void key(byte b, long nowNanos) {
    receiver.receive(b, nowNanos);
    look();
  }

  @Override
  public void tick(long nowNanos) {
    receiver.tick(nowNanos);
    look();
  }

  private void look() {
    if (over || !receiver.isDone()) {
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
    over = true;
    console.print(text + "\n");
  }

  @Override
  public boolean isOver() {
    return over;
  }
}
