package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellGroupTest {
  private final List<List<String>> executed = new ArrayList<>();
  private String says = "";
  private final Exchange exchange =
      new Exchange(
          new ShellGroup(
              (words, out) -> {
                executed.add(words);
                out.append(says);
                return words.size() - 1;
              },
              16),
          256);

  private SmpMap execute(String... words) {
    return exchange.write(
        9,
        0,
        map -> {
          map.list("argv");
          for (String word : words) {
            map.text(word);
          }
          map.end();
        });
  }

  @Test
  void wordsGoToTheShellAndItsTextComesBack() throws SmpException {
    says = "1\n";
    SmpMap answer = execute("infer", "0", "1");
    assertEquals(List.of(List.of("infer", "0", "1")), executed);
    assertEquals("1\n", answer.text("o"));
    assertEquals(2, answer.number("ret"));
  }

  @Test
  void noWordsAreNoCommand() {
    assertEquals("9/3", Exchange.outcome(execute()));
    assertEquals("3", Exchange.outcome(exchange.write(9, 0, map -> {})));
    assertEquals("3", Exchange.outcome(exchange.write(9, 0, map -> map.text("argv", "x"))));
    assertEquals(List.of(), executed);
  }

  /** Arguments are read as by Zephyr. */
  @Test
  void wordsEndWhereSomethingElseStands() throws SmpException {
    assertEquals("9/3", Exchange.outcome(mixed(false)));
    assertEquals(List.of(), executed);
    assertEquals("ok", Exchange.outcome(mixed(true)));
    assertEquals(List.of(List.of("status")), executed);
  }

  private SmpMap mixed(boolean beginsWithAWord) {
    return exchange.write(
        9,
        0,
        map -> {
          map.list("argv");
          if (beginsWithAWord) {
            map.text("status");
          }
          map.number(1);
          map.text("x");
          map.end();
        });
  }

  @Test
  void aCommandHasALimit() {
    assertEquals("ok", Exchange.outcome(execute("x".repeat(16))));
    assertEquals("ok", Exchange.outcome(execute("x".repeat(7), "x".repeat(8))));
    assertEquals("9/2", Exchange.outcome(execute("x".repeat(17))));
    assertEquals("9/2", Exchange.outcome(execute("x".repeat(8), "x".repeat(8))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e4", "\u20ac", "\ud83d\ude00"})
  void aTextThatDoesNotFitIsCut(String character) throws SmpException {
    says = character.repeat(1000);
    String text = execute("status").text("o");
    assertTrue(says.startsWith(text));
    assertTrue(text.length() > 50, text.length() + " characters");
    assertEquals(0, text.length() % character.length(), "no half of a pair");
  }

  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abc, 2, ab", "\u00e4b, 1, ''", "\u00e4b, 2, \u00e4"})
  void cuttingCountsBytes(String text, int bytes, String expected) {
    assertEquals(expected, ShellGroup.cut(text, bytes));
  }

  @Test
  void otherCommandsAreNotSupported() {
    assertEquals("8", Exchange.outcome(exchange.read(9, 0, map -> {})));
    assertEquals("8", Exchange.outcome(exchange.write(9, 1, map -> {})));
  }
}
