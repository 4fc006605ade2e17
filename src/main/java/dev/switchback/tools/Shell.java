package dev.switchback.tools;

import java.util.Locale;

/** The shells that complete what is typed. */
enum Shell {
  BASH,
  ZSH,
  FISH;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The shell with this {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Shell of(String label) {
    for (Shell shell : values()) {
      if (shell.label().equals(label)) {
        return shell;
      }
    }
    throw new IllegalArgumentException("unknown shell '" + label + "': use bash, zsh or fish");
  }

  /** A line of the table as this shell has it in a script. */
  String row(String text) {
    return this == FISH
        ? "set -ga __switchback_rows '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        : "  '" + text.replace("'", "'\\''") + "'";
  }
}
