package dev.switchback.tools;

import dev.switchback.sim.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One run of the command line in this JVM: what it returned and printed. */
public record CommandLineRun(int exitCode, String out, String err) {

  public static CommandLineRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.execute(args, new PrintWriter(out, true), new PrintWriter(err, true));
    return new CommandLineRun(exitCode, out.toString(), err.toString());
  }

  /** Standard output as exactly one JSON object. */
  public Map<String, Object> json() throws IOException {
    return Json.object(out);
  }
}
