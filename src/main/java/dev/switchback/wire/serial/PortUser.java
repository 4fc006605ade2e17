package dev.switchback.wire.serial;

import java.nio.file.Path;

/**
 * A process that has a port open.
 *
 * @param program its name
 * @param isConsole whether the port is its controlling terminal, as for a login
 */
public record PortUser(long processId, String program, boolean isConsole) {

  /** Returns how to make the process release the port. */
  public String fix(String path) {
    if (isConsole) {
      return "that is a login console; 'sudo systemctl disable --now serial-getty@"
          + Path.of(path).getFileName()
          + ".service' takes it off the port";
    }
    if (processId == ProcessHandle.current().pid()) {
      return "that is this program itself";
    }
    return "end it, with 'kill " + processId + "' if need be";
  }

  @Override
  public String toString() {
    return program + " (process " + processId + ")";
  }
}
