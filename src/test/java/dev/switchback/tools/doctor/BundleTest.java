package dev.switchback.tools.doctor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.config.DeviceConfiguration;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
  private static final String FILE = "/etc/switchback/switchback.properties";

  @TempDir private Path root;
  private RecordedMachine machine;
  private Subject subject;

  @BeforeEach
  void layOut() throws IOException {
    machine = RecordedMachine.installed("pi-4", root);
    machine.board.file(FILE, "led = 23\n");
    subject =
        new Subject(machine, FILE, DeviceConfiguration.defaults(), null, "/var/lib/switchback");
  }

  private Map<String, String> entries() throws IOException {
    byte[] zip = Bundle.of(subject, Map.of("report.txt", "all well\n")).zip();
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  @Test
  void itHoldsReportConfigurationAndMachine() throws IOException {
    Map<String, String> entries = entries();
    assertEquals("all well\n", entries.get("report.txt"));
    assertEquals("led = 23\n", entries.get("configuration.properties"));
    assertEquals("throttled=0x0\n", entries.get("throttled.txt"));
    assertTrue(entries.getOrDefault("model.txt", "").startsWith("Raspberry Pi 4"));
    assertTrue(entries.getOrDefault("java.txt", "").contains("os.arch = aarch64\n"));
  }

  @Test
  void itNamesWhatItLacks() throws IOException {
    String missing = entries().getOrDefault("missing.txt", "");
    assertTrue(missing.contains("journal.txt: journalctl is not installed\n"), missing);
    assertFalse(missing.contains("throttled.txt"), missing);
  }

  @Test
  void theJournalIsThatOfTheUnit() throws IOException {
    machine.board.program(
        "journalctl --unit=switchback --lines=1000 --no-pager --output=short-iso", "READY\n");
    assertEquals("READY\n", entries().get("journal.txt"));
  }

  @Test
  void weightsAreNamedByTheirHash_theRecordIsWhole() throws IOException {
    machine.board.file("/var/lib/switchback/slot-a.img", "abc");
    machine.board.file("/var/lib/switchback/state", "switchback state 1\n");
    String state = entries().getOrDefault("state.txt", "");
    assertTrue(
        state.contains(
            "slot-a.img 3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n"),
        state);
    assertTrue(state.endsWith("\nswitchback state 1\n"), state);
  }

  @Test
  void aPipeAmongTheFilesIsNamed_andNobodyWaitsForIt() throws Exception {
    machine.board.file("/var/lib/switchback/slot-b.img", "abc");
    Path pipe = root.resolve("var/lib/switchback/slot-a.img");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    String state =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> entries().getOrDefault("state.txt", ""));
    assertTrue(state.contains("slot-a.img is a pipe or a device, no regular file\n"), state);
    assertTrue(state.contains("slot-b.img 3 ba7816bf"), state);
  }

  @Test
  void aKeyInPlaceOfTheConfigurationStaysOut() throws IOException {
    machine.board.file(FILE, "-----BEGIN PRIVATE KEY-----\n");
    Map<String, String> entries = entries();
    assertFalse(entries.containsKey("configuration.properties"));
    assertTrue(entries.getOrDefault("missing.txt", "").contains(FILE + " holds a private key"));
  }

  @Test
  void theSameMachineGivesTheSameBytes() throws IOException {
    assertArrayEquals(Bundle.of(subject, Map.of()).zip(), Bundle.of(subject, Map.of()).zip());
  }
}
