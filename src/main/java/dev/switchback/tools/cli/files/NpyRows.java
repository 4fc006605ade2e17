package dev.switchback.tools.cli.files;

import dev.switchback.format.FormatException;
import dev.switchback.tools.foreign.NpyMatrix;
import java.io.IOException;
import java.nio.file.Path;

/** Rows of an npy file. */
final class NpyRows implements SampleRows {
  private final Path file;
  private final NpyMatrix matrix;
  private int row;

  NpyRows(Path file) throws IOException {
    this.file = file;
    try {
      this.matrix = NpyMatrix.read(file);
    } catch (FormatException e) {
      throw new FormatException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public int columns() {
    return matrix.columns();
  }

  @Override
  public boolean next(float[] target) {
    if (row == matrix.rows()) {
      return false;
    }
    matrix.copyRow(row++, target);
    return true;
  }

  @Override
  public void close() {}
}
