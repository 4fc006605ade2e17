package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.format.WeightImage;
import dev.switchback.sim.ManualClock;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.tools.client.ServerLine.Fault;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.smp.ImageState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] FILE = DeployedImage.WIDE.bytes();

  private final ManualClock clock = new ManualClock();
  private TestDevice device = new TestDevice();
  private ServerLine line = line();
  private final List<Long> moved = new ArrayList<>();

  /** To whatever device there is at the time. */
  private ServerLine line() {
    return new ServerLine(clock, (packet, nowNanos) -> device.answer(packet, nowNanos));
  }

  private DeviceClient client() throws IOException {
    return DeviceClient.open(line, ServerLine.BAUD, clock);
  }

  private void upload(DeviceClient client) throws IOException {
    client.upload(
        FILE,
        (bytes, total) -> {
          assertEquals(FILE.length, total);
          moved.add(bytes);
        });
  }

  private void assertArrived(DeviceClient client) throws IOException {
    ImageState slot1 = client.images().getLast();
    assertEquals(1, slot1.slot());
    assertEquals(DeployedImage.WIDE.hashText(), slot1.hash().toString());
    assertEquals("3.0.0+1", slot1.version());
    assertEquals(FILE.length, moved.getLast());
  }

  private double secondsPerRawSecond() throws IOException {
    DeviceClient client = client();
    long start = clock.nanoTime();
    upload(client);
    double nanos = clock.nanoTime() - start;
    assertArrived(client);
    return nanos / client.smp().wireNanos(FILE.length);
  }

  @Test
  void lineIsNeverIdleWithSeveralChunksUnderWay() throws IOException {
    double base64 = 4 / 3.0 * FrameEncoder.MAX_LINE_BYTES / (FrameEncoder.MAX_LINE_BYTES - 3);
    double ratio = secondsPerRawSecond();
    assertTrue(ratio < 1.03 * base64, "ratio " + ratio);
  }

  @ParameterizedTest
  @CsvSource({"4096, 1", "1024, 4", "384, 4", "256, 2", "128, 1", "100, 0", "65535, 1000"})
  void everyBufferIsKeptTo(int bytes, int count) throws IOException {
    device = new TestDevice(bytes, count, true);
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              assertTrue(packet.length <= Math.max(bytes, 128) - 4, packet.length + " bytes");
              return device.answer(packet, nowNanos);
            });
    DeviceClient client = client();
    upload(client);
    assertArrived(client);
  }

  @Test
  void packetsAreAsLongAsTheBuffer() throws IOException {
    List<Integer> lengths = new ArrayList<>();
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              lengths.add(packet.length);
              return device.answer(packet, nowNanos);
            });
    upload(client());
    assertTrue(lengths.stream().filter(length -> length >= 4085 && length <= 4092).count() >= 7);
  }

  @Test
  void everySingleFrameMayBeLost() throws IOException {
    int lost = 0;
    for (boolean isRequest : new boolean[] {true, false}) {
      for (int i = 2; i < 13; i++) {
        int index = i;
        device = new TestDevice();
        line = line();
        line.fault =
            (ofRequest, number) -> ofRequest == isRequest && number == index ? Fault.LOST : 0;
        DeviceClient client = client();
        upload(client);
        assertArrived(client);
        assertEquals(1, device.staged);
        lost++;
      }
    }
    assertEquals(22, lost);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 15, 30})
  void manyFramesMayBeLostDoubledAndLate(int percent) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      device = new TestDevice();
      line = line();
      DeviceClient client = client();
      line.fault =
          (isRequest, index) ->
              random.nextInt(100) >= percent
                  ? 0
                  : switch (random.nextInt(3)) {
                    case 0 -> Fault.LOST;
                    case 1 -> Fault.TWICE;
                    default -> random.nextLong(2 * SECOND);
                  };
      upload(client);
      line.fault = Fault.NONE;
      assertArrived(client);
    }
  }

  /** A server whose frames are lost when more than one comes at a time. */
  @Test
  void serverThatTakesOneAfterAnotherOnlyIsServedSo() throws IOException {
    long[] busyUntil = {0};
    line =
        new ServerLine(
            clock,
            (packet, nowNanos) -> {
              if (packet.length < 2000) {
                return device.answer(packet, nowNanos);
              }
              boolean isBusy = nowNanos - busyUntil[0] < 0;
              busyUntil[0] = nowNanos + 3 * SECOND / 5;
              return isBusy ? null : device.answer(packet, nowNanos);
            });
    DeviceClient client = client();
    upload(client);
    assertArrived(client);
  }

  @Test
  void uploadGoesOnAfterACut() throws IOException {
    DeviceClient first = client();
    line.hangUpAtByte = line.writtenBytes + 30_000;
    LaptopException e = assertThrows(LaptopException.class, () -> upload(first));
    assertTrue(e.isLineLost());
    long reached = moved.getLast();
    assertTrue(reached > 10_000);
    moved.clear();
    long before = line.writtenBytes;
    DeviceClient second = client();
    upload(second);
    assertArrived(second);
    assertTrue(moved.getFirst() >= reached);
    long sent = line.writtenBytes - before;
    assertTrue(sent < 1.5 * (FILE.length - reached) + 6000, sent + " bytes");
  }

  @Test
  void anotherFileDoesNotGoOnWhereTheFirstWasCut() throws IOException {
    DeviceClient first = client();
    line.hangUpAtByte = line.writtenBytes + 30_000;
    assertThrows(LaptopException.class, () -> upload(first));
    byte[] other = DeployedImage.xor(2000, 9).bytes();
    DeviceClient second = client();
    second.upload(other, Progress.NONE);
    assertEquals("9.0.0+1", second.images().getLast().version());
  }

  @Test
  void deviceThatForgetsWhatItHadIsGivenItAgain() throws IOException {
    line.fault =
        (isRequest, index) -> {
          if (isRequest && index == 6) {
            device = new TestDevice();
          }
          return 0;
        };
    DeviceClient client = client();
    upload(client);
    assertArrived(client);
    assertTrue(moved.contains(0L));
  }

  @Test
  void refusedFileIsRefusedWithTheReasonOfTheStatus() throws IOException {
    DeviceClient client = client();
    byte[] file = FILE.clone();
    file[file.length - 1] ^= 1;
    LaptopException e =
        assertThrows(LaptopException.class, () -> client.upload(file, Progress.NONE));
    assertEquals(Kind.REFUSED, e.kind());
    assertEquals(
        "the device refuses: the image's header is not valid: " + device.refused, e.getMessage());
  }

  @Test
  void fileThatIsTooLargeIsRefusedAtOnce() throws IOException {
    DeviceClient client = client();
    LaptopException e =
        assertThrows(
            LaptopException.class,
            () -> client.upload(new byte[WeightImage.MAX_BYTES + 1], Progress.NONE));
    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("the image is too large"));
  }

  @Test
  void deviceThatGoesSilentEndsTheUpload() throws IOException {
    DeviceClient client = client();
    line.fault = (isRequest, index) -> index > 6 ? Fault.LOST : 0;
    long start = clock.nanoTime();
    assertEquals(Kind.NO_REPLY, assertThrows(LaptopException.class, () -> upload(client)).kind());
    assertTrue(clock.nanoTime() - start < 20 * SECOND);
  }

  @Test
  void deviceThatForgetsAgainAndAgainEndsTheUpload() throws IOException {
    line.fault =
        (isRequest, index) -> {
          if (isRequest && index > 6) {
            device = new TestDevice();
          }
          return 0;
        };
    DeviceClient client = client();
    LaptopException e = assertThrows(LaptopException.class, () -> upload(client));
    assertEquals(Kind.PROTOCOL, e.kind());
    assertEquals("the device goes on asking for the bytes from offset 0", e.getMessage());
  }
}
