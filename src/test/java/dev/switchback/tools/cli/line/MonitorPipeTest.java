package dev.switchback.tools.cli.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.SystemClock;
import dev.switchback.sim.PtyPair;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.SerialPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MonitorPipeTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();

  private void pipe(ByteLink link, String input) throws IOException {
    new MonitorPipe(
            link,
            new BufferedReader(new StringReader(input)),
            new PrintWriter(out, true),
            new SystemClock())
        .run();
  }

  private static ByteLink open(Path port) throws LinkException {
    return new SerialPort(port.toString(), 115_200).open();
  }

  @Test
  void linesAreTypedOneAfterAnotherAndTheAnswersArePlain() throws IOException {
    try (CabledDevice device = CabledDevice.open(directory);
        ByteLink link = open(Path.of(device.port()))) {
      link.write("half a line".getBytes(US_ASCII), 0, 11);
      pipe(link, "infer 0 1\ntrain\nnonsense\n\nconfirm\n");
    }
    assertLinesMatch(
        List.of(
            "infer 0 1",
            "1 \\(output 0\\.\\d+\\)",
            "switchback> train",
            "solved after .*",
            "switchback> nonsense",
            ".*help.*",
            "switchback> ",
            "switchback> confirm",
            ".*",
            "switchback> "),
        out.toString().lines().filter(line -> !line.startsWith("epoch ")).toList());
  }

  @Test
  void silenceIsNoReply() throws IOException {
    try (PtyPair cable = PtyPair.open(directory);
        ByteLink link = open(cable.one())) {
      LaptopException e = assertThrows(LaptopException.class, () -> pipe(link, "status\n"));
      assertEquals(LaptopException.Kind.NO_REPLY, e.kind());
      assertTrue(e.toString().contains(cable.one() + " does not answer; is "), e.toString());
      assertEquals("", out.toString());
    }
  }

  @Test
  void pulledCableIsLost() throws IOException {
    try (CabledDevice device = CabledDevice.open(directory);
        ByteLink link = open(Path.of(device.port()))) {
      BufferedReader input =
          new BufferedReader(new StringReader("status\nslots\n")) {
            @Override
            public String readLine() throws IOException {
              String line = super.readLine();
              if ("slots".equals(line)) {
                device.cable().pull();
              }
              return line;
            }
          };
      MonitorPipe pipe =
          new MonitorPipe(link, input, new PrintWriter(out, true), new SystemClock());
      assertEquals(LinkException.Kind.LOST, assertThrows(LinkException.class, pipe::run).kind());
      assertTrue(out.toString().contains("\nfaults: 0\n"), out.toString());
    }
  }
}
