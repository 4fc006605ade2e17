package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.SystemClock;
import dev.switchback.sim.ManualClock;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeviceFinderTest {
  private final DeviceFinder finder = new DeviceFinder(ServerLine.BAUD, new SystemClock());

  private static ServerLine device() {
    TestDevice device = new TestDevice();
    return new ServerLine(new ManualClock(), device);
  }

  private static ServerLine otherServer() {
    return new ServerLine(new ManualClock(), new TestDevice(1024, 4, false));
  }

  /** A port that cannot be opened. */
  private static Port shut(LinkException.Kind kind) {
    return new Port() {
      @Override
      public ByteLink open() throws LinkException {
        throw new LinkException(kind, "shut: " + kind);
      }

      @Override
      public String toString() {
        return "/dev/ttySHUT";
      }
    };
  }

  /** A port that nobody is behind. */
  private static Port silent(Runnable read) {
    return () ->
        new ByteLink() {
          @Override
          public int read(byte[] buffer) {
            read.run();
            return 0;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {}

          @Override
          public void close() {}
        };
  }

  private LaptopException none(Port... ports) {
    return assertThrows(LaptopException.class, () -> finder.find(List.of(ports)));
  }

  @Test
  void theOnlyDeviceIsFoundAmongOthers() throws LaptopException {
    ServerLine device = device();
    List<Port> ports =
        List.of(shut(LinkException.Kind.BUSY), otherServer(), device, silent(() -> {}));
    assertSame(device, finder.find(ports));
    List<Probe> probes = finder.probe(ports);
    assertEquals(ports, probes.stream().map(Probe::port).toList());
    assertEquals("switchback 1.0 on test board, answering", probes.get(2).text());
    assertNull(probes.get(2).trouble());
    assertEquals("shut: BUSY", probes.getFirst().text());
    assertNotNull(probes.get(1).trouble());
  }

  @Test
  void theFoundPortCanBeOpened() throws Exception {
    ServerLine device = device();
    finder.find(List.of(device)).open().close();
    assertEquals(2, device.opened);
  }

  @Test
  void severalDevicesAreListedAndNoneTaken() {
    LaptopException e = none(device(), shut(LinkException.Kind.BUSY), device());
    assertEquals(Kind.NO_PORT, e.kind());
    String line = "\n  /dev/ttyTEST: switchback 1.0 on test board, answering";
    assertEquals("several devices answer; choose one with --port:" + line + line, e.getMessage());
  }

  @Test
  void machineWithoutPortsSaysSo() {
    assertEquals(Kind.NO_PORT, none().kind());
  }

  @Test
  void theTroubleOfTheOnlyPortIsTold() {
    LaptopException e = none(shut(LinkException.Kind.PERMISSION));
    assertEquals(Kind.PERMISSION, e.kind());
    assertEquals("shut: PERMISSION", e.getMessage());
  }

  @Test
  void theMostProbableCauseDecidesAndAllAreListed() {
    LaptopException e =
        none(shut(LinkException.Kind.NO_PORT), shut(LinkException.Kind.BUSY), otherServer());
    assertEquals(Kind.BUSY, e.kind());
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith(
                "no device answers:\n  /dev/ttySHUT: shut: NO_PORT\n  /dev/ttySHUT: shut: BUSY\n"),
        e.getMessage());
    assertEquals(3, String.valueOf(e.getMessage()).lines().count() - 1);
  }

  @Test
  @Timeout(5)
  void portThatHangsHoldsNothingUp() throws LaptopException {
    CountDownLatch never = new CountDownLatch(1);
    Port hanging =
        silent(() -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    ServerLine device = device();
    assertSame(device, finder.find(List.of(hanging, device)));
  }
}
