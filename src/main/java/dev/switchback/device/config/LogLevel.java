package dev.switchback.device.config;

import java.util.Locale;

/** How much is logged: each level includes those before it. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /** Returns the name in files, options and the logger: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
