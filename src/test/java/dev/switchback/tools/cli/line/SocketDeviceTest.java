package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.tools.CommandLineRun;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.SocketPort;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that ask a device, over a socket. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SocketDeviceTest {
  private static final int MAX_GUESTS = 32;

  @TempDir private Path directory;

  private Path line() {
    return directory.resolve("line");
  }

  private CommandLineRun run(String command) {
    return CommandLineRun.of(command, "--line", line().toString());
  }

  @Test
  void oneGuestTooManyIsToldWhatTheDeviceSays() throws Exception {
    List<ByteLink> guests = new ArrayList<>();
    try (CabledDevice device = CabledDevice.open(directory)) {
      for (int i = 0; i < MAX_GUESTS; i++) {
        guests.add(new SocketPort(line()).open());
      }
      for (int i = 0; i < 20; i++) {
        for (String command : List.of("status", "retrain", "monitor")) {
          CommandLineRun extra = run(command);
          assertEquals(5, extra.exitCode(), extra.err());
          assertEquals(
              "switchback: "
                  + line()
                  + ": no place for another guest: all 32 are taken; try again once one has left\n",
              extra.err());
          assertEquals("", extra.out());
        }
      }
      assertTrue(device.done("status").contains("open; 32 guests"));
      guests.removeLast().close();
      CommandLineRun status = run("status");
      while (status.exitCode() == 5) {
        status = run("status"); // The device has not seen yet that one has left.
      }
      assertEquals(0, status.exitCode(), status.err());
    } finally {
      guests.forEach(ByteLink::close);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "monitor"})
  void silenceNamesWhoServesTheSocket(String command) throws Exception {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(line()));
      CommandLineRun run = run(command);
      assertEquals(6, run.exitCode());
      assertTrue(
          run.err().startsWith("switchback: " + line() + " does not answer; it is served by "),
          run.err());
      assertTrue(run.err().contains("(process " + ProcessHandle.current().pid() + ")"), run.err());
      assertFalse(run.err().contains("baud"), run.err());
      assertFalse(run.err().contains("cable"), run.err());
    }
  }
}
