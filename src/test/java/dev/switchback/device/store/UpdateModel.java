package dev.switchback.device.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The Spin model of {@code weight-store.md}: the rows of a table in a fixed text. */
final class UpdateModel {
  static final Path FILE = Path.of("src/docs/update.pml");

  /** The line before the rows, and the line after them. */
  private static final String DASHES = "/* " + "-".repeat(92) + " */";

  private UpdateModel() {}

  /** Returns the model of a table. */
  static String of(List<Transition> table) throws IOException {
    List<String> parts =
        List.of(Files.readString(FILE).split("(?<=\n) *\\Q" + DASHES + "\\E\n", -1));
    if (parts.size() != 3) {
      throw new IOException(FILE + " has " + (parts.size() - 1) + " lines of dashes, not 2");
    }
    String rows = table.stream().map(UpdateModel::row).collect(Collectors.joining());
    return String.join("  " + DASHES + "\n", parts.getFirst(), rows, parts.getLast());
  }

  private static String row(Transition row) {
    return "  row("
        + String.join(
            ", ",
            row.state().name(),
            row.event().name().toLowerCase(Locale.ROOT),
            row.guard().name(),
            row.next() == null ? "REFUSED" : row.next().name(),
            row.exchanged() ? "EXCHANGED" : "STAY",
            row.unrecorded() ? "DONE" : "NOT_DONE",
            row.step().name())
        + ");\n";
  }
}
