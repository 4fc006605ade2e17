package dev.switchback.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineEditorTest {
  private static final String PROMPT = "switchback> ";
  private static final List<String> WORDS = List.of("help", "status", "slots", "train", "test");
  private static final String UP = "\033[A";
  private static final String DOWN = "\033[B";
  private static final String LEFT = "\033[D";
  private static final String HOME = "\033[H";

  private final Terminal terminal = new Terminal();
  private final List<String> entered = new ArrayList<>();
  private final LineEditor editor =
      new LineEditor(
          terminal,
          new LineEditor.Listener() {
            @Override
            public void line(String line) {
              entered.add(line);
            }

            @Override
            public void interrupt() {
              entered.add("^C");
            }
          },
          PROMPT,
          WORDS);

  private LineEditorTest type(String keys) {
    for (byte key : Received.latin1(keys)) {
      editor.key(key);
    }
    return this;
  }

  private void assertLine(String expected) {
    assertEquals(PROMPT + expected, terminal.line());
    editor.redraw();
    assertEquals(PROMPT + expected, terminal.line(), "drawn again");
  }

  private void prompt() {
    editor.redraw();
  }

  @ParameterizedTest
  @CsvSource({"'infer 0 1\r'", "'infer 0 1\n'", "'infer 0 1\r\n'", "'\ninfer 0 1\r'"})
  void lineEndsOnce_howeverItIsEnded(String keys) {
    prompt();
    type(keys);
    assertEquals(List.of("infer 0 1"), entered);
    assertEquals(List.of(PROMPT + "infer 0 1", ""), terminal.rows());
    prompt();
    assertLine("|");
  }

  @Test
  void emptyLine_isALine_onlyByCarriageReturn() {
    type("\n\n\r\r\n\n");
    assertEquals(List.of("", ""), entered);
  }

  @Test
  void nothingIsShown_untilAsked() {
    assertEquals("|", terminal.line());
    prompt();
    assertLine("|");
    prompt();
    assertLine("|");
    assertEquals(1, terminal.rows().size());
  }

  @Test
  void prompt_isTheLastThatComes() {
    Received sent = new Received();
    LineEditor other =
        new LineEditor(
            (bytes, offset, length) -> {
              for (int i = offset; i < offset + length; i++) {
                sent.text(bytes[i]);
              }
            },
            new Silent(),
            PROMPT,
            WORDS);
    other.redraw();
    assertTrue(sent.text().endsWith(PROMPT), sent.text());
    assertEquals(1, sent.text().split(PROMPT, -1).length - 1);
  }

  /** Typed bytes, and the terminal after them, with the cursor as a bar. */
  @ParameterizedTest
  @CsvSource({
    "'abc', 'abc|'",
    "'abc\033[D\033[Dx', 'ax|bc'",
    "'abc\033OD\033ODx', 'ax|bc'",
    "'abc\2\2\2\2x', 'x|abc'",
    "'abc\2\2\6x', 'abx|c'",
    "'abc\2\2\033[C\033[C\033[Cx', 'abcx|'",
    "'abc\1x', 'x|abc'",
    "'abc\033[Hx', 'x|abc'",
    "'abc\033OHx', 'x|abc'",
    "'abc\033[1~x', 'x|abc'",
    "'abc\033[7~x', 'x|abc'",
    "'abc\1\5x', 'abcx|'",
    "'abc\1\033[Fx', 'abcx|'",
    "'abc\1\033[4~x', 'abcx|'",
    "'abc\1\033[8~x', 'abcx|'",
    "'abc\177', 'ab|'",
    "'abc\10', 'ab|'",
    "'abc\2\177', 'a|c'",
    "'abc\1\177', '|abc'",
    "'abc\1\033[3~', '|bc'",
    "'abc\1\4', '|bc'",
    "'abc\033[3~', 'abc|'",
    "'abc\2\13', 'ab|'",
    "'abc\2\25', '|c'",
    "'infer 0 1\27', 'infer 0 |'",
    "'infer 0  \27', 'infer |'",
    "'infer 0 1\2\2\27', 'infer | 1'",
    "'  \27', '|'",
    "'ab\033[1;5Cc', 'abc|'",
    "'ab\033[11~c', 'abc|'",
    "'ab\033xc', 'abxc|'",
    "'ab\033\033[Dc', 'ac|b'",
    "'ab\033[\033[Dc', 'ac|b'",
    "'ab\033[123456789c', 'ab9c|'",
    "'a\0b\376c\370\14', 'abc|'",
    "'a\20\21\22\23\30\32\34\35\36\37b', 'ab|'",
    "'\4\13\25\27\177\2\6\033[3~\033[A\033[B', '|'"
  })
  void keys_editTheLine(String keys, String shown) {
    prompt();
    type(keys);
    assertLine(shown);
    type("\r");
    assertEquals(List.of(shown.replace("|", "")), entered);
  }

  @ParameterizedTest
  @CsvSource({
    "'st\tx', 'status x|'",
    "'s\tl\t', 'slots |'",
    "'t\t', 't|'",
    "'x\t', 'x|'",
    "'help \t', 'help |'",
    "'status\t', 'status |'",
    "'sx\2\t', 's|x'",
    "'\1stx\2\t', 'status |x'"
  })
  void tab_completesACommand(String keys, String shown) {
    prompt();
    type(keys);
    assertLine(shown);
  }

  @Test
  void tab_showsTheCommands_ifThereAreSeveral() {
    prompt();
    type("t\t");
    assertEquals(List.of(PROMPT + "t", "train test", PROMPT + "t"), terminal.rows());
    type("\25\t");
    assertEquals("help status slots train test", terminal.rows().get(3));
  }

  @Test
  void tab_extendsAsFarAsAllAgree() {
    LineEditor other =
        new LineEditor(terminal, new Silent(), PROMPT, List.of("confirm", "conform"));
    other.redraw();
    other.key((byte) 'c');
    other.key((byte) '\t');
    assertEquals(PROMPT + "conf|", terminal.line());
  }

  private static final class Silent implements LineEditor.Listener {
    @Override
    public void line(String line) {}

    @Override
    public void interrupt() {}
  }

  @Test
  void ctrlC_givesTheLineUp() {
    prompt();
    type("revert\3");
    assertEquals(List.of("^C"), entered);
    assertEquals(List.of(PROMPT + "revert^C", ""), terminal.rows());
    prompt();
    assertLine("|");
  }

  @Test
  void ctrlL_clearsTheScreen_andKeepsTheLine() {
    prompt();
    type("help\rsta");
    prompt();
    type("\14");
    assertLine("sta|");
    assertEquals(1, terminal.rows().size());
  }

  @Test
  void arrows_walkThroughTheHistory_andBackToWhatWasTyped() {
    type("one\rtwo\r\r  \rtwo\r");
    prompt();
    type("thr" + UP);
    assertLine("two|");
    type(UP);
    assertLine("one|");
    type(UP);
    assertLine("one|");
    type(DOWN + DOWN);
    assertLine("thr|");
    type(DOWN);
    assertLine("thr|");
    type(UP + UP + "s\r");
    assertEquals("ones", entered.getLast());
    prompt();
    type(UP);
    assertLine("ones|");
  }

  @Test
  void history_keeps32Lines() {
    for (int i = 0; i < 40; i++) {
      type("line " + i + "\r");
    }
    prompt();
    type(UP.repeat(50));
    assertLine("line 8|");
  }

  @Test
  void lineOf256Characters_isTheLongest() {
    prompt();
    type("0123456789".repeat(30) + "\r");
    assertEquals("0123456789".repeat(30).substring(0, 256), entered.getFirst());
  }

  @Test
  void longLine_isShownInPart_aroundTheCursor() {
    prompt();
    String digits = "0123456789".repeat(10);
    type(digits);
    assertLine(digits.substring(33) + "|");
    type(LEFT.repeat(66));
    assertLine("3|" + digits.substring(34));
    type(HOME + "x");
    assertLine("x|" + digits.substring(0, 66));
    type("\5y\r");
    assertEquals("x" + digits + "y", entered.getFirst());
  }

  /** Echo key by key and drawing at once give the same screen; the terminal checks the columns. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyKeys_leaveOnTheTerminal_whatIsInTheLine(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] keys = {
      "a",
      "b ",
      "word",
      "\2",
      "\6",
      "\1",
      "\5",
      "\177",
      "\4",
      "\27",
      "\t",
      UP,
      DOWN,
      LEFT,
      "\033",
      "\033[",
      "[",
      "3",
      "~",
      "\300",
      "\14",
      "long enough to scroll at some time",
      "\13",
      "\25"
    };
    prompt();
    for (int i = 0; i < 20_000; i++) {
      type(keys[random.nextInt(keys.length - (i % 20 < 18 ? 2 : 0))]);
      String shown = terminal.line();
      editor.redraw();
      assertEquals(shown, terminal.line(), "after " + i + " keys");
      if (random.nextInt(50) == 0) {
        type("\r");
        prompt();
      }
    }
    assertFalse(entered.isEmpty());
  }

  @Test
  void everyByte_afterEveryByte_leavesAnEditorThatEdits() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        LineEditorTest each = new LineEditorTest();
        each.type("ab");
        each.editor.key((byte) first);
        each.editor.key((byte) second);
        each.type("\3status\r");
        assertEquals("status", each.entered.getLast(), first + " " + second);
      }
    }
  }
}
