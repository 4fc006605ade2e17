package dev.switchback.device.cable;

import dev.switchback.device.store.StoreException;
import java.util.List;

/**
 * One command of the shell.
 *
 * @param arguments as shown in the help, such as {@code A B}; empty if the command takes none
 * @param help a description of one line
 * @param act the required permission; STATUS if the command makes its own check
 */
record ShellCommand(String name, String arguments, String help, PeerAccess.Act act, Action action) {
  /** The implementation of a command. */
  interface Action {
    /**
     * Runs the command.
     *
     * @param words the words after the name
     * @param out receives lines, each ended by a line feed
     * @throws ShellException if the arguments are wrong or access is denied
     * @throws StoreException if the device refuses the command or fails
     */
    void run(List<String> words, StringBuilder out) throws ShellException, StoreException;
  }

  String usage() {
    return arguments.isEmpty() ? name : name + " " + arguments;
  }
}
