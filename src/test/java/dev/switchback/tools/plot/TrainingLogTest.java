package dev.switchback.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.LossCurve.Point;
import dev.switchback.tools.plot.TrainingLog.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingLogTest {
  private static final TrainingLog TWO_SWITCHES =
      new TrainingLog(
          2,
          1,
          List.of(
              new Row(0, 0.1, 0, List.of(0.5f, 0.25f, 1f, 0f)),
              new Row(10, 1 / 3.0, 0, List.of(0.1f, 1e-10f, 1 / 3f, 16777216f)),
              new Row(47, Double.NaN, 2, List.of(Float.NaN, -0f, -1.5f, Float.MIN_VALUE))));
  private static final String CSV =
      """
      epoch,loss,restarts,output_00,output_01,output_10,output_11
      0,0.1,0,0.5,0.25,1.0,0.0
      10,0.3333333333333333,0,0.1,1.0E-10,0.33333334,1.6777216E7
      47,NaN,2,NaN,-0.0,-1.5,1.4E-45
      """;

  private static String refusal(String csv) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> TrainingLog.parse(csv), csv)
            .getMessage());
  }

  @Test
  void isWrittenAsCsvAndReadBackExactly() {
    assertEquals(CSV, TWO_SWITCHES.toCsv());
    assertEquals(TWO_SWITCHES, TrainingLog.parse(CSV));
  }

  @Test
  void outputsAreNamedByTheLevelsOfAllSwitches() {
    assertEquals(
        "epoch,loss,restarts,output_0,output_1\n", new TrainingLog(1, 1, List.of()).toCsv());
    String eight = new TrainingLog(8, 1, List.of()).toCsv();
    assertTrue(eight.contains(",output_00000000,output_00000001,"), eight);
    assertTrue(eight.endsWith(",output_11111111\n"), eight);
    for (int inputs = 1; inputs <= 8; inputs++) {
      List<Float> outputs = new ArrayList<>(Collections.nCopies(1 << inputs, 0.5f));
      TrainingLog log = new TrainingLog(inputs, 1, List.of(new Row(1, 1e-300, 0, outputs)));
      assertEquals(log, TrainingLog.parse(log.toCsv()));
    }
  }

  @Test
  void numbersAsPythonWritesThemAreRead() {
    TrainingLog log = TrainingLog.parse("epoch,loss,restarts,output_0,output_1\n1,1e-05,0,1,0.5\n");
    assertEquals(List.of(new Row(1, 1e-5, 0, List.of(1f, 0.5f))), log.rows());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "epoch; Epoch; line 1: 'Epoch,loss,restarts,output_00,output_01,output_10,output_11',",
        "output_10; output_1; line 1: ",
        ",output_11; ; line 1: ",
        "0.25; x; line 2: 'x', a number expected",
        "0.25; 0x1p3; line 2: '0x1p3', a number expected",
        "0.25; 1f; line 2: '1f', a number expected",
        "0.25; +1; line 2: '+1', a number expected",
        "0.1,0; ,0; line 2: '', a loss expected",
        "0.1,0; 0.1,-1; line 2: '-1', a number of restarts expected",
        "0.1,0; 0.1,1.0; line 2: '1.0', a number of restarts expected",
        "47; 10; line 4: epoch 10, more than 10 expected",
        "47; 9; line 4: epoch 9, more than 10 expected",
        "47; 1234567890; line 4: '1234567890', an epoch expected",
        "-1.5; 0,0; line 4: 8 fields, 7 expected",
        "-1.5,; ; line 4: 6 fields, 7 expected"
      })
  void whatDoesNotFitIsRefusedWithItsLine(String part, String other, String message) {
    assertTrue(CSV.contains(part), part);
    String bad = CSV.replace(part, other == null ? "" : other);
    assertTrue(refusal(bad).startsWith(message), refusal(bad));
  }

  @Test
  void aFileThatIsCutOffIsRefused() {
    for (int length = 0; length < CSV.length(); length++) {
      if (length > 0 && CSV.charAt(length - 1) == '\n') {
        assertTrue(TrainingLog.parse(CSV.substring(0, length)).rows().size() < 3);
      } else {
        assertTrue(refusal(CSV.substring(0, length)).startsWith("line "));
      }
    }
    assertEquals(
        "line 3: ends without a line break; the file may be cut off",
        refusal(CSV.substring(0, CSV.indexOf("10,0.33") + 2)));
  }

  @Test
  void otherLineBreaksAndBlankLinesAreRefused() {
    assertTrue(refusal(CSV.replace("\n", "\r\n")).startsWith("line 1: "));
    assertEquals("line 5: 1 fields, 7 expected", refusal(CSV + "\n"));
  }

  @Test
  void theHistoryHoldsTheNewestLossAtEvenlySpacedEpochs() {
    List<Float> outputs = List.of(0f, 1f);
    TrainingLog log =
        new TrainingLog(
            1,
            1,
            List.of(
                new Row(0, 4, 0, outputs),
                new Row(10, 3, 0, outputs),
                new Row(20, 2, 0, outputs),
                new Row(40, 1, 0, outputs)));
    assertEquals(List.of(4.0, 3.0, 2.0, 2.0, 1.0), losses(log, 5));
    assertEquals(List.of(4.0, 2.0, 1.0), losses(log, 3));
    assertEquals(List.of(4.0), losses(log, 1));
    assertEquals(List.of(), losses(new TrainingLog(1, 1, List.of()), 5));
    assertEquals(0.1f, TWO_SWITCHES.history(2).getFirst().loss());
  }

  private static List<Double> losses(TrainingLog log, int points) {
    return log.history(points).stream().map(Point::loss).toList();
  }
}
