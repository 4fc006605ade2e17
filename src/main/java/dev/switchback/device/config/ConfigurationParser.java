package dev.switchback.device.config;

import dev.switchback.RegularFile;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Wiring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code switchback.properties}: lines of {@code key = value} in UTF-8, comments begin with
 * {@code #} and have their own lines. A missing key has its default; an unknown or repeated key and
 * an invalid value are errors. An invalid value is reported and replaced by the default, so that
 * one pass finds all problems. One thread.
 */
public final class ConfigurationParser {
  /** Largest file; the shipped one, with comments, is a sixteenth of it. */
  public static final int MAX_BYTES = 1 << 16;

  private final Settings settings;
  private final Map<Key<?>, Object> values = new HashMap<>();

  private ConfigurationParser(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException if the file cannot be read or has problems
   */
  public static DeviceConfiguration read(Path file) {
    try {
      return parse(file.toString(), RegularFile.read(file, MAX_BYTES));
    } catch (IOException e) {
      throw new ConfigurationException(file + ": " + Key.trouble(file, e), e);
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param file its name in messages
   * @throws ConfigurationException if the content has problems
   */
  public static DeviceConfiguration parse(String file, byte[] content) {
    return new ConfigurationParser(new Settings(file, Key.names(), content)).configuration();
  }

  private DeviceConfiguration configuration() {
    Key.all().forEach(this::read);
    get(Key.LEDS).forEach(this::checkLed);
    get(Key.TEACH).forEach(this::checkTeach);
    checkTruth(get(Key.TRUTH), get(Key.SWITCHES).size(), get(Key.LEDS).size());
    checkTopology(get(Key.TOPOLOGY), get(Key.SWITCHES).size());
    settings.throwProblems();
    return new DeviceConfiguration(values);
  }

  private <T> T get(Key<T> key) {
    return DeviceConfiguration.value(values, key);
  }

  private <T> void read(Key<T> key) {
    Settings.Setting setting = settings.find(key);
    T value = key.defaultValue();
    if (setting != null) {
      try {
        value = key.value(setting.value());
      } catch (IllegalArgumentException e) {
        settings.addProblem(setting, String.valueOf(e.getMessage()));
      }
    }
    values.put(key, value);
  }

  private void checkLed(LineSetting led) {
    Line line = led.line();
    int index = indexOf(line, Key.SWITCHES);
    if (index >= 0) {
      blame(
          Key.LEDS,
          Key.SWITCHES,
          line + " is " + Wiring.switchName(index),
          line + " is the LED, unless 'leds' is set");
    }
  }

  private void checkTeach(LineSetting teach) {
    Line line = teach.line();
    int index = indexOf(line, Key.SWITCHES);
    if (index >= 0) {
      blame(Key.TEACH, Key.SWITCHES, line + " is " + Wiring.switchName(index), "");
    } else if (indexOf(line, Key.LEDS) >= 0) {
      blame(Key.TEACH, Key.LEDS, line + " is an LED", "");
    }
  }

  private int indexOf(Line line, Key<List<LineSetting>> key) {
    return get(key).stream().map(LineSetting::line).toList().indexOf(line);
  }

  private void checkTruth(TruthTable truth, int switches, int leds) {
    if (leds > 0 && truth.leds() != leds) {
      String tables = leds == 1 ? "1 LED needs 1 table" : leds + " LEDs need " + leds + " tables";
      blame(
          Key.TRUTH,
          Key.LEDS,
          tables + ", not " + truth.leds(),
          tables + " in 'truth', joined by ','");
    }
    if (truth.inputs() != switches) {
      String digits =
          (switches == 1 ? "1 switch needs " : switches + " switches need ")
              + (1 << switches)
              + " digits";
      blame(
          Key.TRUTH,
          Key.SWITCHES,
          digits + ", one per row, not " + truth.rows(),
          digits + " of 'truth'");
    }
  }

  private void checkTopology(String topology, int switches) {
    if (topology.isEmpty()) {
      return;
    }
    if (!topology.startsWith(switches + "-")) {
      blame(
          Key.TOPOLOGY, Key.SWITCHES, "the first width is the number of switches, " + switches, "");
      return;
    }
    if (get(Key.TRUTH).inputs() == switches) {
      try {
        Lesson.of(get(Key.TRUTH), get(Key.RECIPE), topology);
      } catch (IllegalArgumentException e) {
        blame(Key.TOPOLOGY, Key.SWITCHES, String.valueOf(e.getMessage()), "");
      }
    }
  }

  /**
   * Reports a conflict between two keys, at the line of the first or, if the file does not set it,
   * at the line of the second. Reports nothing if either value is invalid itself.
   */
  private void blame(Key<?> key, Key<?> other, String reason, String reasonAtOther) {
    if (settings.isValid(key) && settings.isValid(other)) {
      Settings.Setting setting = settings.find(key);
      Settings.Setting otherSetting = settings.find(other);
      if (setting != null) {
        settings.addProblem(setting, reason);
      } else if (otherSetting != null) {
        settings.addProblem(otherSetting, reasonAtOther);
      }
    }
  }
}
