package dev.switchback.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.tools.bench.BenchKey.Command;
import dev.switchback.tools.bench.BenchKey.Flip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchKeyDecoderTest {
  private final BenchKeyDecoder decoder = new BenchKeyDecoder();

  @Test
  void digitsFlipSwitchesAndSoDoTheLettersOfTheFirstTwo() {
    assertEquals(
        List.of(new Flip(0), new Flip(1), new Flip(0), new Flip(0), new Flip(1)), keys("abA12", 2));
    assertEquals(List.of(new Flip(2), new Flip(5), new Flip(7)), keys("368", 8));
  }

  @Test
  void keysBeyondTheSwitchesDoNothing() {
    assertEquals(List.of(), keys("38", 2));
    assertEquals(List.of(), keys("b2", 1));
    assertEquals(List.of(), keys("cC90zö[", 8));
  }

  @Test
  void commandsHaveTheirLetters() {
    assertEquals(
        List.of(Command.RETRAIN, Command.SWAP_ENGINE, Command.HELP, Command.QUIT), keys("rFHq", 8));
  }

  @Test
  void everyOtherCommandHasItsKey() {
    assertEquals(
        List.of(
            Command.PAUSE,
            Command.STEP,
            Command.FASTER,
            Command.SLOWER,
            Command.NEXT_TRUTH,
            Command.NEXT_HIDDEN,
            Command.NEXT_LED,
            Command.TEACH,
            Command.UNTEACH,
            Command.HELP,
            Command.HELP,
            Command.SUSPEND),
        keys(" s+-lnmtu?h\u001a", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0003", "\u0004", "Q"})
  void interruptAndEndOfInputQuit(String text) {
    assertEquals(List.of(Command.QUIT), keys(text, 8));
  }

  @Test
  void controlLRepaints() {
    assertEquals(List.of(Command.REPAINT), keys("\f", 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u001b[A", "\u001b[B", "\u001bOA", "\u001b[1;5A", "\u001b[15~", "\u001ba"})
  void sequencesOfOtherKeysFlipNothing(String sequence) {
    assertEquals(List.of(new Flip(1)), keys(sequence + "b", 8));
  }

  @Test
  void anEscapeThatStoodAloneDoesNotSwallowTheNextKey() {
    assertEquals(List.of(), keys("\u001b", 2));

    decoder.pause();

    assertEquals(List.of(new Flip(0)), keys("a", 2));
  }

  private List<BenchKey> keys(String text, int switches) {
    List<BenchKey> keys = new ArrayList<>();
    for (int k = 0; k < text.length(); k++) {
      BenchKey key = decoder.next(text.charAt(k), switches);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }
}
