package dev.switchback.wire.smp;

import java.io.IOException;

/** Commands that belong together. Answers on the thread that serves the line. */
public abstract class SmpGroup {
  private final int id;
  private final String name;
  private final int handlers;

  /**
   * A group.
   *
   * @param id 0 to 65535
   * @param name for clients that list groups
   * @param handlers how many commands it has
   */
  protected SmpGroup(int id, String name, int handlers) {
    this.id = id;
    this.name = name;
    this.handlers = handlers;
  }

  final int id() {
    return id;
  }

  final String name() {
    return name;
  }

  final int handlers() {
    return handlers;
  }

  /**
   * Carries a request out.
   *
   * @param answer the open map of the answer, empty
   * @throws SmpException if the answer is an error; what is in {@code answer} is dropped then
   */
  public abstract void handle(SmpRequest request, CborWriter answer) throws IOException;
}
