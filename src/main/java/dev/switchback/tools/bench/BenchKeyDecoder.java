package dev.switchback.tools.bench;

import dev.switchback.tools.bench.BenchKey.Command;
import dev.switchback.tools.bench.BenchKey.Flip;
import org.jspecify.annotations.Nullable;

/**
 * Decodes characters from a terminal in raw mode. Escape sequences (arrow and function keys) are
 * skipped whole, so that their last letter does not flip a switch. Not thread-safe.
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
   * Decodes the next character.
   *
   * @param switches number of switches; keys of switches beyond it do nothing
   * @return the key, or null if the character is not a key or belongs to an escape sequence
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

  /** Ends an escape sequence after a pause in the input: it was the Escape key alone. */
  void pause() {
    state = State.TEXT;
  }

  private static @Nullable BenchKey key(int character, int switches) {
    int letter = Character.toLowerCase(character);
    return switch (letter) {
      case 'a', 'b' -> flip(letter - 'a', switches);
      case '1', '2', '3', '4', '5', '6', '7', '8' -> flip(letter - '1', switches);
      case ' ' -> Command.PAUSE;
      case 's' -> Command.STEP;
      case '+', '=' -> Command.FASTER;
      case '-', '_' -> Command.SLOWER;
      case 'l' -> Command.NEXT_TRUTH;
      case 'n' -> Command.NEXT_HIDDEN;
      case 'r' -> Command.RETRAIN;
      case 't' -> Command.TEACH;
      case 'u' -> Command.UNTEACH;
      case 'f' -> Command.SWAP_ENGINE;
      case 'm' -> Command.NEXT_LED;
      case '?', 'h' -> Command.HELP;
      case CTRL_Z -> Command.SUSPEND;
      case CTRL_L -> Command.REPAINT;
      case 'q', CTRL_C, CTRL_D -> Command.QUIT;
      default -> null;
    };
  }

  private static @Nullable BenchKey flip(int index, int switches) {
    return index < switches ? new Flip(index) : null;
  }
}
