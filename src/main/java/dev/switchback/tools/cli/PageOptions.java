package dev.switchback.tools.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that serve the lab. */
public final class PageOptions {
  @Option(
      names = "--http-port",
      paramLabel = "N",
      converter = HttpPort.class,
      description = "Serve the page at this port. Default: 8642, or a free one if it is taken.")
  private @Nullable Integer httpPort;

  @Option(names = "--open", description = "Open the page in a browser.")
  private boolean isOpened;

  /** A port of TCP; 0 for a free one. */
  static final class HttpPort extends WholeNumber.Limited {
    HttpPort() {
      super(0, 65_535);
    }
  }

  public boolean areGiven() {
    return httpPort != null || isOpened;
  }

  /** Returns the port; null for the default. */
  public @Nullable Integer httpPort() {
    return httpPort;
  }

  /** Whether a browser shall open the page. */
  public boolean isOpened() {
    return isOpened;
  }
}
