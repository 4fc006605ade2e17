package dev.switchback.tools;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Help that breaks lines only between words; picocli may split {@code output=0.9731}. */
final class HelpText extends Help {
  static final int COLUMNS = 80;

  /** Wider than the longest paragraph. */
  private static final int UNBROKEN_COLUMNS = 10_000;

  private static final Pattern COLOUR = Pattern.compile("\033\\[[0-9;]*m");

  /** Text that ends in an option, such as {@code --state-dir} of {@code --state-dir DIR}. */
  private static final Pattern OPTION = Pattern.compile(".*(?:^|[ (\\[])--?[a-z-]+");

  private static final Pattern VALUE = Pattern.compile("[A-Z]+\\b.*");

  HelpText(CommandSpec spec, ColorScheme colours) {
    super(spec, colours);
  }

  private interface Section {
    String text();
  }

  @Override
  public String synopsis(int headingLength) {
    int indent = headingLength + commandSpec().qualifiedName().length() + 1;
    String heading = " ".repeat(headingLength);
    return wrapped(heading + unbroken(() -> super.synopsis(headingLength)), indent)
        .substring(headingLength);
  }

  @Override
  public String description(Object... parameters) {
    return wrapped(unbroken(() -> super.description(parameters)), 0);
  }

  @Override
  public String footer(Object... parameters) {
    return wrapped(unbroken(() -> super.footer(parameters)), 0);
  }

  private String unbroken(Section section) {
    UsageMessageSpec message = commandSpec().usageMessage();
    int columns = message.width();
    message.width(UNBROKEN_COLUMNS);
    try {
      return section.text();
    } finally {
      message.width(columns);
    }
  }

  private static String wrapped(String text, int indent) {
    StringBuilder wrapped = new StringBuilder();
    text.lines()
        .forEach(line -> {
          String rest = line;
          for (int end = end(rest, COLUMNS); end < rest.length(); end = end(rest, COLUMNS)) {
            wrapped.append(rest, 0, end).append('\n');
            rest = " ".repeat(indent) + rest.substring(end).stripLeading();
          }
          wrapped.append(rest).append('\n');
        });
    return wrapped.toString();
  }

  /** Returns where to break a text, colour codes included, so that only whole words fit. */
  private static int end(String text, int columns) {
    if (COLOUR.matcher(text).replaceAll("").length() <= columns) {
      return text.length();
    }
    int last = 0;
    for (int i = text.indexOf(' ', indentOf(text)); i >= 0; i = text.indexOf(' ', i + 1)) {
      String before = COLOUR.matcher(text.substring(0, i)).replaceAll("");
      boolean isOption =
          OPTION.matcher(before).matches() && VALUE.matcher(text.substring(i + 1)).matches();
      if (before.length() > columns && last > 0) {
        return last;
      }
      last = isOption ? last : i;
    }
    return last == 0 ? text.length() : last;
  }

  private static int indentOf(String text) {
    return text.length() - text.stripLeading().length();
  }

  @Override
  public Layout createDefaultLayout(
      List<OptionSpec> options, List<PositionalParamSpec> arguments, ColorScheme colours) {
    Column[] columns =
        TextTable.forDefaultColumns(
                colours, calcLongOptionColumnWidth(options, arguments, colours), COLUMNS)
            .columns();
    return new Layout(colours, new Table(colours, columns));
  }

  /** A table that wraps cells between words. */
  static final class Table extends TextTable {
    Table(ColorScheme colours, Column... columns) {
      super(colours, columns);
    }

    @Override
    public Cell putValue(int row, int column, Ansi.Text value) {
      Column place = columns()[column];
      if (place.overflow != Column.Overflow.WRAP) {
        return super.putValue(row, column, value);
      }
      String plain = value.plainString();
      int width = place.width - place.indent;
      int from = 0;
      int end = end(plain, width);
      Cell cell = super.putValue(row, column, value.substring(0, end));
      while (from + end < plain.length()) {
        from += end + 1;
        end = end(plain.substring(from), width);
        if (cell.row + 1 >= rowCount()) {
          addEmptyRow();
        }
        cell = super.putValue(cell.row + 1, column, value.substring(from, from + end));
      }
      return cell;
    }
  }
}
