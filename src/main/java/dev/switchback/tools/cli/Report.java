package dev.switchback.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;

/** The result of a command, as text and as JSON. */
public interface Report {
  /** Prints the result as text. */
  void print(PrintWriter out) throws IOException;

  /** Returns the result as JSON. */
  JsonObject json();
}
