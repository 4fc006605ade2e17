package dev.switchback.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Edits a line of text on a terminal of at least 80 columns, with arrow keys, a history of {@value
 * #MAX_HISTORY} lines and completion of commands. Of a line longer than the terminal is wide, a
 * part is shown. Bytes that are neither ASCII text nor a key are ignored.
 *
 * <p>A carriage return ends the line; a line feed ends only a line that is not empty. So CR, LF and
 * CRLF each end it once, and a lone LF does nothing.
 *
 * <p><b>Not thread-safe.</b>
 */
public final class LineEditor {
  /** Longest line; further characters are ignored. */
  public static final int MAX_LINE = 256;

  /** Number of lines in the history. */
  public static final int MAX_HISTORY = 32;

  /** Receives entered lines, during {@link LineEditor#key}. It shows the next prompt. */
  public interface Listener {
    /** A line was entered, possibly empty. The cursor is at the start of the next line. */
    void line(String line);

    /** Ctrl-C: the line was discarded. */
    void interrupt();
  }

  private static final int COLUMNS = 79;
  private static final int MAX_SEQUENCE = 8;
  private static final int MAX_PARAMETER = 99;
  private static final int ESCAPE = 0x1B;
  private static final int RUBOUT = 0x7F;

  /** Sent before the prompt, so that scripts find nothing after the prompt. */
  private static final String ERASE_LINE = "\r\033[K";

  private static final String CLEAR_ALL = "\033[H\033[2J";

  private enum State {
    TEXT,
    /** After an escape. */
    ESCAPED,
    /** After an escape and a bracket, or an O: parameters, then a letter. */
    SEQUENCE
  }

  private final ByteSink screen;
  private final Listener listener;
  private final String prompt;
  private final List<String> words;
  private final LineHistory history = new LineHistory(MAX_HISTORY);
  private final StringBuilder line = new StringBuilder(MAX_LINE);
  private int cursor;

  /** Index of the first visible character. */
  private int scroll;

  private State state = State.TEXT;
  private int sequenceBytes;
  private int parameter;

  /**
   * Shows nothing until {@link #redraw}.
   *
   * @param screen receives ASCII and a few sequences that every terminal supports
   * @param prompt printable ASCII, much shorter than a line on the terminal
   * @param words completed by Tab, in the order shown
   */
  public LineEditor(ByteSink screen, Listener listener, String prompt, List<String> words) {
    this.screen = screen;
    this.listener = listener;
    this.prompt = prompt;
    this.words = List.copyOf(words);
  }

  /** Shows the prompt and the half-typed line, in place of the current terminal line. */
  public void redraw() {
    int room = COLUMNS - prompt.length();
    scroll = Math.clamp(scroll, Math.max(0, cursor - room), cursor);
    String visible = line.substring(scroll, Math.min(line.length(), scroll + room));
    int back = scroll + visible.length() - cursor;
    write(ERASE_LINE + prompt + visible + (back > 0 ? "\033[" + back + "D" : ""));
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    screen.send(bytes, 0, bytes.length);
  }

  /** Processes the next byte from the terminal. */
  public void key(byte value) {
    int key = value & 0xFF;
    switch (state) {
      case TEXT -> text(key);
      case ESCAPED -> escaped(key);
      case SEQUENCE -> sequence(key);
    }
  }

  private void escaped(int key) {
    sequenceBytes = 0;
    parameter = 0;
    if (key == '[' || key == 'O') {
      state = State.SEQUENCE;
    } else {
      state = State.TEXT;
      text(key);
    }
  }

  private void sequence(int key) {
    if (key >= '0' && key <= '?') {
      boolean isDigit = key <= '9';
      parameter = isDigit ? Math.min(MAX_PARAMETER, 10 * parameter + key - '0') : parameter;
      state = ++sequenceBytes < MAX_SEQUENCE ? State.SEQUENCE : State.TEXT;
      return;
    }
    state = State.TEXT;
    if (key >= '@' && key <= '~') {
      command(key);
    } else {
      text(key);
    }
  }

  private void command(int letter) {
    switch (letter) {
      case 'A' -> recall(history.older(line.toString()));
      case 'B' -> recall(history.newer(line.toString()));
      case 'C' -> moveTo(cursor + 1);
      case 'D' -> moveTo(cursor - 1);
      case 'H' -> moveTo(0);
      case 'F' -> moveTo(line.length());
      case '~' -> numberedKey();
      default -> {}
    }
  }

  private void numberedKey() {
    switch (parameter) {
      case 1, 7 -> moveTo(0);
      case 3 -> delete(cursor, cursor + 1);
      case 4, 8 -> moveTo(line.length());
      default -> {}
    }
  }

  private void text(int key) {
    if (key >= ' ' && key < RUBOUT) {
      insert((char) key);
    } else if (key == ESCAPE) {
      state = State.ESCAPED;
    } else {
      control(key);
    }
  }

  private void control(int key) {
    switch (key + '@') {
      case 'A' -> moveTo(0);
      case 'B' -> moveTo(cursor - 1);
      case 'C' -> interrupt();
      case 'D' -> delete(cursor, cursor + 1);
      case 'E' -> moveTo(line.length());
      case 'F' -> moveTo(cursor + 1);
      case 'H', RUBOUT + '@' -> delete(cursor - 1, cursor);
      case 'I' -> complete();
      case 'J' -> endUnlessEmpty();
      case 'K' -> delete(cursor, line.length());
      case 'L' -> clearScreen();
      case 'M' -> end();
      case 'U' -> delete(0, cursor);
      case 'W' -> delete(startOfWord(), cursor);
      default -> {}
    }
  }

  private void moveTo(int position) {
    cursor = Math.clamp(position, 0, line.length());
    redraw();
  }

  private void insert(char character) {
    if (line.length() == MAX_LINE) {
      return;
    }
    line.insert(cursor++, character);
    // A character at the end is only echoed: less flicker for people, plain text for scripts.
    if (cursor == line.length() && cursor - scroll <= COLUMNS - prompt.length()) {
      write(String.valueOf(character));
    } else {
      redraw();
    }
  }

  private void delete(int from, int to) {
    if (from >= 0 && from < Math.min(to, line.length())) {
      line.delete(from, to);
      moveTo(from);
    }
  }

  private int startOfWord() {
    int start = cursor;
    while (start > 0 && line.charAt(start - 1) == ' ') {
      start--;
    }
    while (start > 0 && line.charAt(start - 1) != ' ') {
      start--;
    }
    return start;
  }

  private void recall(String recalled) {
    line.setLength(0);
    line.append(recalled);
    moveTo(line.length());
  }

  private void clearScreen() {
    write(CLEAR_ALL);
    redraw();
  }

  private void complete() {
    String begun = line.substring(0, cursor);
    List<String> candidates = words.stream().filter(word -> word.startsWith(begun)).toList();
    if (candidates.isEmpty()) {
      return;
    }
    String common = commonPrefix(candidates).substring(begun.length());
    if (candidates.size() == 1) {
      common += " ";
    } else if (common.isEmpty()) {
      write("\r\n" + String.join(" ", candidates) + "\r\n");
      redraw();
    }
    common.chars().forEach(character -> insert((char) character));
  }

  private static String commonPrefix(List<String> candidates) {
    String common = candidates.getFirst();
    for (String candidate : candidates) {
      while (!candidate.startsWith(common)) {
        common = common.substring(0, common.length() - 1);
      }
    }
    return common;
  }

  private void endUnlessEmpty() {
    if (!line.isEmpty()) {
      end();
    }
  }

  private void end() {
    String entered = line.toString();
    history.add(entered);
    write("\r\n");
    clear();
    listener.line(entered);
  }

  private void interrupt() {
    write("^C\r\n");
    clear();
    listener.interrupt();
  }

  private void clear() {
    line.setLength(0);
    cursor = 0;
    scroll = 0;
    history.rewind();
  }
}
