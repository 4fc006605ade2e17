package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalStyleTest {
  @ParameterizedTest
  @CsvSource({
    "LANG=en_GB.UTF-8 TERM=xterm-256color COLORTERM=truecolor, TRUE_COLOUR",
    "LANG=en_GB.UTF-8 TERM=xterm-256color COLORTERM=24bit, TRUE_COLOUR",
    "LANG=en_GB.utf8 TERM=xterm-kitty, TRUE_COLOUR",
    "LANG=C.UTF-8 TERM=xterm-256color, COLOURS_256",
    "LANG=C.UTF-8 TERM=xterm, COLOURS_256",
    "LANG=C.UTF-8 TERM=screen, COLOURS_256",
    "LANG=C.UTF-8 TERM=vt220, MONOCHROME",
    "LANG=C.UTF-8 TERM=linux, MONOCHROME",
    "LANG=C.UTF-8 TERM=xterm-256color COLORTERM=truecolor NO_COLOR=1, MONOCHROME",
    "LANG=C.UTF-8 TERM=xterm NO_COLOR=, COLOURS_256",
    "LANG=C.UTF-8 TERM=dumb COLORTERM=truecolor, ASCII",
    "LANG=C.UTF-8, ASCII",
    "LANG=C TERM=xterm-256color COLORTERM=truecolor, ASCII",
    "TERM=xterm-256color, ASCII",
    "LC_ALL=C LC_CTYPE=C.UTF-8 LANG=C.UTF-8 TERM=xterm, ASCII",
    "LC_ALL= LC_CTYPE=C LANG=C.UTF-8 TERM=xterm, ASCII",
    "LC_CTYPE=C.UTF-8 LANG=C TERM=xterm, COLOURS_256",
    "LC_ALL=de_DE.UTF-8 LANG=C TERM=xterm, COLOURS_256",
    "LANG=de_DE.ISO-8859-1 TERM=xterm, ASCII",
    "SWITCHBACK_LOCALE=C LC_ALL=C.UTF-8 TERM=xterm, ASCII",
    "SWITCHBACK_LOCALE=en_GB.UTF-8 LC_ALL=C.UTF-8 TERM=xterm, COLOURS_256",
  })
  void theEnvironmentDecides(String environment, TerminalStyle style) {
    Map<String, String> variables = new HashMap<>();
    for (String variable : environment.split(" ", -1)) {
      int equals = variable.indexOf('=');
      variables.put(variable.substring(0, equals), variable.substring(equals + 1));
    }

    assertEquals(style, TerminalStyle.of(variables));
  }

  @Test
  void onlyAsciiPicksTheAsciiText() {
    for (TerminalStyle style : TerminalStyle.values()) {
      assertEquals(style == TerminalStyle.ASCII ? "o" : "●", style.pick("●", "o"));
    }
  }
}
