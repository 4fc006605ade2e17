package dev.switchback.device.config;

import java.util.Locale;

/** How much the log says: each level includes those before it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /** The name files, options and the logger use: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
