package dev.switchback.tools;

import java.util.Locale;

/** Shells that completion supports. */
enum Shell {
  BASH,
  ZSH,
  FISH;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the shell with this {@link #label()}.
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

  /** Returns a table row in the syntax of this shell. */
  String row(String text) {
    return this == FISH
        ? "set -ga __switchback_rows '" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        : "  '" + text.replace("'", "'\\''") + "'";
  }
}
