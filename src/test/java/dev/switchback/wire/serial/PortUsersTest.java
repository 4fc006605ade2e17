package dev.switchback.wire.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.PtyPair;
import dev.switchback.sim.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PortUsersTest {
  @TempDir private Path directory;

  private static PortUser awaitUser(Path port, String program) throws Exception {
    while (true) {
      for (PortUser user : PortUsers.of(port.toString())) {
        if (user.program().equals(program)) {
          return user;
        }
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  @Test
  void programsThatHaveThePortOpenAreNamed() throws Exception {
    try (PtyPair pair = PtyPair.open(directory)) {
      Process reader = new ProcessBuilder("sleep", "60").redirectInput(pair.one().toFile()).start();
      try {
        PortUser user = awaitUser(pair.one(), "sleep");
        assertEquals(new PortUser(reader.pid(), "sleep", false), user);
        assertEquals("sleep (process " + reader.pid() + ")", user.toString());
        assertEquals("end it, with 'kill " + reader.pid() + "' if need be", user.fix("/dev/x"));
        assertTrue(
            PortUsers.of(pair.other().toString()).stream()
                .noneMatch(other -> other.processId() == reader.pid()));
      } finally {
        reader.destroyForcibly();
      }
    }
  }

  @Test
  void consoleOnThePortIsToldByItsTerminal() throws Exception {
    Requirement.program(getClass(), "setsid", "util-linux");
    try (PtyPair pair = PtyPair.open(directory)) {
      Process console =
          new ProcessBuilder("setsid", "--ctty", "sleep", "60")
              .redirectInput(pair.one().toFile())
              .start();
      try {
        PortUser user = awaitUser(pair.one(), "sleep");
        assertTrue(user.isConsole());
        assertEquals(
            "that is a login console; 'sudo systemctl disable --now serial-getty@ttyAMA0.service'"
                + " takes it off the port",
            user.fix("/dev/ttyAMA0"));
      } finally {
        console.descendants().forEach(ProcessHandle::destroyForcibly);
        console.destroyForcibly();
      }
    }
  }

  @Test
  void nothingIsKnownOfWhatIsNotThere() {
    assertEquals(List.of(), PortUsers.of(directory.resolve("absent").toString()));
  }

  @Test
  void nobodyHasAPortThatNobodyOpened() throws IOException {
    try (PtyPair pair = PtyPair.open(directory)) {
      assertTrue(
          PortUsers.of(pair.one().toString()).stream()
              .allMatch(user -> user.processId() == ProcessHandle.current().pid()));
    }
  }
}
