package dev.switchback.sim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What starts the classes of this build in a process of their own. */
public final class TestJvm {
  private TestJvm() {}

  /** The program of the JVM that runs the tests. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The class path of this JVM, whoever started it. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * The command that runs the device with the options of Java that are shipped.
   *
   * @param options further ones of Java
   * @param words of the program on the board
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
