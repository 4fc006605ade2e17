package dev.switchback.device.board.pi4j;

import dev.switchback.device.board.Line;
import dev.switchback.device.board.linux.Chips;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.GpioLine;
import dev.switchback.device.board.linux.LineRequest;
import dev.switchback.device.board.linux.RequestedLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One chip in memory that has every line that is asked for. */
final class SimulatedChips implements Chips {
  private static final GpioChip CHIP = new GpioChip("gpiochip0", "simulated", Long.SIZE);

  /** The lines found so far, in the order of their offsets. */
  private final List<Line> known = new ArrayList<>();

  // One bit per offset, 1 for HIGH.
  private volatile long inputs;
  private volatile long outputs;
  private volatile @Nullable Inputs requestedInputs;

  @Override
  public List<GpioLine> find(List<Line> lines) {
    List<GpioLine> found = new ArrayList<>();
    for (Line line : lines) {
      if (!known.contains(line)) {
        known.add(line);
      }
      found.add(new GpioLine(CHIP, known.indexOf(line)));
    }
    return found;
  }

  @Override
  public LineRequest request(GpioChip chip, String consumer, List<RequestedLine> lines) {
    if (!lines.getFirst().isInput()) {
      return new Outputs(lines);
    }
    for (RequestedLine line : lines) {
      inputs = with(inputs, line.offset(), line.isHighWhenOpen());
    }
    Inputs requested = new Inputs(lines);
    requestedInputs = requested;
    return requested;
  }

  private static long with(long levels, int offset, boolean high) {
    long bit = 1L << offset;
    return high ? levels | bit : levels & ~bit;
  }

  /** Sets the level of an input that is requested. One thread at a time. */
  void setLevel(Line line, boolean high) {
    int offset = known.indexOf(line);
    long before = inputs;
    long after = with(before, offset, high);
    Inputs requested = requestedInputs;
    if (requested != null && after != before) {
      inputs = after;
      requested.report(offset, high);
    }
  }

  /** Returns the level of an output. */
  boolean level(Line line) {
    return (outputs >> known.indexOf(line) & 1) == 1;
  }

  private abstract static class Request implements LineRequest {
    final RequestedLine[] lines;

    private Request(List<RequestedLine> lines) {
      this.lines = lines.toArray(new RequestedLine[0]);
    }

    @Override
    public long values() {
      throw new UnsupportedOperationException("the board reads inputs only");
    }

    @Override
    public void set(long values) {
      throw new UnsupportedOperationException("the board drives outputs only");
    }

    @Override
    public void watch(EdgeListener listener) {
      throw new UnsupportedOperationException("the board watches inputs only");
    }

    @Override
    public boolean hasEdges() {
      throw new UnsupportedOperationException("the board watches inputs only");
    }

    @Override
    public void close() {}
  }

  private final class Inputs extends Request {
    private @Nullable EdgeListener listener;

    private Inputs(List<RequestedLine> lines) {
      super(lines);
    }

    @Override
    public long values() {
      long levels = inputs;
      long values = 0;
      for (int i = 0; i < lines.length; i++) {
        boolean high = (levels >> lines[i].offset() & 1) == 1;
        values |= high != lines[i].isActiveLow() ? 1L << i : 0;
      }
      return values;
    }

    @Override
    public void watch(EdgeListener newListener) {
      listener = newListener;
    }

    @Override
    public boolean hasEdges() {
      return listener != null;
    }

    private void report(int offset, boolean high) {
      for (int i = 0; i < lines.length; i++) {
        if (lines[i].offset() == offset && listener != null) {
          listener.edge(i, high != lines[i].isActiveLow());
        }
      }
    }

    @Override
    public void close() {
      requestedInputs = null;
    }
  }

  private final class Outputs extends Request {
    private Outputs(List<RequestedLine> lines) {
      super(lines);
      set(0);
    }

    @Override
    public void set(long values) {
      long levels = outputs;
      for (int i = 0; i < lines.length; i++) {
        boolean active = (values >> i & 1) == 1;
        levels = with(levels, lines[i].offset(), active != lines[i].isActiveLow());
      }
      outputs = levels;
    }
  }
}
