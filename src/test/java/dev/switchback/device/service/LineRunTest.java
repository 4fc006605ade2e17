package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.device.board.pi4j.SimulatedBoard;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.store.MemoryStorage;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineRunTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private List<String> run(String input, String... settings) throws Exception {
    DeviceConfiguration configuration =
        ConfigurationParser.parse(
            "test", String.join("\n", settings).getBytes(StandardCharsets.UTF_8));
    try (SimulatedBoard board = SimulatedBoard.open(configuration.wiring())) {
      int exitCode =
          new LineRun(
                  configuration,
                  board,
                  new MemoryStorage(),
                  null,
                  new BufferedReader(new StringReader(input)),
                  new PrintWriter(out, true),
                  new PrintWriter(err, true))
              .run();
      assertEquals(0, exitCode);
    }
    return out.toString().lines().toList();
  }

  @Test
  void withoutInputAllPositionsArePlayed() throws Exception {
    assertLinesMatch(
        List.of(
            "A=0 B=0 LED=0 output=0\\.0\\d{3}",
            "A=0 B=1 LED=1 output=0\\.9\\d{3}",
            "A=1 B=0 LED=1 output=0\\.9\\d{3}",
            "A=1 B=1 LED=0 output=0\\.0\\d{3}"),
        run(""));
    assertTrue(err.toString().startsWith("training: solved after "), err.toString());
  }

  @Test
  void fixedPointAndAnotherTruthTable() throws Exception {
    assertLinesMatch(
        List.of(
            "A=0 B=0 LED=1 output=.*",
            "A=0 B=1 LED=0 output=.*",
            "A=1 B=0 LED=0 output=.*",
            "A=1 B=1 LED=1 output=.*"),
        run("", "engine = fixed", "truth = 1001"));
  }

  @Test
  void linesTeach() throws Exception {
    assertLinesMatch(
        List.of(
            "A=1 B=0 LED=1 output=.*",
            "A=1 B=1 LED=1 output=.*",
            "A=1 B=0 LED=0 output=.*",
            "A=1 B=1 LED=0 output=.*"),
        run("a\nteach or\nb\nteach 10=0\nb=0\nunteach\nb\nteach 12\n"));
    List<String> said = err.toString().lines().filter(line -> !line.contains("training")).toList();
    assertEquals(List.of("switchback: truth table digit 2 is '2', not 0 or 1"), said);
  }

  @Test
  void aHalfAdderHasTwoLeds() throws Exception {
    assertLinesMatch(
        List.of(
            "A=0 B=0 LED=0,0 output=0\\.0\\d+,0\\.0\\d+",
            "A=0 B=1 LED=1,0 output=(0\\.9|1\\.0)\\d+,0\\.0\\d+",
            "A=1 B=0 LED=1,0 output=(0\\.9|1\\.0)\\d+,0\\.0\\d+",
            "A=1 B=1 LED=0,1 output=0\\.0\\d+,(0\\.9|1\\.0)\\d+"),
        run("", "leds = 22,24 low", "truth = 0110,0001"));
  }

  @Test
  void otherPolaritiesAndThreeSwitches() throws Exception {
    List<String> lines =
        run(
            "",
            "switches = 5, 6, 13",
            "switch.active = high",
            "switch.pull = down",
            "led.active = low",
            "debounce.millis = 0",
            "truth = 01101001");
    assertEquals(8, lines.size());
    assertLinesMatch(
        List.of("A=0 B=0 C=0 LED=0 .*", "A=0 B=0 C=1 LED=1 .*", ">> 5 >>", "A=1 B=1 C=1 LED=1 .*"),
        lines);
  }

  @Test
  void whatCannotBeLearntIsNoSuccess() {
    Refusal refusal = assertThrows(Refusal.class, () -> run("", "topology = 2-1"));
    assertEquals(ExitCode.REFUSED.code(), refusal.exitCode());
    assertEquals(
        "nothing answers: 2-1 cannot part XOR 0110 by one line: use more hidden neurons, such as"
            + " 2-2-1",
        refusal.getMessage());
    assertLinesMatch(
        List.of(
            "A=0 B=0 LED=0 output=none",
            "A=0 B=1 LED=0 output=none",
            "A=1 B=0 LED=0 output=none",
            "A=1 B=1 LED=0 output=none"),
        out.toString().lines().toList());
  }

  @Test
  void lettersMayBeCapitals() throws Exception {
    assertLinesMatch(List.of("A=1 B=0 LED=1 .*", "A=1 B=1 LED=0 .*"), run("A\nB=1\n"));
  }

  @Test
  void linesDriveTheSwitches() throws Exception {
    assertLinesMatch(
        List.of("A=1 B=0 LED=1 .*", "A=1 B=1 LED=0 .*", "A=0 B=1 LED=1 .*", "A=0 B=0 LED=0 .*"),
        run("a\nb=1\na\n\nb=0\nquit\na\n"));
  }

  @Test
  void inputMayEndWithoutQuit() throws Exception {
    assertEquals(1, run("b").size());
  }

  @Test
  void retrainAnswersFromNewWeights() throws Exception {
    List<String> lines = run("a\nretrain\na=1\n");
    assertEquals(2, lines.size());
    assertTrue(
        lines.get(0).startsWith("A=1 B=0 LED=1") && lines.get(1).startsWith("A=1 B=0 LED=1"));
    assertTrue(!lines.get(0).equals(lines.get(1)), lines.toString());
    assertTrue(err.toString().contains("(seed 2, float)"), err.toString());
  }

  @Test
  void statusTellsOfTheWholeDevice() throws Exception {
    String status = String.join("\n", run("a\nstatus\n", "engine=fixed"));
    for (String part :
        List.of(
            "position: A=1 B=0 LED=1 output=0.9",
            "state: answering",
            "engine: fixed, differs from float by at most ",
            ", nothing is cut\n",
            "lesson: 0110, recipe device, 2-2-1",
            "weights: 1.0.0+1 ",
            " 2-2-1 trained from seed 1, slot-b.img\n",
            "\nslot 0: 1.0.0+1 ",
            ", slot-b.img, active, confirmed\n",
            "\nslot 1: no image, slot-a.img, is empty\n",
            "\nstorage: memory, next start: none\n",
            "debounce: 10 ms, 1 changes, 0 bounces",
            "faults: 0")) {
      assertTrue(status.contains(part), status);
    }
  }

  @Test
  void unknownLinesAreNamedAndChangeNothing() throws Exception {
    assertEquals(1, run("c\nflip\na=2\n=1\nab\nb\n").size());
    assertEquals(5, err.toString().lines().filter(line -> line.contains("is none of")).count());
  }
}
