package dev.switchback.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.conformance.FaultyDeployment.Outcome;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.FaultyLine.Direction;
import dev.switchback.sim.FaultyLine.Fate;
import dev.switchback.sim.FaultyLine.Fault;
import dev.switchback.sim.FaultyLine.Faults;
import dev.switchback.tools.client.LaptopException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Injects every fault at every byte of a deployment, and many faults at once. {@code
 * -Dswitchback.faults=20} runs 20 times as many random lines, flips every bit, and covers every
 * byte of a long image. By default a pause, which changes no byte, comes at every fifth byte only.
 */
@Tag("slow")
class DeploymentFaultTest {
  private static final int TIMES = Integer.getInteger("switchback.faults", 1);
  private static final int WHOLE = 4096;
  private static final long MILLI = 1_000_000;

  /** The first request and its answer; until then the client does not know the device is there. */
  private static final int GREETING_BYTES = 39;

  /** The interrupted chunk, and the first one, which is sent again to get the resume offset. */
  private static final int MOST_BYTES_AGAIN = 12_000;

  private static final WeightImage XOR = FaultyDeployment.xor(2);

  /** Five packets long. */
  private static final WeightImage LONG = FaultyDeployment.xor(1000);

  private static final PrintStream SYSTEM_ERR = System.err;

  /** Suppresses the log of every deployment, except errors. */
  @BeforeAll
  static void silence() {
    System.setErr(
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void print(String line) {
            if (line.startsWith("ERROR")) {
              SYSTEM_ERR.print(line);
            }
          }
        });
  }

  @AfterAll
  static void speak() {
    System.setErr(SYSTEM_ERR);
  }

  private static Faults one(Direction direction, long index, Fault fault) {
    return (where, number) -> where == direction && number == index ? fault : Fault.NONE;
  }

  private static Outcome undisturbed(FaultyDeployment deployment) throws Exception {
    Outcome outcome = deployment.run(WHOLE, Faults.NONE);
    assertTrue(outcome.isSuccess());
    return outcome;
  }

  private static long bytes(Outcome outcome, Direction direction) {
    return direction == Direction.TO_DEVICE ? outcome.toDevice() : outcome.toProgram();
  }

  /**
   * Deploys once per {@code stride} bytes with a fault there, and prints the outcomes.
   *
   * @param detail of the fault; -1 flips a different bit each time
   */
  private static int deployWithOne(WeightImage image, Fate fate, long detail, int stride)
      throws Exception {
    int deployments = 0;
    Map<String, Integer> ends = new TreeMap<>();
    try (FaultyDeployment deployment = new FaultyDeployment(image)) {
      Outcome undisturbed = undisturbed(deployment);
      for (Direction direction : Direction.values()) {
        for (long index = 0; index < bytes(undisturbed, direction); index += stride) {
          Fault fault = new Fault(fate, detail < 0 ? 1L << (index % 8) : detail);
          ends.merge(end(deployment, undisturbed, direction, index, fault), 1, Integer::sum);
          deployments++;
        }
      }
      deployment.requireLight();
    }
    System.out.println(
        "one fault each, image of "
            + image.bytes().length
            + " bytes: "
            + fate
            + (detail > 0 ? " " + detail : "")
            + " "
            + ends);
    return deployments;
  }

  private static String end(
      FaultyDeployment deployment,
      Outcome undisturbed,
      Direction direction,
      long index,
      Fault fault) {
    String where = fault + " at byte " + index + " " + direction;
    try {
      Outcome outcome = deployment.run(WHOLE, one(direction, index, fault));
      assertTrue(outcome.isSuccess() || isExcused(fault, index, outcome), where + ": " + outcome);
      if (fault.fate() == Fate.HANGS_UP) {
        assertTrue(outcome.toDevice() <= undisturbed.toDevice() + MOST_BYTES_AGAIN, "resumed");
      }
      return outcome.end();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(where, e);
    }
  }

  /** Accepts a hang-up before the first answer, and silence longer than three request timeouts. */
  private static boolean isExcused(Fault fault, long index, Outcome outcome) {
    return (fault.fate() == Fate.HANGS_UP && index < GREETING_BYTES)
        ? outcome.failure() == LaptopException.Kind.NO_REPLY
        : fault.fate() == Fate.STALLED
            && fault.detail() > 3000 * MILLI
            && outcome.failure() != LaptopException.Kind.ROLLED_BACK;
  }

  @ParameterizedTest
  @CsvSource({
    "DROPPED, 0, 1",
    "FLIPPED, -1, 1",
    "DOUBLED, 0, 1",
    "STALLED, 20000000, 5",
    "STALLED, 2500000000, 5",
    "HANGS_UP, 0, 1"
  })
  void anySingleFaultIsHealed(Fate fate, long detail, int stride) throws Exception {
    int each = TIMES > 1 ? 1 : stride;
    int deployments = deployWithOne(XOR, fate, detail, each);
    assertTrue(deployments > 4000 / each, deployments + " deployments");
  }

  @ParameterizedTest
  @CsvSource({"DROPPED, 0", "FLIPPED, -1", "HANGS_UP, 0"})
  void anySingleFaultOfALongImageIsHealed(Fate fate, long detail) throws Exception {
    assertTrue(deployWithOne(LONG, fate, detail, TIMES > 1 ? 1 : 97) > 200);
  }

  @Test
  void aLineThatIsSilentForLongEndsInACause() throws Exception {
    assertTrue(deployWithOne(XOR, Fate.STALLED, 4000 * MILLI, TIMES > 1 ? 1 : 7) > 500);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void anyBitMayFlip(int bit) throws Exception {
    assertTrue(deployWithOne(XOR, Fate.FLIPPED, 1L << bit, TIMES > 1 ? 1 : 19) > 200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 64, 127, 1000})
  void bytesMayComeInPiecesOfAnySize(int pieceBytes) throws Exception {
    try (FaultyDeployment deployment = new FaultyDeployment(LONG)) {
      assertTrue(deployment.run(pieceBytes, Faults.NONE).isSuccess());
    }
  }

  /** Random faults at the given rate per byte. */
  private static Faults random(double rate, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return (direction, index) -> {
      if (random.nextDouble() >= rate) {
        return Fault.NONE;
      }
      return switch (random.nextInt(8)) {
        case 0, 1 -> new Fault(Fate.DROPPED, 0);
        case 2, 3, 4 -> new Fault(Fate.FLIPPED, 1L << random.nextInt(8));
        case 5, 6 -> new Fault(Fate.DOUBLED, 0);
        default -> new Fault(Fate.STALLED, random.nextLong(300) * MILLI);
      };
    };
  }

  /** Counts deployments by outcome. */
  private static Map<String, Integer> deployAtRandom(
      WeightImage image, double rate, int lines, double hangUpRate) throws Exception {
    Map<String, Integer> ends = new TreeMap<>();
    try (FaultyDeployment deployment = new FaultyDeployment(image)) {
      for (int seed = 0; seed < lines; seed++) {
        SplittableRandom hangUps = new SplittableRandom(~seed);
        Faults others = random(rate, seed);
        Faults faults =
            (direction, index) ->
                hangUps.nextDouble() < hangUpRate
                    ? new Fault(Fate.HANGS_UP, 0)
                    : others.of(direction, index);
        ends.merge(end(deployment, faults, rate + ", seed " + seed), 1, Integer::sum);
      }
      deployment.requireLight();
    }
    return ends;
  }

  private static String end(FaultyDeployment deployment, Faults faults, String where) {
    try {
      return deployment.run(WHOLE, faults).end();
    } catch (Exception | AssertionError e) {
      throw new AssertionError("rate " + where, e);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0001, 0", "0.001, 0", "0.01, 0", "0.05, 0", "0.0003, 0.0003"})
  void randomFaultsEndInSuccessOrACause(double rate, double hangUpRate) throws Exception {
    int lines = 150 * TIMES;
    Map<String, Integer> xor = deployAtRandom(XOR, rate, lines, hangUpRate);
    Map<String, Integer> wide = deployAtRandom(LONG, rate, lines / 3, hangUpRate);
    System.out.println(
        "faults of a byte "
            + rate
            + ", hang-ups "
            + hangUpRate
            + ": XOR "
            + xor
            + ", 16 kB "
            + wide);
    if (rate <= 0.0001) {
      assertTrue(xor.getOrDefault("deployed", 0) > lines * 0.97, xor.toString());
    }
  }
}
