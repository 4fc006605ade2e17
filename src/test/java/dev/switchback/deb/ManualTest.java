package dev.switchback.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.ExitCode;
import dev.switchback.tools.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The manual page and the program know the same commands. */
class ManualTest {
  private static Set<String> inTheManual() throws IOException {
    String page = Files.readString(Path.of("src/deb/switchback.1"));
    String commands = page.substring(page.indexOf(".SH COMMANDS"), page.indexOf(".SH EXIT STATUS"));
    Matcher entries = Pattern.compile("^\\.TP\n\\.B (\\w+)$", Pattern.MULTILINE).matcher(commands);
    Set<String> names = new TreeSet<>();
    while (entries.find()) {
      names.add(entries.group(1));
    }
    return names;
  }

  @Test
  void everyCommandIsThereAndNoOther() throws IOException {
    assertEquals(
        new TreeSet<>(new CommandLine(new Main()).getHelp().subcommands().keySet()), inTheManual());
  }

  private static String exitCodes(String form) {
    return Arrays.stream(ExitCode.values())
        .map(code -> form.formatted(code.code(), code.meaning()))
        .collect(Collectors.joining());
  }

  @Test
  void exitCodesAreThoseOfTheProgram() throws IOException {
    String page = Files.readString(Path.of("src/deb/switchback.1"));
    String table = page.substring(page.indexOf(".SH EXIT STATUS"), page.indexOf(".SH ENVIRONMENT"));
    assertEquals(
        ".SH EXIT STATUS\n.TS\nr l.\n" + exitCodes("%d\t%s\n").replace("-", "\\-") + ".TE\n",
        table);
    String readme = Files.readString(Path.of("src/docs/commands.md"));
    String section = readme.substring(readme.indexOf("## Exit codes"));
    assertEquals(
        "## Exit codes\n\n| code | means |\n|---|---|\n" + exitCodes("| %d | %s |\n"),
        section.substring(0, section.indexOf("\n\n", section.indexOf("|")) + 1));
  }

  /** What scripts of others rely on. */
  @Test
  void exitCodesStayWhatTheyAre() {
    assertEquals(
        "OK 0, INTERNAL 1, USAGE 2, NO_DEVICE 3, PERMISSION 4, BUSY 5, NO_REPLY 6, PROTOCOL 7,"
            + " REFUSED 8, ROLLED_BACK 9, FAULT_FOUND 10, INTERRUPTED 130",
        Arrays.stream(ExitCode.values())
            .map(code -> code + " " + code.code())
            .collect(Collectors.joining(", ")));
  }
}
