package dev.switchback.device.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.PrintableText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code key = value} lines of a file, and the problems found so far. */
final class Settings {
  /**
   * A line of the file.
   *
   * @param line numbered from 1
   * @param key its present name
   * @param written the key as the file names it
   */
  record Setting(int line, String key, String written, String value) {
    @Override
    public String toString() {
      return value.isEmpty() ? written + " is empty" : written + " = " + quoted(value);
    }
  }

  private record Problem(int line, String text) {}

  /** Limited because a service that keeps restarting prints them each time. */
  private static final int MAX_PROBLEMS = 10;

  private static final int MAX_QUOTED = 60;

  private final String file;
  private final List<String> knownKeys;
  private final Map<String, Setting> settings = new HashMap<>();
  private final Set<String> invalidKeys = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  Settings(String file, List<String> knownKeys, byte[] content) {
    this.file = file;
    this.knownKeys = knownKeys;
    int line = 0;
    int start = 0;
    while (start < content.length) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      readLine(++line, ByteBuffer.wrap(content, start, end - start));
      start = end + 1;
    }
  }

  private void readLine(int line, ByteBuffer bytes) {
    try {
      String text = UTF_8.newDecoder().decode(bytes).toString();
      // Editors on Windows put a byte order mark at the start.
      String stripped = (line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
      if (!stripped.isEmpty() && stripped.charAt(0) != '#') {
        readSetting(line, stripped);
      }
    } catch (CharacterCodingException e) {
      addProblem(line, "this line is not UTF-8");
    }
  }

  private void readSetting(int line, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      addProblem(
          line, "'" + quoted(text) + "' is not 'key = value', and a comment begins with '#'");
      return;
    }
    String key = text.substring(0, equals).strip();
    add(
        new Setting(
            line, Key.RENAMED.getOrDefault(key, key), key, text.substring(equals + 1).strip()));
  }

  private void add(Setting setting) {
    if (Key.RETIRED.contains(setting.key())) {
      return;
    }
    if (!knownKeys.contains(setting.key())) {
      String hint = Spelling.hint(setting.key(), knownKeys);
      String keys = hint.isEmpty() ? ": the keys are " + String.join(", ", knownKeys) : hint;
      addProblem(setting.line(), "unknown key '" + quoted(setting.key()) + "'" + keys);
      return;
    }
    Setting first = settings.putIfAbsent(setting.key(), setting);
    if (first != null) {
      addProblem(setting, "already set in line " + first.line());
    }
  }

  private static String quoted(String text) {
    return PrintableText.of(text, MAX_QUOTED);
  }

  /** Returns the line that sets {@code key}; null if none does. */
  @Nullable Setting find(Key<?> key) {
    return settings.get(key.name());
  }

  /** Whether no problem has been found with the value of {@code key}. */
  boolean isValid(Key<?> key) {
    return !invalidKeys.contains(key.name());
  }

  void addProblem(Setting setting, String reason) {
    invalidKeys.add(setting.key());
    // Explains why '22 # red' is not a number.
    String hint = setting.value().contains("#") ? " (a comment needs a line of its own)" : "";
    addProblem(setting.line(), setting + ": " + reason + hint);
  }

  private void addProblem(int line, String text) {
    problems.add(new Problem(line, file + ":" + line + ": " + text));
  }

  /**
   * Does nothing if there are no problems.
   *
   * @throws ConfigurationException listing the problems in the order of their lines
   */
  void throwProblems() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          Stream.concat(
                  problems.stream()
                      .sorted(Comparator.comparingInt(Problem::line))
                      .limit(MAX_PROBLEMS)
                      .map(Problem::text),
                  more(problems.size() - MAX_PROBLEMS))
              .toList());
    }
  }

  private Stream<String> more(int problems) {
    return problems > 0 ? Stream.of(file + ": and " + problems + " more problems") : Stream.empty();
  }
}
