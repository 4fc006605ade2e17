package dev.switchback.tools.plot;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.nn.TruthTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The log of a training, epoch by epoch. Its CSV form, here for two switches, is
 *
 * <pre>
 *   epoch,loss,restarts,output_00,output_01,output_10,output_11
 *   0,0.1431,0,0.62,0.58,0.66,0.61
 * </pre>
 *
 * with a line break after every line, including the last. Numbers read back exactly. With several
 * LEDs there is a column for each in every position: {@code output_00_1,output_00_2,output_01_1}.
 *
 * @param inputs number of switches, 1 to 8
 * @param leds number of LEDs, 1 to 8
 * @param rows epochs strictly ascending, each with the outputs of every switch position
 */
public record TrainingLog(int inputs, int leds, List<Row> rows) {
  private static final String FIXED_COLUMNS = "epoch,loss,restarts";
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?|NaN|-?Infinity");

  /**
   * One epoch.
   *
   * @param loss mean over the truth table
   * @param outputs the shown output of each LED, for each row of the truth table
   */
  public record Row(int epoch, double loss, int restarts, List<Float> outputs) {
    public Row {
      outputs = List.copyOf(outputs);
    }
  }

  public TrainingLog {
    rows = List.copyOf(rows);
  }

  /** Returns the first line of the CSV form, without its line break. */
  private static String header(int inputs, int leds) {
    StringBuilder line = new StringBuilder(FIXED_COLUMNS);
    for (int row = 0; row < 1 << inputs; row++) {
      for (int led = 1; led <= leds; led++) {
        line.append(",output_").append(TruthTable.levels(row, inputs));
        line.append(leds == 1 ? "" : "_" + led);
      }
    }
    return line.toString();
  }

  /** Returns the CSV form. */
  public String toCsv() {
    StringBuilder text = new StringBuilder(header(inputs, leds)).append('\n');
    for (Row row : rows) {
      text.append(row.epoch).append(',').append(row.loss).append(',').append(row.restarts);
      row.outputs.forEach(output -> text.append(',').append(output));
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Reads the CSV form.
   *
   * @throws IllegalArgumentException naming the line, the text found and the text expected
   */
  public static TrainingLog parse(String csv) {
    String[] lines = csv.split("\n", -1);
    if (!lines[lines.length - 1].isEmpty()) {
      throw new IllegalArgumentException(
          "line " + lines.length + ": ends without a line break; the file may be cut off");
    }
    TrainingLog empty = headed(lines[0]);
    List<Row> rows = new ArrayList<>();
    int epoch = -1;
    for (int k = 1; k < lines.length - 1; k++) {
      String where = "line " + (k + 1) + ": ";
      Row row = row(lines[k], empty.leds << empty.inputs, where);
      if (row.epoch <= epoch) {
        throw new IllegalArgumentException(
            where + "epoch " + row.epoch + ", more than " + epoch + " expected");
      }
      epoch = row.epoch;
      rows.add(row);
    }
    return new TrainingLog(empty.inputs, empty.leds, rows);
  }

  private static TrainingLog headed(String line) {
    for (int inputs = 1; inputs <= TruthTable.MAX_INPUTS; inputs++) {
      for (int leds = 1; leds <= TruthTable.MAX_LEDS; leds++) {
        if (line.equals(header(inputs, leds))) {
          return new TrainingLog(inputs, leds, List.of());
        }
      }
    }
    throw new IllegalArgumentException(
        "line 1: '"
            + shortened(line)
            + "', "
            + header(2, 1)
            + " expected, or as many as there are");
  }

  private static String shortened(String line) {
    return line.length() > 80 ? line.substring(0, 80) + " .." : line;
  }

  private static Row row(String line, int count, String where) {
    String[] fields = line.split(",", -1);
    int expected = 3 + count;
    if (fields.length != expected) {
      throw new IllegalArgumentException(
          where + fields.length + " fields, " + expected + " expected");
    }
    List<Float> outputs = new ArrayList<>();
    for (int k = 3; k < expected; k++) {
      outputs.add(Float.parseFloat(field(fields[k], NUMBER, "a number", where)));
    }
    return new Row(
        Integer.parseInt(field(fields[0], COUNT, "an epoch", where)),
        Double.parseDouble(field(fields[1], NUMBER, "a loss", where)),
        Integer.parseInt(field(fields[2], COUNT, "a number of restarts", where)),
        outputs);
  }

  private static String field(String field, Pattern form, String expected, String where) {
    if (!form.matcher(field).matches()) {
      throw new IllegalArgumentException(
          where + "'" + shortened(field) + "', " + expected + " expected");
    }
    return field;
  }

  /**
   * Returns the losses at {@code points} evenly spaced epochs from the first to the last row, each
   * from the latest row up to that epoch; empty if there are no rows.
   */
  public List<Point> history(int points) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Point> history = new ArrayList<>();
    double first = rows.getFirst().epoch;
    double span = rows.getLast().epoch - first;
    int newest = 0;
    for (int p = 0; p < points; p++) {
      double epoch = first + span * p / Math.max(1, points - 1);
      while (newest + 1 < rows.size() && rows.get(newest + 1).epoch <= epoch) {
        newest++;
      }
      history.add(new Point((int) epoch, (float) rows.get(newest).loss, rows.get(newest).restarts));
    }
    return history;
  }
}
