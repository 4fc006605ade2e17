package dev.switchback.device.config;

import dev.switchback.device.board.Line;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the configuration with the words after it, which hold for it alone: {@code 17 down high
 * button}.
 *
 * @param pull null for that of all switches
 * @param activeLow null for that of all switches or LEDs
 */
public record LineSetting(
    Line line, @Nullable Pull pull, @Nullable Boolean activeLow, boolean isButton) {
  private static final List<String> LEVELS = List.of("low", "high");
  private static final List<String> PULLS = List.of("up", "down", "none");
  private static final List<String> KINDS = List.of("toggle", "button");

  /** A line without words. */
  static LineSetting of(Line line) {
    return new LineSetting(line, null, null, false);
  }

  /** Parses the line of a switch. */
  static LineSetting ofSwitch(String text) {
    return parse(text, List.of(PULLS, LEVELS, KINDS));
  }

  /** Parses the line of a button that is no operand. */
  static LineSetting ofButton(String text) {
    return parse(text, List.of(PULLS, LEVELS));
  }

  /** Parses the line of an LED. */
  static LineSetting ofLed(String text) {
    return parse(text, List.of(LEVELS));
  }

  private static LineSetting parse(String text, List<List<String>> choices) {
    String[] words = text.strip().split("\\s+", -1);
    LineSetting setting = of(Line.parse(words[0]));
    List<String> allowed = choices.stream().flatMap(List::stream).toList();
    List<List<String>> left = new ArrayList<>(choices);
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      Key.require(
          allowed.contains(word),
          "after the line comes "
              + String.join(", ", allowed.subList(0, allowed.size() - 1))
              + " or "
              + allowed.getLast()
              + ", not '"
              + word
              + "'"
              + Spelling.hint(word, allowed));
      Key.require(
          left.removeIf(choice -> choice.contains(word)),
          "'" + word + "' after the line contradicts or repeats a word before it");
      setting = setting.with(word);
    }
    return setting;
  }

  private LineSetting with(String word) {
    return switch (word) {
      case "up" -> new LineSetting(line, Pull.UP, activeLow, isButton);
      case "down" -> new LineSetting(line, Pull.DOWN, activeLow, isButton);
      case "none" -> new LineSetting(line, Pull.NONE, activeLow, isButton);
      case "low" -> new LineSetting(line, pull, true, isButton);
      case "high" -> new LineSetting(line, pull, false, isButton);
      default -> new LineSetting(line, pull, activeLow, word.equals("button"));
    };
  }

  Wiring.Switch toSwitch(Pull usualPull, boolean usuallyActiveLow) {
    return new Wiring.Switch(
        line,
        pull == null ? usualPull : pull,
        activeLow == null ? usuallyActiveLow : activeLow,
        isButton);
  }

  Wiring.Led toLed(boolean usuallyActiveLow) {
    return new Wiring.Led(line, activeLow == null ? usuallyActiveLow : activeLow);
  }
}
