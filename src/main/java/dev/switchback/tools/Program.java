package dev.switchback.tools;

import dev.switchback.device.service.RunOptions;
import dev.switchback.device.service.ServiceStart;
import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * Where the jar begins. A service and an {@code eval} that are started in the plain form go
 * straight to the device and to the network, past the command line, whose classes no AOT cache
 * takes; everything else is {@link Main}'s.
 */
public final class Program {
  private Program() {}

  /** Ends the JVM with an {@code ExitCode}, or serves until a signal does. */
  public static void main(String[] args) {
    RunOptions service = ServiceStart.isAsked() ? RunOptions.ofPlain(args) : null;
    if (service != null) {
      System.exit(ServiceStart.run(service));
    } else if (!EvalStart.isAnswered(writer(System.out), args)) {
      Main.main(args);
    }
  }

  static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
