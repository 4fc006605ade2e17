package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.smp.ImageState;
import dev.switchback.wire.smp.SmpHeader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The budget of weight-image.md, section 9: nothing that comes over a cable or from guests ends it.
 */
@Tag("slow")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@EnabledOnOs(OS.LINUX)
class LargestImageTest {
  private static final int CHUNK_BYTES = 8000;

  @TempDir Path directory;

  private SmallHeapDevice device(String... settings) throws Exception {
    return new SmallHeapDevice(directory, TruthTable.XOR, settings);
  }

  /**
   * Exclusive or by two neurons of each hidden layer; the note makes the file as large as can be.
   */
  private static WeightImage largest(int major) {
    Topology topology = largestTopology(2);
    Parameters parameters = new Parameters(topology);
    for (int neuron = 0; neuron < 2; neuron++) {
      float sign = neuron == 0 ? 1 : -1;
      parameters.set(0, 0, neuron, 6 * sign);
      parameters.set(0, 1, neuron, 6 * sign);
      parameters.set(0, 2, neuron, neuron == 0 ? -3 : 9);
      parameters.set(1, neuron, neuron, 1);
      parameters.set(2, neuron, 0, 9);
    }
    parameters.set(2, topology.fanIn(2), 0, -13);
    WeightImage bare = image(major, parameters, "");
    // Safetensors fills its header up to a multiple of eight bytes.
    int room = (WeightImage.MAX_BYTES - bare.bytes().length) / 8 * 8;
    return image(major, parameters, "x".repeat(room));
  }

  private static WeightImage image(int major, Parameters parameters, String note) {
    return WeightImage.of(
        new ImageVersion(major, 0, 0, 0), parameters, Engine.FLOAT, Map.of("note", note));
  }

  /** As wide as fits, both hidden layers alike. */
  private static Topology largestTopology(int inputs) {
    int hidden = 1;
    while (Topology.parse(widths(inputs, hidden + 1), Activation.SIGMOID).parameterCount()
        <= WeightImage.MAX_PARAMETERS) {
      hidden++;
    }
    return new Topology(
        new int[] {inputs, hidden, hidden, 1},
        Activation.SIGMOID,
        Activation.LINEAR,
        Activation.SIGMOID);
  }

  private static String widths(int inputs, int hidden) {
    return inputs + "-" + hidden + "-" + hidden + "-1";
  }

  private static String activeVersion(DeviceClient client) throws LaptopException {
    return client.images().stream()
        .filter(ImageState::active)
        .map(ImageState::version)
        .findFirst()
        .orElse("none");
  }

  @Test
  void theLargestImageTwiceLivesAWholeLife() throws Exception {
    WeightImage one = largest(2);
    WeightImage two = largest(3);
    assertTrue(one.bytes().length > WeightImage.MAX_BYTES - 8);
    try (SmallHeapDevice device = device()) {
      device.requireAnswers();
      device.crowd();
      assertTrue(device.deploy(one, true).isConfirmed());
      device.requireAnswers();
      assertFalse(device.deploy(two, false, device.socket()).isConfirmed());
      device.requireAnswers();
      try (DeviceClient client = device.client()) {
        client.confirm();
        client.revert();
        assertEquals("2.0.0", activeVersion(client));
        client.revert();
        assertEquals("3.0.0", activeVersion(client));
        device.requireAnswers();
        requireTooLarge(client);
      }
      device.requireCrowd();
    }
    try (SmallHeapDevice device = device()) {
      device.requireAnswers();
      try (DeviceClient client = device.client()) {
        assertEquals("3.0.0", activeVersion(client));
        client.train();
        TrainingReading training = client.curve(0);
        while (training.isRunning()) {
          training = client.curve(training.piece().cursor());
        }
        assertEquals("3.0.0+1", activeVersion(client));
        device.requireAnswers();
        client.revert();
        assertEquals("3.0.0", activeVersion(client));
        device.requireAnswers();
      }
    }
  }

  private static void requireTooLarge(DeviceClient client) throws LaptopException {
    byte[] file = Arrays.copyOf(largest(4).bytes(), WeightImage.MAX_BYTES + 1);
    long[] reported = {0};
    LaptopException refusal =
        assertThrows(
            LaptopException.class,
            () -> client.upload(file, (bytes, ofBytes) -> reported[0] = bytes));
    assertEquals(Kind.REFUSED, refusal.kind());
    assertEquals(0, reported[0], "the first chunk is refused");
  }

  @Test
  void fortyMegabytesOfHalfFinishedUploadsChangeNothing() throws Exception {
    try (SmallHeapDevice device = device()) {
      device.requireAnswers();
      assertTrue(device.deploy(largest(2), true).isConfirmed());
      try (DeviceClient client = device.client()) {
        String before = client.images().toString();
        long sent = 0;
        for (int upload = 0; sent < 40_000_000; upload++) {
          int length = WeightImage.MAX_BYTES - upload;
          sent += sendAlmost(client, length);
        }
        assertEquals(before, client.images().toString());
        device.requireAnswers();
      }
      assertTrue(device.deploy(largest(3), true).isConfirmed());
      device.requireAnswers();
    }
  }

  /** Sends a file of zeros up to its last chunk, and returns the number of bytes. */
  private static int sendAlmost(DeviceClient client, int length) throws LaptopException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int offset = 0;
    while (offset + CHUNK_BYTES < length) {
      send(client, chunk, offset, length);
      offset += CHUNK_BYTES;
    }
    return offset;
  }

  private static void send(DeviceClient client, byte[] chunk, int offset, int length)
      throws LaptopException {
    client.checked(
        client
            .smp()
            .ask(
                SmpHeader.WRITE,
                1,
                1,
                writer -> {
                  writer.begin(offset == 0 ? 3 : 2);
                  writer.number("off", offset);
                  writer.bytes("data", chunk, 0, chunk.length);
                  if (offset == 0) {
                    writer.number("len", length);
                  }
                }));
  }

  @Test
  void theLargestTopologyTrainsWhileTheLargestImagesComeIn() throws Exception {
    for (String engine : new String[] {"float", "fixed"}) {
      try (SmallHeapDevice device =
          new SmallHeapDevice(
              directory.resolve(engine),
              TruthTable.XOR,
              "engine = " + engine,
              "topology = " + largestTopology(2))) {
        try (DeviceClient client = device.client()) {
          // It has learnt nothing yet, so it trains by itself.
          while (client.curve(0).piece().points().isEmpty()) {
            Thread.onSpinWait();
          }
        }
        device.crowd();
        device.deploy(largest(2), true);
        try (DeviceClient client = device.client()) {
          sendAlmost(client, WeightImage.MAX_BYTES);
          device.deploy(largest(3), true, device.socket());
          device.requireCrowd();
          assertTrue(client.curve(0).isRunning(), "it still trains");
          assertEquals("3.0.0", activeVersion(client));
        }
      }
    }
  }
}
