package dev.switchback.device.cable;

import dev.switchback.device.store.StoreException;
import java.util.List;

/**
 * One command of the shell.
 *
 * @param arguments for people, such as {@code A B}; empty: it takes none, and is given none
 * @param help one line
 * @param act what it must be allowed; one that decides itself is TELL
 */
record ShellCommand(
    String name, String arguments, String help, CableAccess.Act act, Action action) {
  /** What it does with the words behind its name. */
  interface Action {
    /**
     * Does it.
     *
     * @param out takes lines, each ended by a line feed
     * @throws ShellException if it cannot be done
     * @throws StoreException if the device does not do it
     */
    void run(List<String> words, StringBuilder out) throws ShellException, StoreException;
  }

  String usage() {
    return arguments.isEmpty() ? name : name + " " + arguments;
  }
}
