package dev.switchback.tools.doctor;

/**
 * What a program came to.
 *
 * @param hasWorked whether it ran and returned 0
 * @param text what it printed; if it could not be run, why
 */
public record ProgramOutput(boolean hasWorked, String text) {

  /** The first line, without white space around it. */
  String line() {
    return text.strip().lines().findFirst().orElse("");
  }
}
