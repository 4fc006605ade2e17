package dev.switchback.device.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WiringTest {
  private static Wiring wiring(List<Line> leds, Line... switches) {
    return new Wiring(
        List.of(switches).stream().map(Wiring.Switch::toGround).toList(),
        leds.stream().map(line -> new Wiring.Led(line, false)).toList());
  }

  private static Line bcm(int number) {
    return new Line.Bcm(number);
  }

  private static Line[] lines(int count) {
    return IntStream.range(0, count).mapToObj(WiringTest::bcm).toArray(Line[]::new);
  }

  private static void assertRefused(String message, List<Line> leds, Line... switches) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> wiring(leds, switches));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void defaultIsTheWiringOfTheReadme() {
    assertEquals(wiring(List.of(bcm(22)), bcm(17), bcm(27)), Wiring.DEFAULT);
  }

  @Test
  void lineUsedTwiceIsNamed() {
    Line extra = new Line.OnChip("extra", 3);
    assertRefused("switch A and switch C are both on GPIO17", List.of(), bcm(17), bcm(27), bcm(17));
    assertRefused("switch B and the LED are both on extra:3", List.of(extra), bcm(17), extra);
    assertRefused("LED 1 and LED 2 are both on GPIO5", List.of(bcm(5), bcm(5)), bcm(17));
  }

  @Test
  void boardHasOneToEightSwitches_andUpToEightLeds() {
    assertRefused("a board has 1 to 8 switches, not 0", List.of(bcm(22)));
    assertRefused("a board has 1 to 8 switches, not 9", List.of(bcm(22)), lines(9));
    assertRefused("a board has 0 to 8 LEDs, not 9", List.of(lines(9)), bcm(22));
    assertEquals(8, wiring(List.of(), lines(8)).switches().size());
    assertEquals(8, wiring(List.of(lines(8)), bcm(22)).leds().size());
  }

  @Test
  void partsAreNamedInTheirOrder() {
    assertEquals(
        List.of(
            new Wiring.Part("switch A", bcm(17)),
            new Wiring.Part("switch B", bcm(27)),
            new Wiring.Part("the LED", bcm(22))),
        Wiring.DEFAULT.parts());
  }

  @Test
  void wiringDoesNotChangeWithTheListItWasMadeFrom() {
    List<Wiring.Switch> switches = new ArrayList<>(Wiring.DEFAULT.switches());
    Wiring wiring = new Wiring(switches, Wiring.DEFAULT.leds());
    switches.clear();
    assertEquals(Wiring.DEFAULT, wiring);
  }
}
