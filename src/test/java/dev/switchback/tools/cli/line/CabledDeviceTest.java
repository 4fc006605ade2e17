package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command against a whole device, over a cable. Each test leaves confirmed weights behind.
 */
@Timeout(120)
class CabledDeviceTest {
  private static final List<String> XOR_TABLE =
      List.of(
          "A B  answer  output",
          "0 0       0  0\\.\\d{4}",
          "0 1       1  0\\.\\d{4}",
          "1 0       1  0\\.\\d{4}",
          "1 1       0  0\\.\\d{4}");

  @TempDir private static Path directory;
  private static CabledDevice device;

  @BeforeAll
  static void start() throws IOException {
    device = CabledDevice.open(directory.resolve("cable"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (device != null) {
      device.close();
    }
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  /** Weights that this device has not seen yet. */
  private static String trained(String name, String... options) {
    String file = file(name + ".safetensors");
    String[] words = new String[options.length + 3];
    System.arraycopy(new String[] {"train", "--out", file}, 0, words, 0, 3);
    System.arraycopy(options, 0, words, 3, options.length);
    CommandLineRun run = CommandLineRun.of(words);
    assertEquals(0, run.exitCode(), run.err());
    return file;
  }

  private static Map<String, Object> status() throws IOException {
    return Json.object(device.done("status", "--json"));
  }

  private static Map<?, ?> slot(int index) throws IOException {
    return (Map<?, ?>) Json.list(status(), "slots").get(index);
  }

  private static void assertTableAnd(String last, String out) {
    List<String> lines = out.lines().toList();
    assertLinesMatch(XOR_TABLE, lines.subList(0, 5));
    assertLinesMatch(List.of(last), lines.subList(5, lines.size()));
  }

  @Test
  void deployedWeightsAnswerAndAreConfirmed() throws IOException {
    String weights = trained("a", "--seed", "11");
    CommandLineRun run = device.run("deploy", weights, "--image-version", "2.0.0");
    assertEquals(0, run.exitCode(), run.err());
    assertTableAnd("confirmed: 2\\.0\\.0 answers, \\d+\\.\\d s", run.out());
    assertLinesMatch(
        List.of(
            "image 2\\.0\\.0, 2-2-1, \\d+ bytes, SHA-256 [0-9a-f]{8}, to .*",
            "ask what is there",
            "upload",
            "verify the hash",
            "mark for a trial",
            "start the trial",
            "read the truth table",
            "confirm"),
        run.err().lines().toList());
    Map<?, ?> slot = slot(0);
    assertEquals("2.0.0", slot.get("version"));
    assertEquals(List.of("active", "confirmed"), slot.get("flags"));
  }

  @Test
  void whatAnswersAlreadyIsNotSentAgain() throws IOException {
    String weights = trained("b", "--seed", "12");
    Map<String, Object> first = Json.object(device.done("deploy", weights, "--json"));
    assertEquals(1L, first.get("schemaVersion"));
    assertEquals(false, first.get("wasThere"));
    assertEquals(true, first.get("confirmed"));
    assertEquals(weights, first.get("file"));
    CommandLineRun run = device.run("deploy", weights, "--json");
    assertEquals(0, run.exitCode(), run.err());
    Map<String, Object> again = run.json();
    assertEquals(true, again.get("wasThere"));
    assertEquals(first.get("hash"), again.get("hash"));
    Map<?, ?> truth = Json.map(again, "truthTable");
    assertEquals("0110", truth.get("answers"));
    assertEquals("0110", truth.get("expected"));
    assertEquals(again.get("hash"), truth.get("hash"));
    assertFalse(run.err().contains("upload"), run.err());
  }

  @Test
  void everyFormatThatConvertReadsIsDeployed() throws IOException {
    String weights = trained("c", "--seed", "13");
    for (String format : new String[] {"npz", "npy", "img"}) {
      String converted = file("c-W1." + format);
      assertEquals(0, CommandLineRun.of("convert", weights, converted).exitCode());
      device.done("deploy", converted, "--activation", "sigmoid");
    }
    assertEquals("0.1.0", slot(0).get("version"));
  }

  @Test
  void trialIsTakenBackByARevert() throws IOException {
    String before = trained("d", "--seed", "14");
    device.done("deploy", before, "--image-version", "4.0.0");
    String weights = trained("e", "--seed", "15");
    assertTableAnd(
        "on trial: 4\\.0\\.1 answers, .*",
        device.done("deploy", weights, "--trial", "--image-version", "4.0.1"));
    assertEquals(List.of("active"), slot(0).get("flags"));

    CommandLineRun other = device.run("deploy", trained("f", "--seed", "16"));
    assertEquals(8, other.exitCode());
    assertEquals(
        "switchback: version 4.0.1 is on trial; first keep it (switchback confirm) or go back"
            + " (switchback revert)",
        other.err().lines().toList().getLast());

    assertTableAnd("reverted: 4\\.0\\.0 .* answers", device.done("revert"));
    assertEquals("4.0.0", slot(0).get("version"));
  }

  @Test
  void trialIsKeptByConfirm() throws IOException {
    String weights = trained("g", "--seed", "17");
    device.done("deploy", weights, "--trial", "--image-version", "5.0.0");
    assertLinesMatch(List.of("confirmed: 5\\.0\\.0 .*"), device.done("confirm").lines().toList());
    assertEquals(List.of("active", "confirmed"), slot(0).get("flags"));
  }

  @Test
  void networkOfAnotherShapeIsRefused() throws IOException {
    Object before = slot(0).get("hash");
    CommandLineRun run = device.run("deploy", trained("3", "--truth", "01101001"));
    assertEquals(8, run.exitCode(), run.err());
    assertEquals(before, slot(0).get("hash"));
  }

  @Test
  void retrainedWeightsAnswer() throws IOException {
    double count = training("count");
    String out = device.done("retrain");
    assertTrue(out.startsWith("solved after "), out);
    assertLinesMatch(XOR_TABLE, out.lines().skip(1).toList());
    Map<String, Object> json = Json.object(device.done("retrain", "--json"));
    assertTrue(Json.text(json, "text").startsWith("solved after "), json.toString());
    assertTrue(Json.number(json, "epochs") > 0, json.toString());
    assertEquals(count + 2, training("count"));
  }

  @Test
  void aLessonIsTaughtAndTakenBack() throws IOException {
    String out = device.done("teach", "or");
    assertTrue(out.startsWith("solved after "), out);
    assertTrue(out.contains("1 1       1"), out);
    assertEquals("0111", status().get("truth"));
    assertEquals("0110", status().get("configured_truth"));
    double count = training("count");
    device.done("teach", "0111");
    assertEquals(count, training("count"), "what is answered is not learnt again");
    assertTrue(device.done("teach", "01=0").contains("0 1       0"));
    assertEquals("0011", status().get("truth"));
    CommandLineRun refused = device.run("teach", "01=2");
    assertEquals(8, refused.exitCode());
    assertEquals(
        "switchback: the device refuses: the input is not valid: a position is its switches, '='"
            + " and a digit per LED, such as 11=1\n",
        refused.err());
    Map<String, Object> json = Json.object(device.done("unteach", "--json"));
    assertTrue(Json.text(json, "text").startsWith("solved after "), json.toString());
    assertEquals("0110", status().get("truth"));
  }

  private static double training(String name) throws IOException {
    return Json.number(Json.map(status(), "training"), name);
  }

  @Test
  void whatAnswersIsPulled() throws IOException {
    String image = file("pulled.img");
    String line = device.done("pull", image).strip();
    String hash = Json.text(slot(0), "hash");
    assertEquals(
        "written: " + image + ", image " + slot(0).get("version") + ", SHA-256 " + hash, line);
    CommandLineRun run = CommandLineRun.of("verify", image, "--json");
    assertEquals(hash, run.json().get("sha256"));

    device.done("pull", file("pulled.npz"));
    assertEquals(
        "0110", CommandLineRun.of("eval", file("pulled.npz"), "--json").json().get("answers"));
    Files.createDirectory(directory.resolve("dir.img"));
    assertEquals(2, device.run("pull", file("dir.img")).exitCode());
  }

  @Test
  void deployedImageIsPulledByteForByte() throws IOException {
    String weights = trained("h", "--seed", "18");
    assertEquals(0, CommandLineRun.of("convert", weights, file("h.img")).exitCode());
    device.done("deploy", file("h.img"));
    device.done("pull", file("h2.img"));
    assertArrayEquals(
        Files.readAllBytes(directory.resolve("h.img")),
        Files.readAllBytes(directory.resolve("h2.img")));
  }

  @Test
  void statusShowsSwitchesAndLed() throws IOException {
    device.board().setSwitch(0, true);
    String text = "";
    while (!text.contains("position: A=1 B=0 LED=1 output=0.")) {
      text = device.done("status");
    }
    assertLinesMatch(
        List.of(
            "device: switchback .* on simulated board",
            "state: answering",
            "position: A=1 B=0 LED=1 output=0\\.\\d{4}",
            "engine: float",
            "lesson: 0110, recipe device, 2-2-1",
            "weights: .*",
            "slot 0: .*, active, confirmed",
            "slot 1: .*",
            "storage: .*, next start: none",
            ">> counters and perhaps the last refusal >>",
            "A B  answer  output",
            "0 0       0  .*",
            "0 1       1  .*",
            "1 0       1  .*",
            "1 1       0  .*"),
        text.lines().toList());
    assertEquals("10", status().get("switches"));
    assertEquals(true, status().get("led"));
    device.board().setSwitch(0, false);
  }
}
