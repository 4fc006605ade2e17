package dev.switchback.tools.cli.here;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.tools.doctor.Finding;
import dev.switchback.tools.doctor.Row;
import dev.switchback.tools.doctor.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of the doctor, as a table for people and as JSON. */
record DoctorReport(List<Row> rows) {
  private static final int INDENT = 22;
  private static final int TEXT_COLUMNS = 78;

  /**
   * Prints one row below the other. Commands stay on one line, so that they can be copied.
   *
   * @param colour whether verdicts are coloured, for a terminal
   */
  void print(PrintWriter out, boolean colour) {
    for (Row row : rows) {
      Finding finding = row.finding();
      String beginning =
          String.format(Locale.ROOT, "%-6s%-16s", finding.verdict().name(), row.check());
      out.print(colour ? coloured(finding.verdict(), beginning) : beginning);
      out.println(String.join("\n" + " ".repeat(INDENT), wrapped(finding.seen())));
      if (!finding.mend().isEmpty()) {
        out.println(" ".repeat(INDENT) + "-> " + finding.mend());
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
    return count(Verdict.PASS)
        + " passed, "
        + count(Verdict.WARN)
        + " to look at, "
        + count(Verdict.FAIL)
        + " failed, "
        + count(Verdict.SKIP)
        + " not seen or not needed";
  }

  long count(Verdict verdict) {
    return rows.stream().filter(row -> row.finding().verdict() == verdict).count();
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("rows");
    for (Row row : rows) {
      json.writeStartObject();
      json.writeStringField("check", row.check());
      json.writeStringField("verdict", row.finding().verdict().name());
      json.writeStringField("seen", row.finding().seen());
      if (!row.finding().mend().isEmpty()) {
        json.writeStringField("mend", row.finding().mend());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
