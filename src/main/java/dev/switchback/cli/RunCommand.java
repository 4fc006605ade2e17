package dev.switchback.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Placeholder while the device is built. */
@Command(name = "run", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return ExitCode.OK;
  }
}
