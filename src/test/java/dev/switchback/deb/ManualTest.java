package dev.switchback.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.tools.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
}
