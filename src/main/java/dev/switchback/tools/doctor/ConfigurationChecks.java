package dev.switchback.tools.doctor;

import dev.switchback.device.board.Wiring;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the configuration file. */
final class ConfigurationChecks {
  private static final String UNIT = "/usr/lib/systemd/system/switchback.service";
  private static final Pattern NAMED = Pattern.compile("(?m)^ExecStart=.* --config (\\S+)");

  /** The original file from the package. */
  private static final String SHIPPED = "/usr/lib/switchback/switchback.properties";

  /** The UART on pins 8 and 10. */
  private static final List<String> UART_LINES = List.of("GPIO14", "GPIO15");

  private ConfigurationChecks() {}

  static Finding file(Subject subject) {
    Machine machine = subject.machine();
    String file = subject.configurationFile();
    if (file == null) {
      String named = namedByUnit(machine);
      return named == null
          ? Finding.pass("no file, so the defaults hold")
          : Finding.fail(
              named + " is missing, and the service does not start without it",
              restored(machine, named));
    }
    if (subject.problem() != null) {
      return Finding.fail(
          subject.problem() + "; the defaults are examined instead", fix(machine, file));
    }
    if (ServiceUser.isOn(machine) && !ServiceUser.mayRead(machine, file)) {
      return Finding.fail(
          ServiceUser.NAME + " may not read " + file + ": a service does not start with it",
          "sudo chmod a+rX " + Path.of(file).getParent() + " " + file);
    }
    return text(subject, file);
  }

  private static Finding text(Subject subject, String file) {
    Machine machine = subject.machine();
    String pins = pinsOfCable(subject);
    if (machine.has(file) && machine.textOrNothing(file).isBlank()) {
      return Finding.warn(
          file + " is empty, so the defaults hold: a power cut may have emptied it",
          restored(machine, file));
    }
    return pins.isEmpty() ? Finding.pass(file) : Finding.warn(pins, "sudoedit " + file);
  }

  private static @Nullable String namedByUnit(Machine machine) {
    Matcher named = NAMED.matcher(machine.textOrNothing(UNIT));
    return named.find() ? named.group(1) : null;
  }

  private static String fix(Machine machine, String file) {
    Path path = machine.file(file);
    if (Files.isRegularFile(path) && !Files.isReadable(path)) {
      return "sudo chmod a+r " + file;
    }
    boolean isText = !machine.has(file) || machine.textOrNothing(file).chars().anyMatch(c -> c > 0);
    return isText ? "sudoedit " + file : restored(machine, file);
  }

  /** Returns the command that restores the file, even if it is not a regular file. */
  private static String restored(Machine machine, String file) {
    return machine.has(SHIPPED)
        ? "sudo install -m 644 " + SHIPPED + " " + file
        : "sudo rm -f " + file + " && sudoedit " + file;
  }

  private static String pinsOfCable(Subject subject) {
    if (subject.configuration().get(Key.BOARD) == BoardChoice.SIM
        || !UartChecks.mayBeOnHeader(subject)) {
      return "";
    }
    List<String> taken = new ArrayList<>();
    for (Wiring.Part part : subject.configuration().wiring().parts()) {
      if (UART_LINES.contains(part.line().toString())) {
        taken.add(part.name() + " is on " + part.line());
      }
    }
    return taken.isEmpty()
        ? ""
        : String.join(", ", taken)
            + ", but GPIO14 and GPIO15 (pins 8 and 10) are the cable's, "
            + subject.configuration().get(Key.PORT);
  }
}
