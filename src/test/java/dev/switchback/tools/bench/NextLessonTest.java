package dev.switchback.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextLessonTest {
  @ParameterizedTest
  @CsvSource({
    "0110, 0110 1110 1000 1001 0001 0111 0110",
    "0010, 0010 0001 0111 0110 1110 1000 1001 0010",
    "01, 01 10 01",
    "'0110,0001', '0110,0001 0001,0111 0111,0110 0110,1110 1110,1000 1000,1001 1001,0001 0110,0001'",
    "'01,01,01', '01,01,01 01,01,10 01,10,10 10,10,10 10,10,01 10,01,01 01,01,01'",
    "00010111, 00010111 00000001 01111111 01101001 11111110 10000000 10010110 00010111",
  })
  void tablesComeRound(String first, String round) {
    TruthTable begin = TruthTable.parse(first);
    List<String> seen = new ArrayList<>(List.of(first));
    TruthTable now = begin;
    do {
      now = NextLesson.truth(now, begin);
      seen.add(now.toString());
    } while (!now.equals(begin));
    assertEquals(List.of(round.split(" ", -1)), seen);
  }

  @ParameterizedTest
  @CsvSource({
    "2-2-1, 2-3-1 2-4-1 2-6-1 2-8-1 2-1 2-1-1 2-2-1",
    "2-3-3-1, 2-4-4-1 2-6-6-1 2-8-8-1 2-1 2-1-1 2-2-1 2-3-1",
    "2-5-2, 2-6-2 2-8-2 2-2 2-1-2 2-2-2",
    "8-32-1, 8-1 8-1-1",
    "8-24-1, 8-32-1",
    "3-100-1, 3-1",
  })
  void hiddenNeuronsComeRound(String widths, String round) {
    Topology now = Topology.parse(widths, Activation.SIGMOID);
    for (String next : round.split(" ", -1)) {
      assertEquals(next, NextLesson.widths(now));
      now = Topology.parse(next, Activation.SIGMOID);
    }
  }

  @Test
  void everyTableOfTheRoundHasAsManySwitches() {
    TruthTable begin = TruthTable.parse("01".repeat(128));
    TruthTable now = begin;
    for (int k = 0; k < 10; k++) {
      now = NextLesson.truth(now, begin);
      assertEquals(8, now.inputs());
    }
  }
}
