package dev.switchback.tools.lab;

import dev.switchback.format.WeightImage;
import org.jspecify.annotations.Nullable;

/** The try that all viewers share, one at a time. Any thread. */
final class Tries implements AutoCloseable {
  private static final String NONE = "null";

  private final Viewers viewers;
  private @Nullable Try present;
  private int runs;

  Tries(Viewers viewers) {
    this.viewers = viewers;
    viewers.state("try", NONE);
  }

  /** Carries out a command; lab.md lists them. */
  synchronized void carryOut(TryCommand command) throws Rejection {
    String what = command.text("do", "");
    switch (what) {
      case "start" -> {
        Try next = new Try(runs + 1, command, state -> viewers.state("try", state));
        end();
        runs++;
        present = next;
        next.start();
      }
      case "end" -> {
        end();
        viewers.state("try", NONE);
      }
      default -> present().pace(what, command);
    }
  }

  private Try present() throws Rejection {
    if (present == null) {
      throw new Rejection(409, "there is no try");
    }
    return present;
  }

  /** Returns the network of the try as an image. */
  synchronized WeightImage image() throws Rejection {
    WeightImage image = present().image();
    if (image == null) {
      throw new Rejection(409, "the try has not learnt its table");
    }
    return image;
  }

  private void end() {
    Try last = present;
    present = null;
    if (last != null) {
      last.close();
    }
  }

  @Override
  public synchronized void close() {
    end();
  }
}
