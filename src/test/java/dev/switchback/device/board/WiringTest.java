package dev.switchback.device.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WiringTest {
  private static Wiring wiring(int led, Integer... switches) {
    return new Wiring(List.of(switches), led, Pull.UP, true, false);
  }

  private static void assertRefused(String message, int led, Integer... switches) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> wiring(led, switches));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void defaultIsTheWiringOfTheReadme() {
    assertEquals(wiring(22, 17, 27), Wiring.DEFAULT);
  }

  @Test
  void bothEndsOfTheHeaderAreAllowed() {
    assertEquals(List.of(0, 26), wiring(27, 0, 26).switchLines());
    assertEquals(0, wiring(0, 27).ledLine());
  }

  @Test
  void lineThatIsNotOnTheHeaderIsNamed() {
    assertRefused("switch B is on GPIO28, but the header has GPIO0 to GPIO27", 22, 17, 28);
    assertRefused("switch A is on GPIO-1, but the header has GPIO0 to GPIO27", 22, -1, 27);
    assertRefused("the LED is on GPIO28, but the header has GPIO0 to GPIO27", 28, 17, 27);
    assertRefused("the LED is on GPIO-1, but the header has GPIO0 to GPIO27", -1, 17, 27);
  }

  @Test
  void lineUsedTwiceIsNamed() {
    assertRefused("switch A and switch C are both on GPIO17", 22, 17, 27, 17);
    assertRefused("switch B and the LED are both on GPIO27", 27, 17, 27);
  }

  @Test
  void boardHasOneToEightSwitches() {
    assertRefused("a board has 1 to 8 switches, not 0", 22);
    assertRefused("a board has 1 to 8 switches, not 9", 22, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertEquals(8, wiring(22, 0, 1, 2, 3, 4, 5, 6, 7).switchLines().size());
  }

  @Test
  void wiringDoesNotChangeWithTheListItWasMadeFrom() {
    List<Integer> lines = new ArrayList<>(List.of(17, 27));
    Wiring wiring = new Wiring(lines, 22, Pull.UP, true, false);
    lines.set(0, 5);
    assertEquals(List.of(17, 27), wiring.switchLines());
  }
}
