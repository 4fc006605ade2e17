package dev.switchback.tools.client;

import dev.switchback.Clock;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.wire.Port;
import dev.switchback.wire.smp.ImageHash;
import dev.switchback.wire.smp.ImageState;
import dev.switchback.wire.smp.SmpMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Uploads one image to a device and puts it in use. If the line is lost, the port is opened again
 * and the remaining steps are done: each run first reads the state of the device, which also
 * remembers an interrupted upload. One thread; every wait has a timeout.
 */
public final class Deployment {
  private static final int MAX_LOST_LINES = 5;
  private static final long REOPEN_LIMIT_NANOS = 15_000_000_000L;
  private static final long REOPEN_PERIOD_NANOS = 250_000_000L;
  private static final long START_LIMIT_NANOS = 10_000_000_000L;

  /** A bootloader copies both slots first. */
  private static final long PLAIN_START_LIMIT_NANOS = 60_000_000_000L;

  private static final long START_PERIOD_NANOS = 20_000_000L;

  private WeightImage image;
  private ImageHash hash;
  private final boolean isForGood;
  private final boolean isPlain;
  private final Clock clock;
  private final Progress listener;
  private boolean wasThere;
  private boolean isUnderWay;
  private boolean isStarted;
  private String before = "";

  /**
   * Creates a deployment; {@code run} starts it.
   *
   * @param isForGood whether the image is confirmed at the end, else left on trial
   * @param isPlain whether the server may be any MCUboot device, reached by groups 0 and 1; the
   *     only check is then that the image runs
   */
  public Deployment(
      WeightImage image, boolean isForGood, boolean isPlain, Clock clock, Progress listener) {
    this.isPlain = isPlain;
    this.image = image;
    this.hash = new ImageHash(image.hash());
    this.isForGood = isForGood;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Uploads, verifies, tries, and reads the truth table back.
   *
   * @param baud of the port, for timeouts
   * @throws LaptopException if the image does not answer the configured truth table; the previous
   *     image is then restored, unless the line stays lost
   */
  public DeploymentResult over(Port port, int baud) throws LaptopException {
    DeviceClient device = open(port, baud);
    for (int lostLines = 0; ; lostLines++) {
      try (DeviceClient open = device) {
        return run(open);
      } catch (LaptopException e) {
        if (!e.isLineLost() || lostLines == MAX_LOST_LINES) {
          throw e;
        }
        device = reopened(port, baud, e);
      }
    }
  }

  private DeviceClient open(Port port, int baud) throws LaptopException {
    return isPlain
        ? DeviceClient.openPlain(port, baud, clock)
        : DeviceClient.open(port, baud, clock);
  }

  private DeviceClient reopened(Port port, int baud, LaptopException loss) throws LaptopException {
    listener.began(DeploymentStep.RECONNECT);
    long limit = clock.nanoTime() + REOPEN_LIMIT_NANOS;
    while (true) {
      try {
        return open(port, baud);
      } catch (LaptopException e) {
        if (clock.nanoTime() - limit >= 0) {
          e.addSuppressed(loss);
          throw e;
        }
        clock.await(REOPEN_PERIOD_NANOS);
      }
    }
  }

  private DeploymentResult run(DeviceClient device) throws LaptopException {
    listener.began(DeploymentStep.INSPECT);
    SmpMap status = isPlain ? SmpMap.EMPTY : device.status();
    List<ImageState> images = device.images();
    boolean isThere = isActive(images);
    wasThere |= isThere && !isUnderWay;
    isUnderWay = true;
    if (!isThere) {
      if (!isPlain) {
        before = DeviceClient.parsed(() -> status.text("truth"));
        image = DeviceDemands.require(image, status);
        hash = new ImageHash(image.hash());
      }
      bring(device, images);
      start(device);
    }
    return settle(device);
  }

  private boolean isActive(List<ImageState> images) {
    return images.stream().anyMatch(it -> it.slot() == 0 && it.active() && isMeant(it));
  }

  private boolean isMeant(ImageState other) {
    return other.hash().equals(hash);
  }

  /** The image in slot 1 if it is the one to deploy, else null. */
  private @Nullable ImageState staged(List<ImageState> images) {
    return images.stream().filter(it -> it.slot() == 1 && isMeant(it)).findFirst().orElse(null);
  }

  private void bring(DeviceClient device, List<ImageState> images) throws LaptopException {
    requireNotBack(device, images);
    ImageState staged = staged(images);
    if (staged == null) {
      requireNoTrial(images);
      staged = upload(device);
    }
    if (!staged.pending()) {
      listener.began(DeploymentStep.TEST);
      device.test(hash);
    }
  }

  /** Checked before the upload, because the device would refuse its last byte. */
  private static void requireNoTrial(List<ImageState> images) throws LaptopException {
    for (ImageState other : images) {
      if (other.active() && !other.confirmed()) {
        throw new LaptopException(
            Kind.REFUSED,
            "version "
                + other.version()
                + " is on trial; first keep it (switchback confirm) or go back (switchback revert)");
      }
    }
  }

  private ImageState upload(DeviceClient device) throws LaptopException {
    listener.began(DeploymentStep.UPLOAD);
    device.upload(image.bytes(), listener);
    listener.began(DeploymentStep.VERIFY);
    ImageState staged = staged(device.images());
    if (staged == null) {
      throw new LaptopException(
          Kind.PROTOCOL, "slot 1 does not hold the image after its upload: " + hash);
    }
    return staged;
  }

  private void start(DeviceClient device) throws LaptopException {
    listener.began(DeploymentStep.START);
    isStarted = true;
    device.reset();
    long limit = clock.nanoTime() + (isPlain ? PLAIN_START_LIMIT_NANOS : START_LIMIT_NANOS);
    List<ImageState> images = images(device, limit);
    while (!isActive(images)) {
      requireNotBack(device, images);
      if (clock.nanoTime() - limit >= 0) {
        throw new LaptopException(
            Kind.REFUSED, "the device does not start the image; its next start will");
      }
      clock.await(START_PERIOD_NANOS);
      images = images(device, limit);
    }
  }

  /** A booting machine is silent for a while, and so is a device that waits for a slow disk. */
  private List<ImageState> images(DeviceClient device, long limit) throws LaptopException {
    while (true) {
      try {
        return device.images();
      } catch (LaptopException e) {
        boolean isSilent = e.kind() == Kind.NO_REPLY && !e.isLineLost();
        if (!isSilent || clock.nanoTime() - limit >= 0) {
          throw e;
        }
      }
    }
  }

  /** An image that was started but neither answers nor waits for a start has failed. */
  private void requireNotBack(DeviceClient device, List<ImageState> images) throws LaptopException {
    ImageState staged = staged(images);
    if (isStarted && (staged == null || !staged.pending())) {
      SmpMap status = isPlain ? SmpMap.EMPTY : device.status();
      String problems =
          DeviceClient.parsed(() -> String.join("; ", status.textsOrEmpty("problems")));
      throw new LaptopException(
          Kind.ROLLED_BACK,
          "the device tried the image and has gone back"
              + (problems.isEmpty() ? "" : ": " + problems));
    }
  }

  private DeploymentResult settle(DeviceClient device) throws LaptopException {
    boolean isConfirmed = isConfirmed(device.images());
    TruthReading truth = isPlain ? null : truth(device, isConfirmed);
    if (isForGood && !isConfirmed) {
      listener.began(DeploymentStep.CONFIRM);
      isConfirmed = isConfirmed(device.confirm());
    }
    return new DeploymentResult(image, truth, before, wasThere, isConfirmed);
  }

  private TruthReading truth(DeviceClient device, boolean isConfirmed) throws LaptopException {
    listener.began(DeploymentStep.TRUTH);
    TruthReading truth = device.truth();
    if (!truth.hash().equals(hash)) {
      throw new LaptopException(
          Kind.ROLLED_BACK, "another image answers meanwhile: " + truth.hash());
    }
    if (!truth.isRight()) {
      throw wrong(device, truth, isConfirmed);
    }
    return truth;
  }

  private boolean isConfirmed(List<ImageState> images) {
    return images.stream().anyMatch(it -> it.slot() == 0 && isMeant(it) && it.confirmed());
  }

  private LaptopException wrong(DeviceClient device, TruthReading truth, boolean isConfirmed)
      throws LaptopException {
    String what = "the image answers " + truth.answers() + ", its lesson is " + truth.expected();
    if (isConfirmed) {
      return new LaptopException(Kind.REFUSED, what);
    }
    listener.began(DeploymentStep.REVERT);
    device.revert();
    return new LaptopException(Kind.ROLLED_BACK, what + "; it has gone back");
  }
}
