package dev.switchback.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.AllocatedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameEncoderTest {
  static Stream<WireVector> vectors() {
    return WireVector.all().stream();
  }

  @Test
  void fileOfVectors_isWhole() {
    assertEquals(46, vectors().filter(WireVector::request).count());
    assertEquals(92, vectors().count());
  }

  /** Zephyr splits lines elsewhere, after 124 and then 120 digits; the bytes are the same. */
  @ParameterizedTest
  @MethodSource("vectors")
  void framesAreThoseOfTheVectors_byteForByte(WireVector vector) {
    byte[] frame = Received.frame(vector.packet());
    if (vector.request() || vector.lines().size() == 1) {
      assertArrayEquals(vector.frame(), frame);
    } else {
      WireVector ours = WireVector.of(vector.name(), false, frame);
      assertEquals(String.join("", vector.lines()), String.join("", ours.lines()));
      assertArrayEquals(vector.body(), ours.body());
    }
  }

  @Test
  void onlyFramesOfSeveralLinesFromZephyr_areCutElsewhere() {
    List<String> elsewhere = new ArrayList<>();
    vectors()
        .filter(vector -> !Arrays.equals(vector.frame(), Received.frame(vector.packet())))
        .forEach(vector -> elsewhere.add(vector.toString()));
    assertEquals(
        List.of("echo-200 rx", "fs-down-0 rx", "fs-down-100 rx", "enum-details rx"), elsewhere);
  }

  @Test
  void everyLength_hasLinesOfAtMost127Bytes_andComesBackAsItWas() {
    SplittableRandom random = new SplittableRandom(2);
    for (int length = 1; length <= 600; length++) {
      byte[] packet = new byte[length];
      random.nextBytes(packet);
      byte[] frame = Received.frame(packet);
      assertEquals(FrameEncoder.encodedBytes(length), frame.length);
      int lineBytes = 0;
      for (byte value : frame) {
        lineBytes++;
        assertTrue(lineBytes <= 127 && value != '\r', "length " + length);
        lineBytes = value == '\n' ? 0 : lineBytes;
      }
      assertEquals(List.of(Received.hex(packet)), new Received().feed(frame).packets());
    }
  }

  @Test
  void largestPacket_comesBackAsItWas() {
    byte[] packet = new byte[FrameEncoder.MAX_PACKET_BYTES];
    new SplittableRandom(3).nextBytes(packet);
    Received received = new Received().feed(Received.frame(packet));
    assertEquals(List.of(Received.hex(packet)), received.packets());
  }

  @Test
  void aPart_ofTheArray_isEnough() {
    FrameEncoder encoder = new FrameEncoder(100);
    int length = encoder.encode(new byte[] {1, 2, 3, 4, 5}, 3);
    assertArrayEquals(
        Received.frame(new byte[] {1, 2, 3}), Arrays.copyOf(encoder.buffer(), length));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, FrameEncoder.MAX_PACKET_BYTES + 1})
  void agreedSizes_areOneTo65533(int bytes) {
    assertThrows(IllegalArgumentException.class, () -> new FrameEncoder(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 11})
  void packetsOfOtherSizesThanAgreed_areRefused(int length) {
    FrameEncoder encoder = new FrameEncoder(10);
    assertThrows(IllegalArgumentException.class, () -> encoder.encode(new byte[20], length));
  }

  @Test
  void encoding_allocatesNothing() {
    FrameEncoder encoder = new FrameEncoder(4096);
    byte[] packet = new byte[4096];
    AllocatedBytes.requireNone("an encoder", () -> encoder.encode(packet, packet.length), 50);
  }
}
