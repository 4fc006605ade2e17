package dev.switchback.tools.cli.here;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.ExitCode;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.linux.HeaderPins;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WiringCommandTest {
  @TempDir private Path directory;

  private CommandLineRun run(String configuration) throws IOException {
    Path file = directory.resolve("switchback.properties");
    Files.writeString(file, configuration);
    return CommandLineRun.of("wiring", "--config", file.toString());
  }

  private String drawing(String configuration) throws IOException {
    CommandLineRun run = run(configuration);
    assertEquals(ExitCode.OK.code(), run.exitCode(), run.err());
    return run.out();
  }

  @Test
  void theDefaultsAreDrawn() throws IOException {
    assertEquals(
        """
                                        3V3   1  o o   2  5V
                                              3  o o   4  5V
                                              5  o o   6  GND
                                              7  o o   8
          switch A and switch B ------- GND   9  o o  10
                       switch A ----- BCM17  11  o o  12
                       switch B ----- BCM27  13  o o  14  GND ------- LED, short leg
          330 ohm, LED long leg ----- BCM22  15  o o  16

        switch A  BCM17  pin 11  other contact to GND, pin 9
        switch B  BCM27  pin 13  other contact to GND, pin 9
        LED       BCM22  pin 15  through 330 ohm to its long leg; short leg to GND, pin 14
        """,
        drawing(""));
  }

  @Test
  void theTeachButtonAndSeveralLedsAreDrawn() throws IOException {
    String drawing = drawing("teach = 23\nleds = 22,24\ntruth = 0110,0001");
    assertTrue(drawing.contains("o o  16  BCM23 ----- teach button\n"), drawing);
    assertTrue(
        drawing.endsWith(
            """
            switch A  BCM17  pin 11  other contact to GND, pin 9
            switch B  BCM27  pin 13  other contact to GND, pin 9
            LED 1     BCM22  pin 15  through 330 ohm to its long leg; short leg to GND, pin 14
            LED 2     BCM24  pin 18  through 330 ohm to its long leg; short leg to GND, pin 14
            teach     BCM23  pin 16  push button, other contact to GND, pin 20
            """),
        drawing);
  }

  @Test
  void switchesTo3V3AndAnLedFrom3V3TakeAPinEach() throws IOException {
    String drawing = drawing("switch.pull = down\nswitch.active = high\nled.active = low\n");
    assertTrue(drawing.contains("switch A and switch B ------- 3V3  17  o o"), drawing);
    assertTrue(drawing.contains("LED, short leg ----- BCM22  15  o o"), drawing);
    assertTrue(drawing.contains("330 ohm, LED long leg ------- 3V3   1  o o"), drawing);
    assertTrue(drawing.contains("note: BCM22 is pulled down from power-on"), drawing);
  }

  @Test
  void theCableIsDrawnWhereItIsOnTheHeader() throws IOException {
    String drawing = drawing("port = /dev/serial0\n");
    assertTrue(drawing.contains(" 6  GND ------- adapter, GND\n"), drawing);
    assertTrue(drawing.contains(" 8  BCM14 ----- adapter, RXD\n"), drawing);
    assertTrue(drawing.contains("10  BCM15 ----- adapter, TXD\n"), drawing);
    assertFalse(drawing("port = /dev/ttyGS0\n").contains("adapter"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, the memory of a HAT",
    "3, I2C",
    "7, SPI",
    "11, SPI",
    "13, PWM",
    "14, the UART",
    "18, PWM"
  })
  void aPinWithAnotherUseIsNoted(int line, String use) throws IOException {
    String drawing = drawing("led = " + line + "\n");
    assertTrue(
        drawing.contains("note: BCM" + line + " of the LED is also used for " + use), drawing);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 23, 24, 25, 26, 16, 20, 21})
  void aFreePinIsNot(int line) throws IOException {
    assertFalse(drawing("led = " + line + "\n").contains("note:"));
  }

  @Test
  void aSwitchOnThePinsOfTheCableIsNoted() throws IOException {
    String drawing = drawing("switches = 15,27\nport = /dev/ttyAMA0\n");
    assertTrue(drawing.contains("note: BCM15 of switch A is also used for the cable"), drawing);
    assertTrue(drawing.contains("10  BCM15 ----- switch A and adapter, TXD\n"), drawing);
  }

  @Test
  void anLedOnALineThatIsPulledUpMayGlow() throws IOException {
    String drawing = drawing("led = 5\n");
    assertTrue(drawing.contains("note: BCM5 is pulled up from power-on"), drawing);
    assertFalse(drawing("led = 5\nled.active = low\n").contains("power-on"));
  }

  @ParameterizedTest
  @CsvSource({
    "none, low, switch A and switch B without a pull: 10 kohm from each line to 3V3 needed",
    "none, high, switch A and switch B without a pull: 10 kohm from each line to GND needed",
    "down, low, the pull down gives switch A and switch B the same level as a closed switch to ground",
    "up, high, the pull up gives switch A and switch B the same level as a closed switch to 3.3 V"
  })
  void aPullThatDoesNotFitIsNoted(String pull, String active, String note) throws IOException {
    String drawing = drawing("switch.pull = " + pull + "\nswitch.active = " + active + "\n");
    assertTrue(drawing.contains(note), drawing);
  }

  @Test
  void threeLedsHaveNumbersAndShareThePinOfTheirRail() throws IOException {
    assertEquals(
        """
                                          3V3   1  o o   2  5V
                                                3  o o   4  5V
                                                5  o o   6  GND
                                                7  o o   8
            switch A and switch B ------- GND   9  o o  10
                         switch A ----- BCM17  11  o o  12
                         switch B ----- BCM27  13  o o  14  GND ------- LED 1 and LED 2, short legs
          330 ohm, LED 1 long leg ----- BCM22  15  o o  16  BCM23 ----- 330 ohm, LED 2 long leg
          330 ohm, LED 3 long leg ------- 3V3  17  o o  18  BCM24 ----- LED 3, short leg

        switch A  BCM17  pin 11  other contact to GND, pin 9
        switch B  BCM27  pin 13  other contact to GND, pin 9
        LED 1     BCM22  pin 15  through 330 ohm to its long leg; short leg to GND, pin 14
        LED 2     BCM23  pin 16  through 330 ohm to its long leg; short leg to GND, pin 14
        LED 3     BCM24  pin 18  to its short leg; long leg through 330 ohm to 3V3, pin 17
        note: BCM24 is pulled down from power-on: LED 3 may glow until the device starts
        """,
        drawing("leds = 22,23,24 low\ntruth = 0110,0001,0111\n"));
    String eight =
        drawing("leds = 5,6,13,19,26,16,20,21 low\ntruth = 0110" + ",0110".repeat(7) + "\n");
    assertTrue(eight.contains("GND ------- LEDs 1 to 7, short legs\n"), eight);
    String low = drawing("leds = 22,23\nled.active = low\ntruth = 0110,0001\n");
    assertTrue(low.contains("330 ohm each, LED 1 and LED 2 long legs ------- 3V3"), low);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void everySwitchHasItsPin(int switches) throws IOException {
    int[] lines = {5, 6, 16, 20, 21, 23, 24, 25};
    String list =
        String.join(",", IntStream.range(0, switches).mapToObj(i -> lines[i] + "").toList());
    String truth = "01".repeat(1 << (switches - 1));
    assertEquals(switches, TruthTable.parse(truth).inputs());
    String drawing = drawing("switches = " + list + "\ntruth = " + truth + "\n");
    for (int i = 0; i < switches; i++) {
      assertTrue(
          drawing.contains("switch %c  %-5s  pin".formatted('A' + i, "BCM" + lines[i])), drawing);
    }
  }

  @Test
  void linesByNameOrLabelAreDrawnIfTheyAreOnTheHeader() throws IOException {
    String byName = drawing("switches = GPIO17,PIN_13\nled = pinctrl-rp1:22\n");
    assertEquals(drawing(""), byName);
  }

  @Test
  void switchesToDifferentRailsHaveAPinOfEach() throws IOException {
    String drawing = drawing("switches = 17,27 down high button\n");
    assertTrue(drawing.contains("switch A ------- GND   9  o o"), drawing);
    assertTrue(drawing.contains("switch B ------- 3V3  17  o o"), drawing);
    assertTrue(
        drawing.contains("switch B  BCM27  pin 13  push button, other contact to 3V3, pin 17\n"),
        drawing);
    assertFalse(drawing.contains("note:"), drawing);
  }

  @Test
  void linesOfOtherChipsAreOnlyListed() throws IOException {
    assertEquals(
        """
        switch A  extra:3          other contact to GND
        switch B  GPIO28           other contact to GND
        """,
        drawing("switches = extra:3,GPIO28\nled = none\n"));
    String mixed = drawing("switches = 17,extra:3\nled = PIN_99\n");
    assertTrue(mixed.contains("switch A ------- GND   9  o o"), mixed);
    assertTrue(
        mixed.contains(
            "LED       PIN_99           through 330 ohm to its long leg; short leg to GND\n"),
        mixed);
  }

  @Test
  void everyLineHasAPinOfItsOwn() {
    long pins = IntStream.rangeClosed(0, 27).map(HeaderPins::ofLine).distinct().count();
    assertEquals(28, pins);
    assertEquals(40, HeaderPins.ofLine(21));
    assertEquals(11, HeaderPins.ofLine(17));
  }

  @Test
  void aConfigurationThatCannotBeUsedIsRefused() throws IOException {
    CommandLineRun run = run("led = 99\n");
    assertEquals(ExitCode.USAGE.code(), run.exitCode());
    assertTrue(run.err().contains("a BCM number is 0 to 27"), run.err());
  }
}
