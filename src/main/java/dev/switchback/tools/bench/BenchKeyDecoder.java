package dev.switchback.tools.bench;

import dev.switchback.tools.bench.BenchKey.Command;
import dev.switchback.tools.bench.BenchKey.Flip;
import org.jspecify.annotations.Nullable;

/**
 * Turns characters from a terminal in raw mode into keys. Sequences of arrow and function keys mean
 * nothing here and are skipped as a whole: their last letter must not flip a switch. One thread.
 */
final class BenchKeyDecoder {
  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;
  private static final int CTRL_L = 12;
  private static final int CTRL_Z = 26;
  private static final int ESCAPE = 27;

  private enum State {
    TEXT,
    ESCAPED,
    SEQUENCE
  }

  private State state = State.TEXT;

  /**
   * Takes the next character.
   *
   * @param switches number of switches; their letters, from the sixth on, win over commands
   * @return the key, or null if the character is none or part of one
   */
  @Nullable BenchKey next(int character, int switches) {
    switch (state) {
      case TEXT -> {
        if (character == ESCAPE) {
          state = State.ESCAPED;
          return null;
        }
        return key(character, switches);
      }
      case ESCAPED -> state = character == '[' || character == 'O' ? State.SEQUENCE : State.TEXT;
      case SEQUENCE -> state = character >= '@' && character <= '~' ? State.TEXT : State.SEQUENCE;
    }
    return null;
  }

  /** Nothing came for a while: an escape that stood alone was the key itself. */
  void pause() {
    state = State.TEXT;
  }

  private static @Nullable BenchKey key(int character, int switches) {
    int letter = Character.toLowerCase(character);
    int index = letter >= '1' && letter <= '9' ? letter - '1' : letter - 'a';
    if (index >= 0 && index < switches) {
      return new Flip(index);
    }
    return switch (letter) {
      case ' ' -> Command.PAUSE;
      case 's' -> Command.STEP;
      case '+', '=' -> Command.FASTER;
      case '-', '_' -> Command.SLOWER;
      case 'l' -> Command.NEXT_TRUTH;
      case 'n' -> Command.NEXT_HIDDEN;
      case 'r' -> Command.RETRAIN;
      case 'f', 'x' -> Command.SWAP_ENGINE;
      case '?', 'h' -> Command.HELP;
      case CTRL_Z -> Command.SUSPEND;
      case CTRL_L -> Command.REPAINT;
      case 'q', CTRL_C, CTRL_D -> Command.QUIT;
      default -> null;
    };
  }
}
