package dev.switchback.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.service.DatagramSender;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeSystemdTest {
  @TempDir Path directory;

  private FakeSystemd start(long watchdogMillis, String script) throws Exception {
    String send = "send() { " + DatagramSender.command() + " \"$1\"; }; ";
    return FakeSystemd.start(directory, watchdogMillis, List.of("sh", "-c", send + script));
  }

  @Test
  void killsAServiceThatIsNotFed() throws Exception {
    try (FakeSystemd systemd = start(300, "send 'READY=1'; exec sleep 20")) {
      assertEquals(FakeSystemd.ABORTED, systemd.awaitEnd());
      assertEquals(List.of("READY=1"), systemd.messages());
    }
  }

  @Test
  void waitsForOneThatIsNotReadyAndForOneThatIsNotWatched() throws Exception {
    try (FakeSystemd systemd = start(100, "sleep 0.4; exit 3")) {
      assertEquals(3, systemd.awaitEnd());
    }
    try (FakeSystemd systemd = start(0, "send 'READY=1'; echo line; sleep 0.4; exit 4")) {
      assertEquals("READY=1", systemd.await("READY"));
      assertEquals(4, systemd.awaitEnd());
      assertEquals(List.of("line"), systemd.journal());
    }
  }

  @Test
  void acceptsNothingThatIsWrong() throws Exception {
    for (String script :
        List.of("send 'REDY=1'", "send 'WATCHDOG=1'", "send 'READY=1\nREADY=1'", "send ready")) {
      try (FakeSystemd systemd = start(1000, script)) {
        AssertionError error = assertThrows(AssertionError.class, systemd::awaitEnd);
        assertTrue(String.valueOf(error.getMessage()).contains(", after ["), error.toString());
      }
    }
  }
}
