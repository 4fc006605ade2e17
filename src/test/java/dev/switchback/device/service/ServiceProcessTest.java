package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.ExitCode;
import dev.switchback.format.SigningKey;
import dev.switchback.sim.FakeSystemd;
import dev.switchback.sim.StuckAgent;
import dev.switchback.sim.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The service in a separate process, under a systemd that kills. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class ServiceProcessTest {
  private static final long WATCHDOG_MILLIS = 1500;

  @TempDir Path directory;

  private FakeSystemd start(String... args) throws Exception {
    Path agent = directory.resolve("stuck-agent.jar");
    StuckAgent.pack(agent);
    List<String> options = List.of("-javaagent:" + agent + "=" + directory.resolve("stuck"));
    return FakeSystemd.start(directory, WATCHDOG_MILLIS, TestJvm.device(options, List.of(args)));
  }

  private FakeSystemd startKeeping() throws Exception {
    return start("--board", "sim", "--state-dir", directory.resolve("state").toString());
  }

  @Test
  void isReadyWatchedAndStopped() throws Exception {
    try (FakeSystemd systemd = startKeeping()) {
      systemd.await("READY=1");
      assertTrue(
          systemd
              .await("STATUS=")
              .matches(
                  "STATUS=answering on simulated board; A=0 B=0 LED=0 output=0\\.0\\d+; weights 1\\.0\\.0\\S* .*;"
                      + " 0 faults"));
      systemd.await("WATCHDOG=1");
      systemd.await("WATCHDOG=1");
      systemd.signal("TERM");
      assertEquals(143, systemd.awaitEnd());
      assertTrue(systemd.messages().contains("STOPPING=1"));
      assertLinesMatch(
          List.of(
              "<6>weights 1\\.0\\.0 .*",
              "<6>board simulated board, truth 0110, 2-2-1",
              "<6>training begins",
              "<6>training solved after .*",
              "<6>weights 1\\.0\\.0\\+1 .*"),
          systemd.journal());
    }
  }

  @Test
  void aStuckLoopAndAKilledProcessComeBack() throws Exception {
    Path stuck = directory.resolve("stuck");
    try (FakeSystemd systemd = startKeeping()) {
      systemd.await("WATCHDOG=1");
      Files.createFile(stuck);
      assertEquals(FakeSystemd.ABORTED, systemd.awaitEnd());
      assertTrue(systemd.journal().contains("<3>the control loop hangs; the watchdog is not fed"));
      assertFalse(systemd.messages().contains("STOPPING=1"));
    }
    Files.delete(stuck);
    try (FakeSystemd systemd = startKeeping()) {
      systemd.await("STATUS=answering on simulated board; A=0 B=0 LED=0 ");
      systemd.signal("KILL");
      assertEquals(137, systemd.awaitEnd());
    }
    try (FakeSystemd systemd = startKeeping()) {
      assertTrue(
          systemd
              .await("STATUS=answering on simulated board; A=0 B=0 LED=0 ")
              .contains("weights 1.0.0+1 "));
    }
  }

  /** The service never blocks on a pipe, and still answers. */
  @Test
  void pipesInThePlaceOfItsFilesDoNotKeepItFromAnswering() throws Exception {
    Path state = Files.createDirectory(directory.resolve("state"));
    for (String name : List.of("lock", "slot-a.img", "slot-b.img", "state", "state.new")) {
      Path pipe = state.resolve(name);
      assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    }
    try (FakeSystemd systemd = startKeeping()) {
      String status = systemd.await("STATUS=answering on simulated board; A=0 B=0 LED=0 ");
      assertTrue(status.contains("factory"), status);
      String journal = String.join("\n", systemd.journal());
      assertTrue(
          journal.contains(
              state.resolve("state") + ": is a pipe or a device, no regular file: remove it"),
          journal);
    }
  }

  /** At the time of a crash, the file and the key that it names may be gone. */
  @Test
  void whatSwitchesTheLedOffAfterACrashFindsThePins() throws Exception {
    Path key =
        Files.writeString(
            directory.resolve("key.pem"), SigningKey.generate().verifyingKey().toPem());
    Path config =
        Files.writeString(
            directory.resolve("c.properties"),
            "board = sim\n# Grün\nled = 5\n public-key = " + key + "\n");
    try (FakeSystemd systemd = start("--config", config.toString())) {
      systemd.await("READY=1");
      systemd.signal("KILL");
      systemd.awaitEnd();
    }
    Files.delete(key);
    Path copy = directory.resolve("switchback.properties");
    assertEquals("board = sim\n# Grün\nled = 5\n", Files.readString(copy));
    assertEquals(
        "GPIO5", "" + BoardOpening.configuration(copy, null).wiring().leds().getFirst().line());
  }

  @Test
  void whatForbidsAStartStandsInTheJournal() throws Exception {
    Path config = Files.writeString(directory.resolve("c.properties"), "led = 99\nled = 98\n");
    try (FakeSystemd systemd = start("--config", config.toString())) {
      assertEquals(ExitCode.USAGE.code(), systemd.awaitEnd());
      assertEquals(
          List.of(
              "STATUS=cannot start: "
                  + config
                  + ":1: led = 99: a BCM number is 0 to 27; to fix it: sudo switchback doctor"),
          systemd.messages());
      assertFalse(systemd.journal().isEmpty());
      systemd.journal().forEach(line -> assertTrue(line.startsWith("<3>"), line));
    }
  }
}
