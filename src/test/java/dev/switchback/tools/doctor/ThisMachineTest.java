package dev.switchback.tools.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.board.linux.GpioChip;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThisMachineTest {
  private final ThisMachine machine = new ThisMachine(Duration.ofSeconds(10));

  @Test
  void aProgramGivesItsOutput_bothStreams() {
    ProgramOutput output = machine.run("sh", "-c", "echo one; echo two >&2");
    assertTrue(output.hasWorked());
    assertEquals("one\ntwo\n", output.text());
  }

  @Test
  void aProgramThatFailsSaysWhy() {
    ProgramOutput output = machine.run("sh", "-c", "echo no such thing; exit 3");
    assertFalse(output.hasWorked());
    assertEquals("no such thing", output.line());
  }

  @Test
  void aProgramThatIsMissingIsNoError() {
    ProgramOutput output = machine.run("switchback-has-no-such-program");
    assertFalse(output.hasWorked());
    assertEquals("switchback-has-no-such-program is not installed", output.line());
  }

  @Test
  void aProgramThatHangsIsGivenUp() {
    ProgramOutput output = new ThisMachine(Duration.ofMillis(50)).run("sleep", "60");
    assertFalse(output.hasWorked());
    assertTrue(output.line().startsWith("sleep did not answer"), output.line());
  }

  @Test
  void filesAreThoseOfThisMachine() {
    assertEquals(Path.of("/proc/self/status"), machine.file("/proc/self/status"));
    assertTrue(machine.textOrNothing("/proc/self/status").startsWith("Name:"));
    assertNull(machine.text("/proc/self/nothing"));
    assertNull(machine.group("/proc/self/nothing"));
    assertFalse(String.valueOf(machine.group("/proc")).isEmpty());
  }

  @Test
  void whatHasNoEndIsNoText() {
    assertNull(machine.text("/dev/zero"));
    assertEquals("root", machine.owner("/proc"));
    assertNull(machine.owner("/proc/self/nothing"));
  }

  @Test
  void aDeviceThatIsNoChipIsRefused() {
    IOException failure =
        assertThrows(IOException.class, () -> machine.lines(new GpioChip("null", "", 1)));
    assertEquals("/dev/null is not a GPIO chip (errno 25)", failure.getMessage());
    assertThrows(NoSuchFileException.class, () -> machine.lines(new GpioChip("nothing", "", 1)));
  }
}
