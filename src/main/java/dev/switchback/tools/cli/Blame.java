package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.format.FormatException;
import java.io.IOException;

/** Names the file or the option that something is wrong with. */
public final class Blame {
  private Blame() {}

  /** What makes something of a file or an option. */
  public interface Maker<T> {
    T make() throws IOException;
  }

  /**
   * Makes it.
   *
   * @throws Refusal beginning with the name, if what it says cannot be taken
   * @throws IOException if it cannot be read
   */
  public static <T> T on(Object name, Maker<T> maker) throws Refusal, IOException {
    try {
      return maker.make();
    } catch (FormatException | IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, name + ": " + e.getMessage(), e);
    }
  }
}
