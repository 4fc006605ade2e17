package dev.switchback.bench;

import java.util.List;
import java.util.Locale;

/** Formats the figures as tables, for a terminal and in Markdown. */
record PeerReport(PeerOptions options, Figures figures, Machine machine) {
  private static final String HEADING =
      String.format(
          Locale.ROOT,
          "%-32s %9s  %-23s %9s %8s  %s%n",
          "work",
          "ours",
          "against",
          "its time",
          "ratio",
          "spread");

  List<Comparison> comparisons() {
    return Comparison.withRivals(figures);
  }

  List<Comparison> limits() {
    return Comparison.withLimits(figures);
  }

  /** Returns the tables for a terminal. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (!comparisons().isEmpty()) {
      text.append(HEADING);
      comparisons().forEach(c -> text.append(line(c, c.rival())));
      text.append('\n');
    }
    text.append(HEADING.replace("against ", "limit   "));
    limits().forEach(c -> text.append(line(c, c.row())));
    text.append("\nours alone, median of the rounds and spread\n");
    for (String row : figures.rows(Figures.OURS)) {
      text.append(String.format(Locale.ROOT, "%-32s %9s  %s%n", row, ours(row), ourSpread(row)));
    }
    options
        .notes()
        .forEach((name, note) -> text.append(name).append(": ").append(note).append('\n'));
    return text.append(subtitle()).append('\n').toString();
  }

  private String line(Comparison c, String against) {
    return String.format(
        Locale.ROOT,
        "%-32s %9s  %-23s %9s %8s  %s%n",
        c.work(),
        ours(c.work()),
        against,
        theirs(c),
        Quantity.digits(c.ratio(figures)),
        spread(c));
  }

  /** Returns the section of the page in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append('\n').append(subtitle()).append(".\n");
    options
        .notes()
        .forEach((name, note) -> text.append(name).append(": ").append(note).append(".\n"));
    text.append("\n![Bars of our time over the rivals'](peers.svg)\n\n");
    text.append("| work | ours | against | its time | ratio | spread |\n");
    text.append("|---|---|---|---|---|---|\n");
    comparisons().forEach(c -> text.append(row(c, c.rival())));
    text.append("\n| work | ours | limit | its time | multiple | spread |\n");
    text.append("|---|---|---|---|---|---|\n");
    limits().forEach(c -> text.append(limitRow(c)));
    return text.append('\n').toString();
  }

  private String row(Comparison c, String against) {
    return "| "
        + String.join(
            " | ",
            c.work(),
            ours(c.work()),
            against,
            theirs(c),
            Quantity.digits(c.ratio(figures)),
            spread(c))
        + " |\n";
  }

  private String limitRow(Comparison c) {
    return "| "
        + String.join(
            " | ",
            c.work(),
            ours(c.work()),
            c.row(),
            theirs(c),
            Quantity.digits(c.ratio(figures)),
            spread(c))
        + " |\n";
  }

  /** Returns date, machine and method of the measurement. */
  String subtitle() {
    return machine.date()
        + ", "
        + machine.processor()
        + ", "
        + machine.kernel()
        + ", "
        + machine.java()
        + "; medians of "
        + options.rounds()
        + " rounds in turns, one processor";
  }

  private String ours(String row) {
    return Quantity.time(figures.median(Figures.OURS, row));
  }

  private String ourSpread(String row) {
    return Quantity.percent(figures.spread(Figures.OURS, row));
  }

  private String theirs(Comparison c) {
    return Quantity.time(figures.median(c.rival(), c.row()));
  }

  /** Returns our spread and the rival's. */
  private String spread(Comparison c) {
    return ourSpread(c.work()) + ", " + Quantity.percent(figures.spread(c.rival(), c.row()));
  }
}
