package dev.switchback.tools.cli.here;

import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.doctor.Finding;
import dev.switchback.tools.doctor.Row;
import dev.switchback.tools.doctor.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The findings of the doctor.
 *
 * @param colour whether verdicts are coloured
 */
record DoctorReport(List<Row> rows, boolean colour) implements Report {
  private static final int INDENT = 22;
  private static final int TEXT_COLUMNS = 78;

  /** Prints one row per check. Commands are not wrapped, so that they can be copied. */
  @Override
  public void print(PrintWriter out) {
    for (Row row : rows) {
      Finding finding = row.finding();
      String beginning =
          String.format(Locale.ROOT, "%-6s%-16s", finding.verdict().name(), row.check());
      out.print(colour ? coloured(finding.verdict(), beginning) : beginning);
      out.println(String.join("\n" + " ".repeat(INDENT), wrapped(finding.seen())));
      if (!finding.fix().isEmpty()) {
        out.println(" ".repeat(INDENT) + "-> " + finding.fix());
      }
    }
    out.println();
    out.println(summary());
  }

  private static String coloured(Verdict verdict, String beginning) {
    int code =
        switch (verdict) {
          case PASS -> 32;
          case WARN -> 33;
          case FAIL -> 31;
          case SKIP -> 2;
        };
    int end = verdict.name().length();
    return "\033[" + code + "m" + beginning.substring(0, end) + "\033[m" + beginning.substring(end);
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    for (String given : text.split("\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : given.split(" ", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > TEXT_COLUMNS) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private String summary() {
    return "%s passed, %s with warnings, %s failed, %s skipped"
        .formatted(
            count(Verdict.PASS), count(Verdict.WARN), count(Verdict.FAIL), count(Verdict.SKIP));
  }

  long count(Verdict verdict) {
    return rows.stream().filter(row -> row.finding().verdict() == verdict).count();
  }

  @Override
  public JsonObject json() {
    return new JsonObject().put("rows", rows.stream().map(DoctorReport::json).toList());
  }

  private static JsonObject json(Row row) {
    Finding finding = row.finding();
    return new JsonObject()
        .put("check", row.check())
        .put("verdict", finding.verdict().name())
        .put("seen", finding.seen())
        .put("mend", finding.fix().isEmpty() ? null : finding.fix());
  }
}
