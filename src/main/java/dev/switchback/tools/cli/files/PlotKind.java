package dev.switchback.tools.cli.files;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Kinds of pictures. */
public enum PlotKind {
  BOUNDARY("Decision map"),
  LOSS("Loss during training"),
  OUTPUTS("Outputs in every switch position"),
  NETWORK("Weights and biases"),
  QUANTIZATION("Float against fixed point");

  private final String title;

  PlotKind(String title) {
    this.title = title;
  }

  /** Returns the name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the heading of the picture. */
  String title() {
    return title;
  }

  /** Returns whether it can also be drawn on a terminal. */
  boolean isForTerminals() {
    return this == BOUNDARY || this == LOSS;
  }

  /** Returns whether it shows the plane of switches A and B, with all others at a fixed level. */
  boolean isMap() {
    return this == BOUNDARY || this == QUANTIZATION;
  }

  /**
   * The kind with this {@link #label()}.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known ones
   */
  public static PlotKind of(String label) {
    for (PlotKind kind : values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "unknown kind '"
            + label
            + "': use "
            + Arrays.stream(values()).map(PlotKind::label).collect(Collectors.joining(", ")));
  }
}
