package dev.switchback.tools.cli.files;

import dev.switchback.format.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Reads rows of numbers from a file, one after another. */
interface SampleRows extends Closeable {
  Path file();

  /** Returns the numbers in each row, or 0 if there is no row. */
  int columns();

  /**
   * Reads the next row.
   *
   * @param row receives {@link #columns} numbers
   * @return false at the end
   * @throws FormatException naming the file, the place and what is no number there
   */
  boolean next(float[] row) throws IOException;
}
