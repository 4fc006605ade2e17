package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deployed network brings its lesson to a device that has learnt XOR. */
class DeployedLessonTest {
  @TempDir private static Path directory;

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static void done(String... words) {
    CommandLineRun run = CommandLineRun.of(words);
    assertEquals(0, run.exitCode(), run.err());
  }

  private static String trained(String truth) {
    String out = file(truth + ".safetensors");
    done("train", "--truth", truth, "--out", out);
    return out;
  }

  /** Returns a file that states no lesson. */
  private static String silent(String truth) {
    String out = file(truth + ".npz");
    done("convert", "--force", trained(truth), out);
    return out;
  }

  private static CabledDevice device(String... settings) throws IOException {
    return CabledDevice.open(directory.resolve("cable"), settings);
  }

  private static String lesson(CabledDevice device) throws IOException {
    return String.valueOf(Json.object(device.done("status", "--json")).get("truth"));
  }

  private static void requireRefused(String message, CabledDevice device, String... words)
      throws IOException {
    String before = device.done("status", "--json");
    CommandLineRun run = device.run(words);
    assertEquals(8, run.exitCode(), run.err());
    assertEquals("", run.out());
    assertEquals("switchback: " + message, run.err().lines().toList().getLast());
    assertEquals(
        Json.list(Json.object(before), "slots"),
        Json.list(Json.object(device.done("status", "--json")), "slots"));
  }

  @Test
  void itAnswersFromNowOn() throws IOException {
    try (CabledDevice device = device()) {
      String out = device.done("deploy", trained("0111"));
      assertTrue(out.lines().toList().get(4).startsWith("1 1       1"), out);
      assertEquals("lesson OR 0111 from now on, before: 0110", out.lines().toList().get(5));
      assertTrue(out.lines().toList().get(6).startsWith("confirmed: 0.1.0 answers"), out);
      assertTrue(device.done("status").contains("lesson: 0111 (configured 0110), recipe"));
      assertTrue(device.done("retrain").contains("1 1       1"));
      assertEquals("0111", lesson(device));
      Map<?, ?> slot =
          (Map<?, ?>) Json.list(Json.object(device.done("status", "--json")), "slots").get(0);
      assertEquals("0111", slot.get("lesson"));
      assertTrue(device.done("revert").contains("1 1       1"));
      out = device.done("deploy", trained("xor"), "--trial");
      assertTrue(out.contains("lesson XOR 0110 from now on, before: 0111"), out);
      assertTrue(device.done("revert").contains("1 1       1"));
      assertEquals("0111", lesson(device));
    }
  }

  @Test
  void withoutOneItAnswersTheDevicesOrIsGivenOne() throws IOException {
    String or = silent("0111");
    try (CabledDevice device = device()) {
      requireRefused(
          "the image answers 0111 in float, the device's lesson is 0110: switches 11 are wrong;"
              + " --truth 0111 makes that its lesson; nothing was sent",
          device,
          "deploy",
          or);
      CommandLineRun wrong = device.run("deploy", or, "--truth", "and");
      assertEquals(2, wrong.exitCode());
      assertTrue(
          wrong.err().contains(or + " answers 0111 in float, its lesson is 0001: switches 01 are"),
          wrong.err());
      assertTrue(device.done("deploy", or, "--truth", "or").contains("lesson OR 0111 from now on"));
      requireRefused(
          "the image answers 0110 in float, the device's lesson is 0111: switches 11 are wrong;"
              + " --truth 0110 makes that its lesson; nothing was sent",
          device,
          "deploy",
          silent("xor"));
      // Of another version, so that it is another image.
      String out = device.done("deploy", or, "--image-version", "2.0.0");
      assertTrue(out.contains("confirmed: 2.0.0 answers"), out);
      assertEquals("0111", lesson(device));
    }
  }

  @Test
  void aSignedImageStatesItBeforeItIsSigned() throws IOException {
    String key = file("device.pem");
    done("keygen", key);
    String image = file("or.img");
    done("convert", "--force", silent("0111"), image, "--sign", key);
    try (CabledDevice device = device()) {
      device.done("deploy", trained("0111"));
      requireRefused(
          "the image states no lesson, and a signed image cannot be changed: sign it with --truth"
              + " 0111; nothing was sent",
          device,
          "deploy",
          image,
          "--image-version",
          "3.0.0",
          "--sign",
          key);
      done("sign", "-k", key, "--image-version", "3.0.0", "--truth", "or", image);
      assertTrue(device.done("deploy", image).contains("confirmed: 3.0.0 answers"));
      assertEquals("0111", lesson(device));
    }
  }

  @Test
  void aDeviceMayInsist() throws IOException {
    try (CabledDevice device = device("lesson = configured")) {
      requireRefused(
          "the image has lesson 0111, the device insists on 0110; nothing was sent",
          device,
          "deploy",
          trained("0111"));
      assertEquals("0110", lesson(device));
    }
  }

  /** Only a training or a person states a lesson. */
  @Test
  void aConversionKeepsALessonAndInventsNone() throws IOException {
    String image = file("kept.img");
    done("convert", "--force", trained("0111"), image);
    assertEquals("0111", metadata(image).get("lesson"));
    done("convert", "--force", silent("0111"), image);
    assertNull(metadata(image).get("lesson"));
    done("convert", "--force", silent("0111"), image, "--truth", "or");
    assertEquals("0111", metadata(image).get("lesson"));
  }

  private static Map<?, ?> metadata(String file) throws IOException {
    CommandLineRun run =
        CommandLineRun.of(List.of("inspect", file, "--json").toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return Json.map(run.json(), "metadata");
  }
}
