package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.Json;
import dev.switchback.sim.PtyPair;
import dev.switchback.tools.CommandLineRun;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.PortUser;
import dev.switchback.wire.serial.SerialPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that ask a device, where there is none. */
@Timeout(60)
class NoDeviceTest {
  @TempDir private Path directory;

  private String image() throws IOException {
    WeightImage image =
        WeightImage.of(
            ImageVersion.parse("1.0.0"),
            new Parameters(Topology.parse("2-2-1", Activation.SIGMOID)),
            Engine.FLOAT,
            Map.of());
    return Files.write(directory.resolve("w.img"), image.bytes()).toString();
  }

  private static void assertFails(int exitCode, String message, String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertTrue(run.err().contains("switchback: " + message), run.err());
    assertEquals(exitCode, run.exitCode(), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "retrain", "confirm", "revert", "monitor"})
  void absentPortIsNamed(String command) {
    String absent = directory.resolve("absent").toString();
    assertFails(3, "no serial port " + absent + " here; ", command, "--port", absent);
  }

  @Test
  void absentPortIsNamedByThoseThatTakeAFile() throws IOException {
    String absent = directory.resolve("absent").toString();
    assertFails(3, "no serial port " + absent, "deploy", image(), "--port", absent);
    String to = directory.resolve("to.img").toString();
    assertFails(3, "no serial port " + absent, "pull", to, "--port", absent);
  }

  @Test
  void rateOutOfRangeIsAUsageError() {
    assertFails(
        2,
        "Invalid value for option '--baud': '5': a whole number expected, 300 to 4000000",
        "status",
        "-p",
        "/dev/x",
        "-b",
        "5");
  }

  @Test
  void controlLinesAreOnOrOff() {
    String message = "Invalid value for option '--dtr': '1': use on or off";
    assertFails(2, message, "status", "-p", "/dev/x", "--dtr", "1");
  }

  @Test
  void portsMayBeListedWithoutAskingThem() throws IOException {
    for (Object port :
        Json.list(CommandLineRun.of("ports", "--no-probe", "--json").json(), "ports")) {
      assertFalse(((Map<?, ?>) port).containsKey("answers"), port.toString());
    }
  }

  @Test
  void filesAreLookedAtBeforeThePort() throws IOException {
    String absent = directory.resolve("absent").toString();
    assertFails(2, "no such file or directory: " + absent, "deploy", absent, "-p", "/dev/x");
    Path text = Files.writeString(directory.resolve("w.npz"), "no zip");
    assertFails(2, text + ": ", "deploy", text.toString(), "-p", "/dev/x");
    assertFails(
        2,
        "cannot write " + absent + "/w.img: there is no directory " + absent,
        "pull",
        absent + "/w.img",
        "-p",
        "/dev/x");
    assertFails(2, absent + ": a name in .img", "pull", absent, "-p", "/dev/x");
    assertFails(
        2,
        "no such file or directory: " + absent,
        "deploy",
        image(),
        "--sign",
        absent,
        "-p",
        "/dev/x");
  }

  @Test
  void aDeploymentIsForGoodOrATrial() throws IOException {
    assertFails(
        2,
        "Error: --confirm, --trial are mutually exclusive",
        "deploy",
        image(),
        "--confirm",
        "--trial",
        "-p",
        "/dev/x");
  }

  @Test
  void portThatIsOpenIsBusy() throws IOException {
    try (PtyPair cable = PtyPair.open(directory);
        ByteLink link = new SerialPort(cable.one().toString(), 9600).open()) {
      assertFails(5, link + " is in use by ", "status", "--port", cable.one().toString());
    }
  }

  @Test
  void silenceIsNoReplyWithWhoElseHasThePort() throws IOException {
    try (PtyPair cable = PtyPair.open(directory)) {
      Process other = new ProcessBuilder("sleep", "60").redirectInput(cable.one().toFile()).start();
      CommandLineRun run = CommandLineRun.of("status", "--port", cable.one().toString());
      assertEquals(6, run.exitCode());
      assertTrue(
          run.err().startsWith("switchback: " + cable.one() + " at 115200 baud does not answer: "),
          run.err());
      other.destroyForcibly();
      assertTrue(
          run.err().contains("; it is also open in sleep (process " + other.pid() + ")"),
          run.err());
    }
  }

  @Test
  void portsAreListedWithoutADeviceToo() throws IOException {
    CommandLineRun run = CommandLineRun.of("ports", "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(115_200L, run.json().get("baud"));
    assertTrue(run.json().get("ports") instanceof List);
    assertEquals(0, CommandLineRun.of("ports").exitCode());
  }

  @Test
  void furtherPortsAreNamedInOneWord() {
    assertEquals(List.of("/dev/pts/1", "/tmp/x"), KnownPorts.named("/dev/pts/1::/tmp/x:"));
    assertEquals(List.of(), KnownPorts.named(""));
  }

  @Test
  void whoElseHasThePortOpenIsTold() {
    PortUser picocom = new PortUser(7, "picocom", false);
    PortUser login = new PortUser(8, "agetty", true);
    PortUser self = new PortUser(ProcessHandle.current().pid(), "java", false);
    assertEquals("", DeviceCommand.others(List.of(self), "/dev/x"));
    assertEquals(
        "; it is also open in picocom (process 7)",
        DeviceCommand.others(List.of(picocom, self), "/dev/x"));
    assertEquals(
        "; agetty (process 8) reads the port too: that is a login console; 'sudo systemctl disable"
            + " --now serial-getty@x.service' takes it off the port",
        DeviceCommand.others(List.of(picocom, login), "/dev/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "NO_PORT, 3",
    "PERMISSION, 4",
    "BUSY, 5",
    "NO_REPLY, 6",
    "PROTOCOL, 7",
    "REFUSED, 8",
    "ROLLED_BACK, 9"
  })
  void eachKindHasItsExitCode(LaptopException.Kind kind, int exitCode) {
    assertEquals(exitCode, new LaptopException(kind, "").exitCode());
  }

  @ParameterizedTest
  @CsvSource({"NO_PORT, 3", "PERMISSION, 4", "BUSY, 5", "LOST, 6", "OTHER, 3"})
  void aLineHasThoseOfWhatItIsFor(LinkException.Kind kind, int exitCode) {
    assertEquals(exitCode, LaptopException.of(new LinkException(kind, "")).exitCode());
  }
}
