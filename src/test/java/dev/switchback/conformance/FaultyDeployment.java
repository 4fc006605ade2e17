package dev.switchback.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.device.cable.Session;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.Inference;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.FaultyLine;
import dev.switchback.sim.FaultyLine.Direction;
import dev.switchback.sim.FaultyLine.Faults;
import dev.switchback.sim.ManualClock;
import dev.switchback.tools.client.Deployment;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.Progress;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs deployments from the laptop's client to the device's session, each over a new faulty line,
 * and checks the invariants that must hold after any faults. The device is the real one with its
 * threads; the line and both ends of the protocol run in virtual time. Only the counters in the
 * device's status depend on real time, so two runs may differ by a few bytes.
 */
final class FaultyDeployment implements AutoCloseable {
  private static final int BAUD = 115_200;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long SECOND = 1_000_000_000;

  /** The longest that a deployment may take, with any faults. */
  private static final long MAX_SECONDS = 300;

  /**
   * How a deployment ended.
   *
   * @param failure null if it succeeded
   * @param nanos duration in virtual time
   */
  record Outcome(
      LaptopException.@Nullable Kind failure, long toDevice, long toProgram, long nanos) {
    boolean isSuccess() {
      return failure == null;
    }

    String end() {
      return failure == null ? "deployed" : failure.toString();
    }
  }

  private final FakeBoard board = new FakeBoard(2);
  private final Device device =
      new Device(
          DeviceConfiguration.defaults(), board, new MemoryStorage(), new TrainingListener() {});
  private final WeightImage image;
  private final String taught;

  /** Starts a device with weights that it trained itself, in slot 0. */
  FaultyDeployment(WeightImage image) {
    this.image = image;
    device.start();
    require(device.awaitMaintenance(LIMIT), "the device does not start");
    taught = runningHash();
  }

  /** Returns a network that computes XOR by two neurons, OR and AND; the others have no effect. */
  static WeightImage xor(int hidden) {
    Topology topology =
        new Topology(new int[] {2, hidden, 1}, Activation.SIGMOID, Activation.SIGMOID);
    Parameters parameters = new Parameters(topology);
    for (int neuron = 0; neuron < 2; neuron++) {
      parameters.set(0, 0, neuron, 20);
      parameters.set(0, 1, neuron, 20);
      parameters.set(0, 2, neuron, neuron == 0 ? -10 : -30);
      parameters.set(1, neuron, 0, neuron == 0 ? 20 : -20);
    }
    parameters.set(1, hidden, 0, -10);
    return WeightImage.of(new ImageVersion(2, 0, 0, hidden), parameters, Engine.FLOAT, Map.of());
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  /** Returns the hashes of the images in the slots and of the one that answers. */
  private Set<String> hashes() {
    Set<String> hashes = new HashSet<>();
    hashes.add(runningHash());
    for (SlotStatus slot : device.status().store().slots()) {
      WeightImage held = slot.image();
      if (held != null) {
        hashes.add(held.hashText());
      }
    }
    return hashes;
  }

  private String runningHash() {
    return Objects.requireNonNull(device.status().store().running().image()).hashText();
  }

  /**
   * Deploys over a new line and checks the invariants.
   *
   * @param pieceBytes the most bytes that arrive at once
   */
  Outcome run(int pieceBytes, Faults faults) throws LinkException, StoreException {
    device.apply(Event.ERASE, null);
    Outcome outcome = new Course(pieceBytes, faults).run();
    device.apply(Event.REVERT, null);
    require(runningHash().equals(taught), "the previous network is lost");
    return outcome;
  }

  private void requireSound(boolean isDeployed) {
    require(Set.of(taught, image.hashText()).containsAll(hashes()), "a foreign image is kept");
    require(
        !isDeployed
            || (runningHash().equals(image.hashText())
                && !device.status().store().running().onTrial()),
        "reported as confirmed, but is not");
    for (int row = 0; row < 4; row++) {
      Inference inference = Objects.requireNonNull(device.infer(new float[] {row >> 1, row & 1}));
      require(inference.answer() == ((row >> 1) ^ (row & 1)), "a wrong answer");
    }
  }

  /** Flips the switches; takes real time. */
  void requireLight() {
    for (int row = 0; row < 4; row++) {
      board.setRow(row);
      require(device.awaitAnswer(row, LIMIT), "the switches are not answered");
      require(board.ledActive() == (row == 1 || row == 2), "the wrong light");
    }
  }

  /** One line and its session. */
  private final class Course implements FaultyLine.Device {
    private final ManualClock clock = new ManualClock(SECOND);
    private final Session session = new Session(device, this::send);
    private final FaultyLine line;
    private boolean isFaulty = true;

    Course(int pieceBytes, Faults faults) {
      line =
          new FaultyLine(
              clock,
              BAUD,
              pieceBytes,
              (direction, index) -> isFaulty ? faults.of(direction, index) : FaultyLine.Fault.NONE,
              this);
    }

    private void send(byte[] bytes, int offset, int length) throws LinkException {
      line.send(bytes, offset, length);
    }

    @Override
    public void begin(long nowNanos) {
      session.begin(nowNanos);
    }

    @Override
    public void receive(byte[] bytes, long nowNanos) throws LinkException {
      session.receive(bytes, 0, bytes.length, nowNanos);
    }

    Outcome run() throws LinkException {
      long before = clock.nanoTime();
      LaptopException.Kind failure = deploy();
      Outcome outcome =
          new Outcome(
              failure,
              line.count(Direction.TO_DEVICE),
              line.count(Direction.TO_PROGRAM),
              clock.nanoTime() - before);
      require(outcome.nanos < MAX_SECONDS * SECOND, "it takes " + outcome.nanos + " ns");
      isFaulty = false;
      requireSound(failure == null);
      line.drain();
      // A truncated frame times out, and the prompt is usable again.
      clock.advance(6 * SECOND);
      requirePrompt();
      requireEcho();
      if (failure != null) {
        require(deploy() == null, "the next deployment fails too");
        requireSound(true);
      }
      return outcome;
    }

    private LaptopException.@Nullable Kind deploy() {
      try {
        require(
            new Deployment(image, true, false, clock, Progress.NONE).over(line, BAUD).isConfirmed(),
            "left on trial");
        return null;
      } catch (LaptopException e) {
        require(String.valueOf(e.getMessage()).length() > 10, "a failure without a cause");
        return e.kind();
      }
    }

    private void requirePrompt() throws LinkException {
      try (ByteLink person = line.open()) {
        person.write(new byte[] {'\r'}, 0, 1);
        byte[] buffer = new byte[1000];
        StringBuilder shown = new StringBuilder();
        for (int poll = 0; poll < 20 && shown.indexOf("switchback> ") < 0; poll++) {
          shown.append(new String(buffer, 0, person.read(buffer), ISO_8859_1));
        }
        require(shown.indexOf("switchback> ") >= 0, "no prompt: " + shown);
      }
    }

    private void requireEcho() {
      try (DeviceClient client = DeviceClient.open(line, BAUD, clock)) {
        require(client.echo("alive").equals("alive"), "a wrong echo");
      } catch (LaptopException e) {
        throw new AssertionError("a valid frame is not answered", e);
      }
    }
  }

  @Override
  public void close() {
    device.close();
  }
}
