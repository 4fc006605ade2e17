package dev.switchback.wire.smp;

import java.io.IOException;

/** A group of commands. Runs on the thread that serves the line. */
public abstract class SmpGroup {
  private final int id;
  private final String name;
  private final int handlers;

  /**
   * A group.
   *
   * @param id 0 to 65535
   * @param name shown to clients that list groups
   * @param handlers number of commands
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
   * Handles a request.
   *
   * @param answer the open, empty map of the answer
   * @throws SmpException if the answer is an error; the content of {@code answer} is then discarded
   */
  public abstract void handle(SmpRequest request, CborWriter answer) throws IOException;
}
