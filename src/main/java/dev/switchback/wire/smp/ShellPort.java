package dev.switchback.wire.smp;

import java.util.List;

/** The commands of a shell. */
public interface ShellPort {
  /**
   * Executes a command.
   *
   * @param words at least one
   * @param out receives the output, lines ended by line feeds
   * @return 0 or an error number
   */
  int execute(List<String> words, StringBuilder out);
}
