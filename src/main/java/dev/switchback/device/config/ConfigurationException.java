package dev.switchback.device.config;

import java.io.Serial;
import java.util.List;

/**
 * A configuration file that cannot be used. The message names everything wrong with it, one problem
 * per line, each with file, line, key, value and what would be allowed.
 */
public final class ConfigurationException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
