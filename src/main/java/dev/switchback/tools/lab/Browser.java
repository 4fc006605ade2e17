package dev.switchback.tools.lab;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Locale;

/** The browser of whoever sits at this machine. */
final class Browser {
  private Browser() {}

  /** Opens an address; says so if there is no browser, perhaps later. */
  static void open(String address, PrintWriter err) {
    try {
      Process browser =
          new ProcessBuilder(command(System.getProperty("os.name", ""), address))
              .redirectInput(Redirect.from(nothing()))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      Thread.ofVirtual().start(() -> await(browser, err));
    } catch (IOException e) {
      missing(err);
    }
  }

  private static void await(Process browser, PrintWriter err) {
    try {
      if (browser.waitFor() != 0) {
        missing(err);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static File nothing() {
    boolean isWindows = File.separatorChar == '\\';
    return new File(isWindows ? "NUL" : "/dev/null");
  }

  private static void missing(PrintWriter err) {
    err.println("lab: no browser can be opened here; open the address yourself");
  }

  static List<String> command(String system, String address) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("cmd", "/c", "start", "", address);
    }
    return List.of(name.startsWith("mac") ? "open" : "xdg-open", address);
  }
}
