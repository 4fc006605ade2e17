package dev.switchback.device.board.pi4j;

import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.linux.LineRequest;
import dev.switchback.device.board.linux.RequestedLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs or the outputs of one chip, and their request: none at first, and none after a call on
 * it has failed.
 */
abstract class ChipLines {
  private @Nullable LineRequest request;

  /** Returns the lines to request, in the order of their creation. */
  abstract List<RequestedLine> lines();

  /** Takes a request of {@link #lines}. */
  void use(LineRequest newRequest) {
    release();
    request = newRequest;
  }

  boolean isRequested() {
    return request != null;
  }

  /** Reads all lines at the same moment. Bit 0 is the first; 1 means on. */
  final long read() {
    LineRequest present = present();
    try {
      return present.values();
    } catch (BoardException e) {
      release();
      throw e;
    }
  }

  /** Drives all lines. Bit 0 is the first; 1 means on. */
  void write(long values) {
    LineRequest present = present();
    try {
      present.set(values);
    } catch (BoardException e) {
      release();
      throw e;
    }
  }

  /** Whether edges of all lines are reported now. */
  final boolean hasEdges() {
    LineRequest present = request;
    return present != null && present.hasEdges();
  }

  private LineRequest present() {
    LineRequest present = request;
    if (present == null) {
      throw new IllegalStateException("the lines are not requested");
    }
    return present;
  }

  final void release() {
    LineRequest present = request;
    request = null;
    if (present != null) {
      present.close();
    }
  }
}
