package dev.switchback.device.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.sim.AllocatedBytes;
import dev.switchback.wire.ModemSender;
import dev.switchback.wire.smp.SmpHeader;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Measures what the device allocates per input; the figures are in benchmarks.md. */
class SessionAllocationTest {
  private final Line line = new Line();

  @AfterEach
  void close() {
    line.close();
  }

  @Test
  void noiseAllocatesNothing() {
    byte[] noise = new byte[1000];
    Arrays.fill(noise, (byte) 0xFE);
    AllocatedBytes.requireNone("bytes that are no text", () -> line.type(noise), 200);
  }

  @Test
  void aFrameOnItsWayAllocatesNothing() {
    byte[] frame =
        line.frame(SmpHeader.WRITE, 1, 1, request -> request.bytes("data", new byte[3000]));
    byte[] unfinished = Arrays.copyOf(frame, frame.length - 5);
    AllocatedBytes.requireNone("a frame but for its end", () -> line.type(unfinished), 50);
  }

  @Test
  void aBlockOfYmodemAllocatesNothing() {
    line.command("load");
    line.type(ModemSender.header("w.img", "1000000"));
    int[] number = {0};
    byte[][] blocks = new byte[256][];
    for (int k = 0; k < 256; k++) {
      blocks[k] = ModemSender.block(k, new byte[1024]);
    }
    Runnable once =
        () -> {
          number[0]++;
          line.type(blocks[number[0] & 0xFF]);
          if ((number[0] & 0xFF) == 0) {
            line.discard();
          }
        };
    AllocatedBytes.requireNone("a block of YMODEM", once, 40);
    line.discard();
    once.run();
    assertEquals("\006", line.output(), "a block is still acknowledged");
  }
}
