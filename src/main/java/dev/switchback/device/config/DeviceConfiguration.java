package dev.switchback.device.config;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.format.LessonRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The configuration of a device. Immutable; any thread.
 *
 * @param values one value for each {@link Key}, of its type
 */
public record DeviceConfiguration(Map<Key<?>, Object> values) {
  /**
   * @throws IllegalArgumentException if the truth table is for another number of switches or LEDs
   */
  public DeviceConfiguration {
    values = Map.copyOf(values);
    TruthTable truth = value(values, Key.TRUTH);
    int switches = value(values, Key.SWITCHES).size();
    Key.require(
        truth.inputs() == switches, "truth " + truth + " is not for " + switches + " switches");
    int leds = value(values, Key.LEDS).size();
    Key.require(
        leds == 0 || truth.leds() == leds, "truth " + truth + " is not for " + leds + " LEDs");
  }

  @SuppressWarnings("unchecked") // a key stands beside a value of its own
  static <T> T value(Map<Key<?>, Object> values, Key<T> key) {
    return (T) Objects.requireNonNull(values.get(key));
  }

  /** Returns the defaults, which the shipped file spells out. */
  public static DeviceConfiguration defaults() {
    Map<Key<?>, Object> values = new HashMap<>();
    Key.all().forEach(key -> values.put(key, key.defaultValue()));
    return new DeviceConfiguration(values);
  }

  public <T> T get(Key<T> key) {
    return value(values, key);
  }

  /** Returns a copy with one key changed. */
  public <T> DeviceConfiguration with(Key<T> key, T value) {
    Map<Key<?>, Object> changed = new HashMap<>(values);
    changed.put(key, value);
    return new DeviceConfiguration(changed);
  }

  /**
   * The same with other lines, and a truth table for as many.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public DeviceConfiguration with(List<Line> switches, List<Line> leds, TruthTable truth) {
    Map<Key<?>, Object> changed = new HashMap<>(values);
    changed.put(Key.SWITCHES, switches.stream().map(LineSetting::of).toList());
    changed.put(Key.LEDS, leds.stream().map(LineSetting::of).toList());
    changed.put(Key.TRUTH, truth);
    return new DeviceConfiguration(changed);
  }

  public Wiring wiring() {
    Pull pull = get(Key.PULL);
    boolean switchLow = get(Key.SWITCH_ACTIVE_LOW);
    boolean ledLow = get(Key.LED_ACTIVE_LOW);
    return new Wiring(
        get(Key.SWITCHES).stream().map(line -> line.toSwitch(pull, switchLow)).toList(),
        get(Key.LEDS).stream().map(line -> line.toLed(ledLow)).toList(),
        get(Key.TEACH).stream().map(line -> line.toSwitch(pull, switchLow)).findAny().orElse(null));
  }

  /** Returns what a peer on the cable may do; never {@link PeerControl#AUTO}. */
  public PeerControl cableControl() {
    PeerControl control = get(Key.CABLE_CONTROL);
    if (control != PeerControl.AUTO) {
      return control;
    }
    return get(Key.PUBLIC_KEY).isEmpty() ? PeerControl.ALL : PeerControl.READ;
  }

  /** Returns the lessons that images may have. */
  public LessonRule lessonRule() {
    return new LessonRule(get(Key.TRUTH), get(Key.LESSON));
  }

  /** What the device learns first. */
  public Lesson lesson() {
    return Lesson.of(get(Key.TRUTH), get(Key.RECIPE), get(Key.TOPOLOGY));
  }
}
