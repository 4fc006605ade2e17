package dev.switchback.tools.cli.here;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.Refusal;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.device.config.BoardChoice;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.node.StoredWeights;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.tools.CommandLineRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LessonOptionsTest {
  @TempDir Path directory;

  private final MemoryStorage storage = new MemoryStorage();

  @Command(name = "run")
  private static final class Holder {
    @Mixin private LessonOptions lesson = new LessonOptions();
  }

  private LessonOptions options(String words) {
    Holder holder = new Holder();
    CommandLine line = new CommandLine(holder);
    line.registerConverter(NamedRecipe.class, NamedRecipe::of);
    line.parseArgs(words.isEmpty() ? new String[0] : words.split(" ", -1));
    return holder.lesson;
  }

  private DeviceConfiguration simulated(String words) throws Exception {
    DeviceConfiguration read = DeviceConfiguration.defaults().with(Key.BOARD, BoardChoice.SIM);
    return options(words).over(read, false, storage);
  }

  private DeviceConfiguration configured(String words, String... settings) throws Exception {
    DeviceConfiguration read =
        ConfigurationParser.parse(
            "c", String.join("\n", settings).getBytes(StandardCharsets.UTF_8));
    return options(words).over(read, true, storage);
  }

  private Path trained(String truth, String topology) {
    Path file = directory.resolve(truth + ".safetensors");
    CommandLineRun run =
        CommandLineRun.of(
            "train", "--truth", truth, "--topology", topology, "--out", file.toString());
    assertEquals(0, run.exitCode(), run.err());
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2, 0110, 2-2-1, 1, device",
    "--truth and, 2, 0001, 2-2-1, 1, device",
    "--truth Nor --topology 2-5-1 --seed 9, 2, 1000, 2-5-1, 9, device",
    "--truth 00010111, 3, 00010111, 3-12-1, 1, device",
    "--truth and --topology 3-4-1, 3, 00000001, 3-4-1, 1, device",
    "--topology 3-4-1, 3, 01101001, 3-4-1, 1, device",
    "--recipe reference-b, 2, 0110, 2-8-2, 1, numerical-gradient",
  })
  void aSimulatedBoardIsWhatTheLessonAsksFor(
      String words, int switches, String truth, String topology, long seed, String recipe)
      throws Exception {
    DeviceConfiguration asked = simulated(words);
    assertEquals(switches, asked.get(Key.SWITCHES).size());
    assertEquals(truth, asked.get(Key.TRUTH).toString());
    assertEquals(topology, asked.lesson().topology().toString());
    assertEquals(seed, asked.get(Key.SEED));
    assertEquals(recipe, asked.lesson().recipe().name());
    assertEquals(switches + 1, asked.wiring().parts().size());
  }

  @Test
  void optionsWinOverTheConfiguration() throws Exception {
    DeviceConfiguration asked =
        configured(
            "--truth xnor --topology 2-3-1 --seed 4 --recipe reference-a",
            "truth = 0001",
            "topology = 2-8-1",
            "seed = 2");
    assertEquals("1001", asked.get(Key.TRUTH).toString());
    assertEquals("2-3-1", asked.lesson().topology().toString());
    assertEquals(4, asked.get(Key.SEED));
    assertEquals("0001", configured("", "truth = 0001").get(Key.TRUTH).toString());
    assertEquals(
        "00000001",
        configured("--truth and", "switches=1,2,3", "truth=00000000").get(Key.TRUTH).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--truth xorr         | '--truth': xorr: unknown truth table 'xorr': use and, or, xor",
        "--truth 012          | '--truth': 012: a truth table has 2, 4, 8",
        "--truth 0120         | '--truth': 0120: truth table digit 3 is '2'",
        "--topology 2-x       | '--topology': 2-x: widths joined by '-'",
        "--topology 2-2-3     | '--topology': 2-2-3: recipe device: 2-2-3 is for 3 LEDs, not 1 LED: the last width is the number of LEDs",
        "--truth or --topology 3 | '--topology': 3: widths joined by '-'",
        "--truth 0111 --topology 3-1 | '--topology': 3-1: the first width is the number of",
        "--recipe reference-b --topology 2-1 | '--topology': 2-1: recipe numerical-gradient: softmax",
        "--seed abc           | '--seed': abc: a seed is a whole number",
        "--recipe devise      | '--recipe': unknown recipe 'devise'",
      })
  void whatDoesNotFitNamesItsOption(String words, String expected) {
    CommandLineRun run = CommandLineRun.of(("run --board sim " + words).strip().split(" ", -1));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().startsWith("switchback: Invalid value for option " + expected), run.err());
  }

  @Test
  void whoWroteDownTheSwitchesIsAskedToWriteDownMore() {
    Refusal refusal =
        assertThrows(Refusal.class, () -> configured("--truth 00010111", "switches = 5, 6"));
    assertEquals(
        "--truth 00010111: 2 switches need 4 digits, not 8; 'switches' of the configuration says"
            + " how many there are",
        String.valueOf(refusal.getMessage()));
  }

  @Test
  void weightsOfAFileAnswerFromTheStartWithTheTableTheyWereTrainedFor() throws Exception {
    Path file = trained("and", "3-5-1");

    DeviceConfiguration asked = simulated(file.toString());

    assertEquals("00000001", asked.get(Key.TRUTH).toString());
    assertEquals(3, asked.get(Key.SWITCHES).size());
    assertEquals("3-5-1", asked.lesson().topology().toString());
    assertTrue(StoredWeights.afterStart(asked, storage).running().origin().startsWith("slot-"));
  }

  @Test
  void eachTableHasAnLedOnASimulatedBoard() throws Exception {
    DeviceConfiguration asked = simulated("--truth xor,and");
    assertEquals("0110,0001", asked.get(Key.TRUTH).toString());
    assertEquals(2, asked.wiring().leds().size());
    assertEquals("2-12-2", asked.lesson().topology().toString());
  }

  @Test
  void whoWroteDownTheLedsIsAskedToWriteDownMore() {
    assertEquals(
        "--truth xor,and: for 2 LEDs, not 1; 'leds' of the configuration says how many there are",
        assertThrows(Refusal.class, () -> configured("--truth xor,and", "leds = 22")).getMessage());
  }

  @Test
  void aFileWithoutATableIsHeldToTheOneAskedForAndSaysWhatItAnswers() throws Exception {
    Path file = trained("or", "2-2-1");
    Path npz = directory.resolve("or.npz");
    assertEquals(0, CommandLineRun.of("convert", file.toString(), npz.toString()).exitCode());

    Refusal refusal = assertThrows(Refusal.class, () -> simulated(npz.toString()));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(
        message.startsWith(npz + " answers 0111 in float, its lesson is 0110: switches 11"),
        message);
    assertTrue(message.endsWith("; what it answers is --truth 0111"), message);
    assertEquals("0111", simulated("--truth or " + npz).get(Key.TRUTH).toString());
  }
}
