package dev.switchback.tools.doctor;

/**
 * The result of a program.
 *
 * @param hasWorked whether it ran and returned 0
 * @param text its output, or why it could not run
 */
public record ProgramOutput(boolean hasWorked, String text) {

  /** Returns the first line, without surrounding white space. */
  String line() {
    return text.strip().lines().findFirst().orElse("");
  }
}
