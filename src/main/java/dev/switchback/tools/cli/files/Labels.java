package dev.switchback.tools.cli.files;

import dev.switchback.core.nn.Topology;
import dev.switchback.format.FormatException;
import java.io.IOException;

/**
 * The wanted answers of samples: the number of a class in one column, or one column for each
 * output.
 */
final class Labels {
  private final SampleRows rows;
  private final Topology topology;
  private final float[] row;
  private int read;

  /**
   * Creates a reader of labels.
   *
   * @throws FormatException if the columns do not fit the outputs
   */
  Labels(SampleRows rows, Topology topology) throws FormatException {
    this.rows = rows;
    this.topology = topology;
    this.row = new float[rows.columns()];
    int outputs = topology.outputs();
    boolean isClass = row.length == 1 && (outputs == 1 || topology.isArgmax());
    if (!isClass && row.length != outputs) {
      throw new FormatException(
          rows.file()
              + ": found "
              + row.length
              + (row.length == 1 ? " column" : " columns")
              + ", expected "
              + (outputs == 1 ? "1" : "one for each of " + outputs + " outputs")
              + (topology.isArgmax() ? ", or the number of a class" : "")
              + (row.length == 1 && !topology.isArgmax() && outputs > 1
                  ? "; if the largest output answers, add --answer argmax"
                  : ""));
    }
  }

  /**
   * Returns the next answer; see {@link Topology#answer}.
   *
   * @throws FormatException if there is none, or if it is no answer of the network
   */
  int next() throws IOException {
    if (!rows.next(row)) {
      throw refusal("ends after " + read + " rows, before the samples do");
    }
    read++;
    boolean isNumber = row.length == 1 && topology.isArgmax();
    return isNumber ? number() : ofColumns();
  }

  private int number() throws FormatException {
    int number = (int) row[0];
    if (number != row[0] || number < 0 || number >= topology.outputs()) {
      throw refusal(row[0], "the number of a class, 0 to " + (topology.outputs() - 1));
    }
    return number;
  }

  private int ofColumns() throws FormatException {
    int ones = 0;
    for (float value : row) {
      if (value != 0f && value != 1f) {
        throw refusal(value, "0 or 1");
      }
      ones += (int) value;
    }
    if (topology.isArgmax() && ones != 1) {
      throw refusal("row " + read + ": found " + ones + " ones, expected one");
    }
    return topology.answer(row);
  }

  private FormatException refusal(float found, String expected) {
    return refusal("row " + read + ": found " + found + ", expected " + expected);
  }

  private FormatException refusal(String message) {
    return new FormatException(rows.file() + ": " + message);
  }

  /** Requires that no label is left. */
  void requireEnd() throws IOException {
    if (rows.next(row)) {
      throw refusal("has more rows than the " + read + " samples");
    }
  }
}
