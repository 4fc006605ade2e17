package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device that takes the images of one key alone. */
@Timeout(120)
class SignedDeviceTest {
  @TempDir private Path directory;
  private CabledDevice device;
  private String weights;

  @BeforeEach
  void start() throws IOException {
    weights = file("w.safetensors");
    for (String key : new String[] {"own.pem", "foreign.pem"}) {
      assertEquals(0, CommandLineRun.of("keygen", file(key)).exitCode());
    }
    assertEquals(0, CommandLineRun.of("train", "--seed", "21", "--out", weights).exitCode());
    device = CabledDevice.open(directory.resolve("cable"), "public-key = " + file("own.pub.pem"));
  }

  @AfterEach
  void stop() throws IOException {
    if (device != null) {
      device.close();
    }
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private List<?> slots() throws IOException {
    return Json.list(Json.object(device.done("status", "--json")), "slots");
  }

  private void assertRefused(String reason, String... args) throws IOException {
    List<?> before = slots();
    CommandLineRun run = device.run(args);
    assertEquals(8, run.exitCode(), run.err());
    assertTrue(run.err().lines().toList().getLast().contains(reason), run.err());
    assertEquals(before, slots());
  }

  @Test
  void unsignedAndForeignImagesAreRefusedAndChangeNothing() throws IOException {
    assertRefused(": add --sign KEY; nothing was sent", "deploy", weights);
    assertRefused("the image is signed by key ", "deploy", weights, "--sign", file("foreign.pem"));
  }

  @Test
  void signedImagesAnswer() throws IOException {
    String out = device.done("deploy", weights, "--sign", file("own.pem"), "--json");
    assertEquals(true, Json.object(out).get("signed"));
    Map<?, ?> slot = (Map<?, ?>) slots().getFirst();
    assertEquals(true, slot.get("signed"));
    assertEquals(List.of("active", "confirmed"), slot.get("flags"));
  }

  @Test
  void imageThatIsSignedAlreadyGoesAsItIs() throws IOException {
    String image = file("w.img");
    assertEquals(
        0,
        CommandLineRun.of(
                "convert", weights, image, "--sign", file("own.pem"), "--image-version", "1.0.0")
            .exitCode());
    device.done("deploy", image);
    assertEquals(true, ((Map<?, ?>) slots().getFirst()).get("signed"));
    String foreign = file("foreign.img");
    assertEquals(
        0, CommandLineRun.of("train", "--seed", "22", "--out", file("v.safetensors")).exitCode());
    CommandLineRun.of("convert", file("v.safetensors"), foreign, "--sign", file("foreign.pem"));
    assertRefused(
        "version 0.1.0 is older than 1.0.0", "deploy", foreign, "--sign", file("own.pem"));
    device.done("deploy", foreign, "--sign", file("own.pem"), "--image-version", "1.0.1");
  }
}
