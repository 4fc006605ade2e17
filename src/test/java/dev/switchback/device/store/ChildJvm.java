package dev.switchback.device.store;

import dev.switchback.sim.TestJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Commands that run {@link StoreProcess}. */
final class ChildJvm {
  private ChildJvm() {}

  static List<String> command(List<String> prefix, String classPath, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(TestJvm.java());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", classPath));
    command.add(StoreProcess.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
