package dev.switchback.device.board.linux;

import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.BoardException.Kind;
import dev.switchback.device.board.Line;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds the lines of a wiring among the chips of a machine. */
public final class LineFinder {
  /** Reads the lines of a chip. */
  public interface Reader {
    List<LineInfo> lines(GpioChip chip) throws IOException;
  }

  private final List<GpioChip> chips;
  private final Reader reader;

  /**
   * @param chips all of the machine
   * @param reader used only for lines with a name
   */
  public LineFinder(List<GpioChip> chips, Reader reader) {
    this.chips = List.copyOf(chips);
    this.reader = reader;
  }

  /**
   * Finds a line.
   *
   * @throws BoardException if there is none, or more than one
   */
  public GpioLine find(Line line) {
    return switch (line) {
      case Line.Bcm bcm -> onHeader(bcm);
      case Line.OnChip onChip -> onChip(onChip);
      case Line.Named named -> named(named.name());
    };
  }

  private GpioLine onHeader(Line.Bcm bcm) {
    for (GpioChip chip : chips) {
      if (chip.isHeader()) {
        return new GpioLine(chip, bcm.number());
      }
    }
    throw none(
        bcm
            + " is a line of a Raspberry Pi's header, and this machine has no chip of one: use the"
            + " simulated board, or name the chip, as in gpiochip0:"
            + bcm.number()
            + "; 'gpiodetect' lists the chips");
  }

  private GpioLine onChip(Line.OnChip line) {
    List<GpioChip> found = all(chip -> chip.name().equals(line.chip()));
    if (found.isEmpty()) {
      found = all(chip -> chip.label().equals(line.chip()));
    }
    if (found.isEmpty()) {
      throw none(
          "no GPIO chip has the name or label '" + line.chip() + "': 'gpiodetect' lists them");
    }
    if (found.size() > 1) {
      throw none(
          "the label '"
              + line.chip()
              + "' belongs to "
              + String.join(" and ", found.stream().map(GpioChip::name).toList())
              + ": write the name of one, as in "
              + new GpioLine(found.getFirst(), line.offset()));
    }
    GpioChip chip = found.getFirst();
    if (line.offset() >= chip.lines()) {
      throw none(
          line + " does not exist: " + chip.name() + " has lines 0 to " + (chip.lines() - 1));
    }
    return new GpioLine(chip, line.offset());
  }

  private List<GpioChip> all(Predicate<GpioChip> wanted) {
    return chips.stream().filter(wanted).toList();
  }

  private GpioLine named(String name) {
    List<GpioLine> found = new ArrayList<>();
    IOException refusal = null;
    for (GpioChip chip : chips) {
      try {
        List<LineInfo> lines = reader.lines(chip);
        for (int offset = 0; offset < lines.size(); offset++) {
          if (lines.get(offset).name().equals(name)) {
            found.add(new GpioLine(chip, offset));
          }
        }
      } catch (IOException e) {
        refusal = e;
      }
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty() && refusal instanceof AccessDeniedException) {
      throw BoardException.denied(String.valueOf(refusal.getMessage()), refusal);
    }
    throw none(
        found.isEmpty()
            ? "no GPIO line has the name '" + name + "': 'gpioinfo' lists them"
            : "the name '"
                + name
                + "' belongs to "
                + String.join(" and ", found.stream().map(GpioLine::toString).toList())
                + ": write one of these");
  }

  private static BoardException none(String message) {
    return new BoardException(Kind.NO_BOARD, message, null);
  }
}
