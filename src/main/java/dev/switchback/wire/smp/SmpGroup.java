package dev.switchback.wire.smp;

import java.io.IOException;

/** Commands that belong together. Answers on the thread that serves the line. */
public interface SmpGroup {
  /** 0 to 65535. */
  int id();

  /** For clients that list groups. */
  String name();

  /** How many commands it has. */
  int handlers();

  /**
   * Carries a request out.
   *
   * @param answer the open map of the answer, empty
   * @throws SmpException if the answer is an error; what is in {@code answer} is dropped then
   */
  void handle(SmpRequest request, CborWriter answer) throws IOException;
}
