package dev.switchback.device.cable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.format.WeightImage;
import dev.switchback.sim.Requirement;
import dev.switchback.tools.client.DeployedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends files by lrzsz, which terminal programs use, to {@code load} of a running device. */
@Tag("slow")
@Timeout(120)
class LrzszTest {
  @TempDir Path directory;
  private PtyDevice device;
  private Path file;
  private WeightImage image;

  @BeforeEach
  void open() throws IOException {
    Requirement.program(LrzszTest.class, "sb", "lrzsz");
    device = new PtyDevice(directory);
    image = DeployedImage.xor(1500, 7);
    file = Files.write(directory.resolve("wide.img"), image.bytes());
  }

  @AfterEach
  void close() throws IOException {
    if (device != null) {
      device.close();
    }
  }

  private ProcessBuilder sender(String command) {
    String[] words = (command + " " + file).split(" ", -1);
    return new ProcessBuilder(words).redirectError(directory.resolve("sender.log").toFile());
  }

  private void assertSent(Process sender) throws Exception {
    assertTrue(sender.waitFor(60, TimeUnit.SECONDS), "the sender ends");
    assertEquals(0, sender.exitValue(), () -> log());
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("sender.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void assertLoaded() throws IOException {
    String told = device.await("switchback> ");
    assertTrue(told.contains("loaded, " + Files.size(file) + " bytes"), told);
    WeightImage staged = device.device.status().store().slots().get(1).image();
    assertArrayEquals(image.hash(), Objects.requireNonNull(staged).hash());
  }

  private void assertAnswers() throws IOException {
    assertTrue(device.command("infer 0 1").startsWith("1 (output 0.9"));
  }

  private void load() throws IOException {
    device.type("load\r");
    device.await("ends the wait\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sb -k", "sb", "sx -k", "sx"})
  void fileIsLoaded(String command) throws Exception {
    load();
    File line = device.path().toFile();
    assertSent(sender(command).redirectInput(line).redirectOutput(line).start());
    assertLoaded();
    assertAnswers();
  }

  /** The sender finds several requests ({@code C}) waiting. */
  @ParameterizedTest
  @ValueSource(strings = {"sb -k", "sx -k"})
  void fileIsLoaded_afterAWait_inWhichNobodyReads(String command) throws Exception {
    load();
    device.awaitUnread(2);
    File line = device.path().toFile();
    assertSent(sender(command).redirectInput(line).redirectOutput(line).start());
    assertLoaded();
  }

  @ParameterizedTest
  @CsvSource({
    "sb -k, 1e-4, 0",
    "sb, 5e-4, 0",
    "sx -k, 1e-4, 0",
    "sb -k, 0, 8e-5",
    "sb, 1e-4, 1e-4"
  })
  void fileIsLoaded_overABadWire(String command, double flips, double drops) throws Exception {
    load();
    Process sender = sender(command).start();
    BadWire wire = new BadWire(device.line, 7, flips, drops);
    wire.carry(sender);
    assertSent(sender);
    System.out.println("LrzszTest: " + command + ": " + wire + ", loaded");
    assertLoaded();
    assertAnswers();
  }
}
