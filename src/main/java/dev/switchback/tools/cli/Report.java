package dev.switchback.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;

/** What a command has to tell, in the two forms that it tells it in. */
public interface Report {
  /** For people. */
  void print(PrintWriter out) throws IOException;

  /** For programs. */
  JsonObject json();
}
