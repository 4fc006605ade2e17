package dev.switchback.cli;

/**
 * Where the jar begins. A service that is started in the plain form goes straight to the device,
 * past the command line, whose classes no AOT cache takes; everything else is {@link Main}'s.
 */
public final class Program {
  private Program() {}

  /** Ends the JVM with an {@link ExitCode}, or serves until a signal does. */
  public static void main(String[] args) {
    RunOptions service = ServiceStart.isAsked() ? RunOptions.ofPlain(args) : null;
    if (service == null) {
      Main.main(args);
    } else {
      System.exit(ServiceStart.run(service));
    }
  }
}
