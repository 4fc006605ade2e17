package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.sim.Signal;
import dev.switchback.sim.TestJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which port a command takes, by its environment; and its end by a signal. */
@Tag("slow")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class PortChoiceTest {
  private static final long LIMIT_SECONDS = 30;

  @TempDir private Path directory;

  private record Outcome(int exitCode, String out, String err) {}

  private Process start(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    // A background shell's children would ignore the signal.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(TestJvm.java());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    String classPath = TestJvm.classPath();
    command.addAll(List.of("-cp", classPath, "dev.switchback.tools.Main"));
    command.addAll(List.of(args));
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    process.environment().keySet().removeIf(name -> name.startsWith("SWITCHBACK_"));
    // On a board that runs the service, too.
    process.environment().put("SWITCHBACK_LINE", "");
    process.environment().putAll(environment);
    return process.start();
  }

  private Outcome ended(Process process) throws Exception {
    try {
      assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it ends");
      return new Outcome(
          process.exitValue(),
          Files.readString(directory.resolve("out")),
          Files.readString(directory.resolve("err")));
    } finally {
      process.destroyForcibly();
    }
  }

  private Outcome run(Map<String, String> environment, String... args) throws Exception {
    return ended(start(environment, args));
  }

  private CabledDevice device(String name) throws IOException {
    return CabledDevice.open(directory.resolve(name));
  }

  @Test
  void theSocketOfThisMachineComesFirst() throws Exception {
    try (CabledDevice here = device("here");
        CabledDevice there = device("there")) {
      String line = directory.resolve("here/line").toString();
      Map<String, String> both = Map.of("SWITCHBACK_LINE", line, "SWITCHBACK_PORTS", there.port());
      Outcome found = run(both, "status", "--json");
      assertEquals(0, found.exitCode, found.err);
      assertEquals(
          directory.resolve("here/one").toString(),
          Json.map(Json.object(found.out), "cable").get("port"));
      Outcome listed = run(both, "ports");
      assertTrue(listed.out.startsWith(line + ", the device on this machine\n  "), listed.out);
      assertTrue(listed.out.contains(there.port()), listed.out);
      Outcome named =
          run(Map.of("SWITCHBACK_LINE", line, "SWITCHBACK_PORT", there.port()), "status", "--json");
      assertEquals(
          directory.resolve("there/one").toString(),
          Json.map(Json.object(named.out), "cable").get("port"));
      assertTrue(here.port().endsWith("other"));
    }
  }

  @Test
  void theOnlyDeviceIsFound() throws Exception {
    try (CabledDevice device = device("cable")) {
      Outcome found = run(Map.of("SWITCHBACK_PORTS", device.port()), "status", "--json");
      assertEquals(0, found.exitCode, found.err);
      Map<?, ?> cable = Json.map(Json.object(found.out), "cable");
      assertEquals(device.cable().one().toString(), cable.get("port"));

      Outcome ports = run(Map.of("SWITCHBACK_PORTS", device.port()), "ports");
      assertEquals(0, ports.exitCode, ports.err);
      assertTrue(ports.out.contains(device.port() + ", named by SWITCHBACK_PORTS\n  "), ports.out);
      assertTrue(ports.out.contains(" on simulated board, answering\n"), ports.out);

      String[] unasked = {"ports", "--no-probe"};
      Outcome listed = run(Map.of("SWITCHBACK_PORTS", device.port()), unasked);
      assertTrue(listed.out.endsWith(device.port() + ", named by SWITCHBACK_PORTS\n"), listed.out);
      assertFalse(listed.out.contains("answering"), listed.out);

      String[] without = {"status", "--dtr", "off", "--rts", "off", "--port", device.port()};
      assertEquals(0, run(Map.of(), without).exitCode);
    }
  }

  @Test
  void ofSeveralDevicesNoneIsTaken() throws Exception {
    try (CabledDevice one = device("one");
        CabledDevice other = device("other")) {
      String both = one.port() + ":" + other.port();
      Outcome several = run(Map.of("SWITCHBACK_PORTS", both), "status");
      assertEquals(3, several.exitCode);
      assertEquals("", several.out);
      assertTrue(
          several.err.startsWith("switchback: several devices answer; choose one with --port:\n"),
          several.err);
      assertTrue(several.err.contains("\n  " + one.port() + ": "), several.err);
      assertTrue(several.err.contains("\n  " + other.port() + ": "), several.err);

      Map<String, String> environment =
          Map.of("SWITCHBACK_PORTS", both, "SWITCHBACK_PORT", other.port());
      Outcome named = run(environment, "status", "--json");
      assertEquals(0, named.exitCode, named.err);
      assertTrue(named.out.contains(other.cable().one().toString()), named.out);
      Outcome option = run(environment, "status", "--json", "--port", one.port());
      assertEquals(0, option.exitCode, option.err);
      assertTrue(option.out.contains(one.cable().one().toString()), option.out);
    }
  }

  @Test
  void theEnvironmentsRateIsChecked() throws Exception {
    Outcome text = run(Map.of("SWITCHBACK_BAUD", "fast"), "status");
    assertEquals(2, text.exitCode);
    assertTrue(text.err.contains("'--baud': 'fast': a whole number expected"), text.err);
    Map<String, String> slow = Map.of("SWITCHBACK_BAUD", "50", "SWITCHBACK_PORT", "/dev/null");
    Outcome number = run(slow, "status");
    assertEquals(2, number.exitCode);
    assertTrue(number.err.contains("'50': a whole number expected, 300 to 4000000"), number.err);
  }

  @Test
  void watchingEndsByASignalOrWithTheCable() throws Exception {
    try (CabledDevice device = device("cable")) {
      Map<String, String> port = Map.of("SWITCHBACK_PORT", device.port());
      Process watch = start(port, "status", "--watch", "--json");
      awaitLines(2);
      Signal.send("INT", watch.pid());
      Outcome stopped = ended(watch);
      assertEquals(130, stopped.exitCode, stopped.err);
      for (String line : stopped.out.lines().toList()) {
        assertEquals("answering", Json.object(line).get("state"));
      }

      Process lost = start(port, "status", "--watch");
      awaitLines(1);
      device.board().setSwitch(0, true);
      awaitText("A=1 B=0");
      device.cable().pull();
      Outcome gone = ended(lost);
      assertEquals(6, gone.exitCode, gone.err);
      assertEquals(
          "switchback: " + device.port() + " is gone: plug its cable in again\n", gone.err);
      // A block of each, however long it took.
      assertEquals(2, gone.out.split("device: ", -1).length - 1, gone.out);
      device.cable().plugIn();
    }
  }

  private void awaitText(String text) throws Exception {
    while (!Files.readString(directory.resolve("out")).contains(text)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void awaitLines(int count) throws Exception {
    while (Files.readString(directory.resolve("out")).lines().count() < count) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
