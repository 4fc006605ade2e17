package dev.switchback.life;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.store.TestImage;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file that a peer uploads to a device. */
final class Offer {
  static final SigningKey KEY = SigningKey.generate();
  private static final SigningKey FOREIGN_KEY = SigningKey.generate();
  private static final int VERSIONS = 6;

  private static final TruthTable XOR = TruthTable.XOR;
  private static final TruthTable OR = TruthTable.parse("0111");

  /** What owners deploy: above every version that others bring. */
  private static final List<Offer> OWNERS =
      List.of(
          new Offer(stating(XOR, VERSIONS, -30, "owner").signed(KEY).bytes(), XOR, true),
          new Offer(stating(OR, VERSIONS, 0, "owner").signed(KEY).bytes(), OR, true));

  private static final List<Offer> FIT = new ArrayList<>();
  private static final List<Offer> FORMER = new ArrayList<>();
  private static final List<Offer> UNFIT = new ArrayList<>();

  static {
    for (int version = 0; version < VERSIONS; version++) {
      for (int gain = 20; gain < 26; gain += 2) {
        // Different notes, as the hash does not cover the signature.
        FIT.add(new Offer(image(version, gain, -gain, "plain").bytes(), XOR, false));
        FIT.add(new Offer(image(version, gain, -gain, "own").signed(KEY).bytes(), XOR, true));
        WeightImage foreign = image(version, gain, -gain, "foreign");
        FIT.add(new Offer(foreign.signed(FOREIGN_KEY).bytes(), XOR, false));
      }
      for (TruthTable lesson : List.of(XOR, OR)) {
        int and = lesson.equals(XOR) ? -28 : 0;
        FIT.add(new Offer(stating(lesson, version, and, "plain").bytes(), lesson, false));
        WeightImage own = stating(lesson, version, and, "own");
        Offer signed = new Offer(own.signed(KEY).bytes(), lesson, true);
        FIT.add(signed);
        if (lesson.equals(XOR)) {
          FORMER.add(signed);
        }
      }
      UNFIT.add(new Offer(image(version, 0, 20, "own").signed(KEY).bytes(), null, true));
      UNFIT.add(new Offer(image(version, 0, 20, "plain").bytes(), null, false));
      UNFIT.add(new Offer(stating(XOR, version, 0, "own").signed(KEY).bytes(), null, true));
      UNFIT.add(new Offer(stating(OR, version, -28, "plain").bytes(), null, false));
    }
    UNFIT.add(new Offer(threeSwitches().bytes(), null, false));
    UNFIT.add(new Offer(new byte[300], null, false));
    UNFIT.add(
        new Offer("no image at all".repeat(20).getBytes(StandardCharsets.US_ASCII), null, false));
  }

  private static WeightImage stating(TruthTable lesson, int version, float and, String note) {
    return WeightImage.of(
        new ImageVersion(1, version, 0, 0),
        TestImage.ofOrAndAnd(30, and, -10),
        Engine.FIXED,
        Map.of(ImageMetadata.LESSON, lesson.toString(), "note", note));
  }

  private static WeightImage image(int version, float or, float and, String note) {
    return WeightImage.of(
        new ImageVersion(1, version, 0, 0),
        TestImage.ofOrAndAnd(or, and, -10),
        Engine.FIXED,
        Map.of("seed", String.valueOf(version), "note", note));
  }

  private static WeightImage threeSwitches() {
    return WeightImage.of(
        new ImageVersion(2, 0, 0, 0),
        Parameters.of(new Topology(new int[] {3, 1}, Activation.SIGMOID), 1, 1, 1, 0),
        Engine.FLOAT,
        Map.of());
  }

  private static final Map<String, Offer> BY_HASH = new HashMap<>();

  static {
    Stream.concat(OWNERS.stream(), Stream.concat(FIT.stream(), UNFIT.stream()))
        .forEach(offer -> {
          try {
            BY_HASH.put(WeightImage.read(offer.file).hashText(), offer);
          } catch (IOException e) {
            // Not an image, so it has no hash.
          }
        });
  }

  /** Returns the offer with this image hash, with any signature; null if there is none. */
  static @Nullable Offer of(String hash) {
    return BY_HASH.get(hash);
  }

  /** Returns what an owner once deployed: signed, with the lesson XOR, below {@link #owners}. */
  static Offer former(Random random) {
    return FORMER.get(random.nextInt(FORMER.size()));
  }

  /** Returns what an owner deploys, the same in the whole life of a device. */
  static Offer owners(Random random, boolean isXor) {
    return OWNERS.get(isXor ? 0 : random.nextInt(OWNERS.size()));
  }

  static Offer unfit(Random random) {
    return UNFIT.get(random.nextInt(UNFIT.size()));
  }

  /** Returns a valid file in most cases, else an unfit one or one with a flipped bit. */
  static Offer any(Random random) {
    Offer fit = FIT.get(random.nextInt(FIT.size()));
    return switch (random.nextInt(10)) {
      case 0 -> UNFIT.get(random.nextInt(UNFIT.size()));
      case 1 -> fit.damaged(random);
      default -> fit;
    };
  }

  private final byte[] file;
  private final @Nullable TruthTable truth;
  private final boolean isSigned;

  private Offer(byte[] file, @Nullable TruthTable truth, boolean isSigned) {
    this.file = file;
    this.truth = truth;
    this.isSigned = isSigned;
  }

  byte[] file() {
    return file;
  }

  /** Returns the lesson that the image answers; null if a device must refuse it. */
  @Nullable TruthTable truth() {
    return truth;
  }

  /** Returns whether the image is signed by {@link #KEY}. */
  boolean isSigned() {
    return isSigned;
  }

  private Offer damaged(Random random) {
    byte[] damaged = file.clone();
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    return new Offer(damaged, null, false);
  }
}
