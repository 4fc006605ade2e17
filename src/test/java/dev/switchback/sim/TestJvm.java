package dev.switchback.sim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that run the classes of this build in a separate process. */
public final class TestJvm {
  private TestJvm() {}

  /** Returns the path of the java program that runs the tests. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns the class path of this JVM. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * Returns the command that runs the device with the packaged JVM options.
   *
   * @param options further JVM options
   * @param words arguments of the device program
   */
  public static List<String> device(List<String> options, List<String> words) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(java(), "@device-config/jvm.options", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "dev.switchback.device.Main"));
    command.addAll(words);
    return command;
  }
}
