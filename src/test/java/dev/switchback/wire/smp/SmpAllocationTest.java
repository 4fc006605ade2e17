package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.AllocatedBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures allocation per message, from packet to packet. */
@Tag("allocation")
class SmpAllocationTest {
  private static final int CHUNK_BYTES = 4000;
  private static final int REPEATS = 200;

  private final FakeImages port = new FakeImages();
  private final SmpServer server =
      new SmpServer(
          List.of(new ImageGroup(port), new StatGroup(ListingGroupTest.COUNTERS), new EchoOnly()),
          4096);
  private int sequence;

  /** An echo without the device that {@link OsGroup} needs. */
  private static final class EchoOnly extends SmpGroup {
    EchoOnly() {
      super(0, "echo", 1);
    }

    @Override
    public void handle(SmpRequest request, CborWriter answer) throws IOException {
      answer.text("r", request.map().text("d"));
    }
  }

  private static byte[] packet(int operation, int group, int command, Exchange.Fields fields)
      throws IOException {
    CborWriter writer = new CborWriter(5000);
    writer.begin();
    fields.write(writer);
    int length = writer.finish(SmpHeader.request(operation, group, command, 0));
    return Arrays.copyOf(writer.buffer(), length);
  }

  private void requireAtMost(String what, long most, byte[] packet) {
    Runnable message =
        () -> {
          // A different message each time; otherwise it is a repetition.
          packet[6] = (byte) sequence++;
          server.handle(packet, packet.length, 0);
        };
    AllocatedBytes.window(message, 5 * REPEATS);
    long bytes = AllocatedBytes.window(message, REPEATS) / REPEATS;
    assertTrue(bytes <= most, what + ": " + bytes + " bytes");
  }

  @Test
  void anEchoIsCheap() throws IOException {
    requireAtMost("echo", 2500, packet(SmpHeader.WRITE, 0, 0, map -> map.text("d", "hello")));
  }

  @Test
  void theStateOfTheImagesIsCheap() throws IOException {
    requireAtMost("image state", 2500, packet(SmpHeader.READ, 1, 0, map -> {}));
  }

  @Test
  void countersAreCheap() throws IOException {
    requireAtMost("counters", 2500, packet(SmpHeader.READ, 2, 0, map -> map.text("name", "link")));
  }

  @Test
  void anUploadCostsTwiceItsBytes() throws IOException {
    byte[] first =
        packet(
            SmpHeader.WRITE,
            1,
            1,
            map -> {
              map.number("off", 0);
              map.number("len", FakeImages.MAX_BYTES);
              map.bytes("sha", new byte[32]);
              map.bytes("data", new byte[CHUNK_BYTES]);
            });
    server.handle(first, first.length, 0);
    requireAtMost(
        "upload of " + CHUNK_BYTES + " bytes",
        2 * CHUNK_BYTES + 2500,
        packet(
            SmpHeader.WRITE,
            1,
            1,
            map -> {
              map.number("off", 1);
              map.bytes("data", new byte[CHUNK_BYTES]);
            }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a161615a0003d08f61",
        "a161615a7fffffff61",
        "a161617a0003d08f61",
        "a161617a7fffffff61",
        "a161619a7fffffff61",
        "ba7fffffff"
      })
  void aLengthThatIsOnlyClaimedCostsAnExceptionAlone(String hex) throws IOException {
    byte[] map = HexFormat.of().parseHex(hex);
    byte[] packet = Arrays.copyOf(packet(SmpHeader.WRITE, 0, 0, _ -> {}), 8 + map.length);
    SmpHeader.request(SmpHeader.WRITE, 0, 0, 0).withLength(map.length).write(packet, 0);
    System.arraycopy(map, 0, packet, SmpHeader.BYTES, map.length);
    requireAtMost("claim of " + hex, 16_000, packet);
  }
}
