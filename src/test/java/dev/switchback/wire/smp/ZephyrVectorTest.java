package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.wire.WireVector;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Replays the recorded requests of a Zephyr server and compares the answers byte for byte. */
class ZephyrVectorTest {
  private static final List<WireVector> VECTORS = WireVector.all();
  private static final String NO_CBOR = "bad-cbor";

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void ourGroupsAnswerEveryRequestAsZephyrDid() {
    SmpServer server = ZephyrServer.create();
    int pairs = 0;
    for (int i = 0; i < VECTORS.size(); i += 2) {
      WireVector request = VECTORS.get(i);
      WireVector expected = VECTORS.get(i + 1);
      assertTrue(request.request() && !expected.request(), request.name());
      byte[] packet = request.packet();
      int length = server.handle(packet, packet.length, i);
      assertEquals(
          hex(withSuccess(expected)), hex(Arrays.copyOf(server.answer(), length)), request.name());
      pairs++;
    }
    assertEquals(46, pairs);
  }

  /** The recorded server was built without {@code rc} on success, which SMP 1 clients expect. */
  private static byte[] withSuccess(WireVector answer) {
    byte[] packet = answer.packet();
    if (!answer.name().equals("echo-v1")) {
      return packet;
    }
    SmpHeader header = SmpHeader.read(packet, 0);
    String map = hex(Arrays.copyOfRange(packet, SmpHeader.BYTES, packet.length - 1));
    byte[] longer = HexFormat.of().parseHex("00".repeat(SmpHeader.BYTES) + map + "62726300ff");
    header.withLength(header.length() + 4).write(longer, 0);
    return longer;
  }

  @Test
  void ourWriterMakesEveryRequestOfPythonsClient() throws IOException {
    CborWriter writer = new CborWriter(1024);
    int requests = 0;
    for (WireVector vector : VECTORS) {
      byte[] packet = vector.packet();
      if (!vector.request() || packet.length == SmpHeader.BYTES || vector.name().equals(NO_CBOR)) {
        continue;
      }
      Map<?, ?> map = CborTree.read(packet);
      writer.begin(map.size());
      for (Map.Entry<?, ?> field : map.entrySet()) {
        write(writer, (String) field.getKey(), field.getValue());
      }
      int length = writer.finish(SmpHeader.read(packet, 0));
      assertEquals(hex(packet), hex(Arrays.copyOf(writer.buffer(), length)), vector.name());
      requests++;
    }
    assertEquals(44, requests);
  }

  private static void write(CborWriter writer, String name, Object value) throws IOException {
    switch (value) {
      case Long number -> writer.number(name, number);
      case String text -> writer.text(name, text);
      case byte[] bytes -> writer.bytes(name, bytes);
      case List<?> texts -> {
        writer.list(name, texts.size());
        for (Object text : texts) {
          writer.text((String) text);
        }
        writer.end();
      }
      default -> throw new AssertionError(name);
    }
  }

  @Test
  void everyMessageIsRead() throws IOException {
    for (WireVector vector : VECTORS) {
      byte[] packet = vector.packet();
      if (packet.length == SmpHeader.BYTES || vector.name().equals(NO_CBOR)) {
        continue;
      }
      assertSame(
          vector.name(),
          CborTree.read(packet),
          SmpMap.read(packet, SmpHeader.BYTES, packet.length - SmpHeader.BYTES));
    }
  }

  private static void assertSame(String vector, Map<?, ?> expected, SmpMap found)
      throws SmpException {
    assertEquals(expected.keySet(), found.names(), vector);
    for (Map.Entry<?, ?> field : expected.entrySet()) {
      String name = (String) field.getKey();
      switch (field.getValue()) {
        case Long number -> assertEquals(number, found.number(name), vector);
        case String text -> assertEquals(text, found.text(name), vector);
        case byte[] bytes -> assertArrayEquals(bytes, found.bytes(name), vector);
        case Map<?, ?> map -> assertSame(vector, map, found.map(name));
        case List<?> list -> assertSame(vector, list, name, found);
        default -> throw new AssertionError(vector + ": " + name);
      }
    }
  }

  private static void assertSame(String vector, List<?> expected, String name, SmpMap found)
      throws SmpException {
    if (expected.isEmpty() || expected.getFirst() instanceof String) {
      assertEquals(expected, found.texts(name), vector);
    } else if (expected.getFirst() instanceof Long) {
      assertEquals(expected, found.numbers(name), vector);
    } else {
      List<SmpMap> maps = found.maps(name);
      assertEquals(expected.size(), maps.size(), vector);
      for (int i = 0; i < maps.size(); i++) {
        assertSame(vector, (Map<?, ?>) expected.get(i), maps.get(i));
      }
    }
  }
}
