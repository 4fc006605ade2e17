package dev.switchback.tools.cli;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.format.FormatException;
import java.io.IOException;

/** Adds the name of the file or option to an error. */
public final class Blame {
  private Blame() {}

  /** Parses or converts the value of a file or an option. */
  public interface Maker<T> {
    T make() throws IOException;
  }

  /**
   * Runs the maker.
   *
   * @throws Refusal beginning with the name, if the content or value is invalid
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
