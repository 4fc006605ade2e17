package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OsGroupTest {
  private int resets;
  private final Exchange exchange =
      new Exchange(
          new OsGroup(
              new OsPort() {
                @Override
                public String info(char letter) {
                  return "<" + letter + ">";
                }

                @Override
                public String bootloader() {
                  return "start";
                }

                @Override
                public void reset() {
                  resets++;
                }
              },
              4096,
              4));

  @ParameterizedTest
  @CsvSource({
    "s, <s>",
    "os, <s> <o>",
    "nnn, <n>",
    "a, <s> <n> <r> <v> <b> <m> <p> <i> <o>",
    "'', ''"
  })
  void infoHasAFixedOrder(String format, String expected) throws SmpException {
    SmpMap answer = exchange.read(0, 7, map -> map.text("format", format));
    assertEquals(expected, answer.text("output"));
  }

  @Test
  void infoIsTheKernelsNameUnlessAskedOtherwise() throws SmpException {
    assertEquals("<s>", exchange.read(0, 7, map -> {}).text("output"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"z", "sz", "S", " ", "\ud83d\ude00"})
  void anUnknownPartIsRefused(String format) {
    assertEquals("0/2", Exchange.outcome(exchange.read(0, 7, map -> map.text("format", format))));
  }

  @Test
  void aFormatThatIsNoTextIsInvalid() {
    assertEquals("3", Exchange.outcome(exchange.read(0, 7, map -> map.number("format", 1))));
  }

  @Test
  void parametersAreWhatWasConfigured() throws SmpException {
    SmpMap answer = exchange.read(0, 6, map -> {});
    assertEquals(4096, answer.number("buf_size"));
    assertEquals(4, answer.number("buf_count"));
  }

  @Test
  void resetComesAfterTheAnswer() {
    assertEquals("ok", Exchange.outcome(exchange.write(0, 5, map -> map.number("force", 1))));
    assertEquals(0, resets);
    exchange.afterAnswer();
    assertEquals(1, resets);
  }

  @Test
  void theBootloaderHasANameAndAnswersNoQuery() throws SmpException {
    assertEquals("start", exchange.read(0, 8, map -> {}).text("bootloader"));
    assertEquals("0/3", Exchange.outcome(exchange.read(0, 8, map -> map.text("query", "mode"))));
  }

  @Test
  void anEchoWithoutTextIsEmpty() throws SmpException {
    assertEquals("", exchange.write(0, 0, map -> {}).text("r"));
    assertEquals("", exchange.write(0, 0, map -> map.number("e", 1)).text("r"));
    assertEquals("3", Exchange.outcome(exchange.write(0, 0, map -> map.number("d", 1))));
  }

  @Test
  void anEchoThatDoesNotFitIsTooLong() {
    SmpMap answer = exchange.write(0, 0, map -> map.text("d", "x".repeat(5000)));
    assertEquals("7", Exchange.outcome(answer));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9, 255})
  void otherCommandsAreNotSupported(int command) {
    assertEquals("8", Exchange.outcome(exchange.read(0, command, map -> {})));
    assertEquals("8", Exchange.outcome(exchange.write(0, command, map -> {})));
  }

  @Test
  void whatIsOnlyReadIsNotWrittenAndTheOtherWayRound() {
    assertEquals("8", Exchange.outcome(exchange.read(0, 5, map -> {})));
    assertEquals("8", Exchange.outcome(exchange.write(0, 6, map -> {})));
    assertEquals("8", Exchange.outcome(exchange.write(0, 7, map -> {})));
  }
}
