package dev.switchback.tools.cli.files;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a picture shows. */
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

  /** The name options use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The heading of the picture. */
  String title() {
    return title;
  }

  /** Whether a terminal can show it too. */
  boolean isForTerminals() {
    return this == BOUNDARY || this == LOSS;
  }

  /** Whether it shows the plane of the switches A and B, where all others have one level. */
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
