package dev.switchback.tools.doctor;

import java.util.List;
import java.util.function.Function;

/** Runs all checks, in the order in which problems are best fixed. */
public final class Examination {
  private static final List<Check> CHECKS =
      List.of(
          new Check("java", JavaChecks::java),
          new Check("64-bit", JavaChecks::bits),
          new Check("configuration", ConfigurationChecks::file),
          new Check("board", GpioChecks::board),
          new Check("gpio-chip", GpioChecks::chip),
          new Check("gpio-access", GpioChecks::access),
          new Check("gpio-lines", GpioChecks::lines),
          new Check("your-groups", UserChecks::groups),
          new Check("service-user", UserChecks::serviceUser),
          new Check("uart", UartChecks::port),
          new Check("uart-console", UartChecks::console),
          new Check("uart-clock", UartChecks::clock),
          new Check("modem-manager", UartChecks::modemManager),
          new Check("state-mount", StateChecks::mount),
          new Check("free-space", StateChecks::space),
          new Check("sync", StateChecks::sync),
          new Check("weights", StateChecks::weights),
          new Check("watchdog", SystemChecks::watchdog),
          new Check("power", SystemChecks::power),
          new Check("clock", SystemChecks::clock),
          new Check("aot-cache", JavaChecks::cache),
          new Check("service", SystemChecks::service),
          new Check("socket", SocketChecks::socket));

  private record Check(String name, Function<Subject, Finding> function) {}

  private Examination() {}

  /** Returns one row per check; the checks are always the same. */
  public static List<Row> of(Subject subject) {
    return CHECKS.stream()
        .map(check -> new Row(check.name, check.function.apply(subject)))
        .toList();
  }
}
