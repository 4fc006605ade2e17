package dev.switchback.tools.client;

import dev.switchback.Clock;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.Port;

/**
 * Brings an image to a device and has it answer. When the line is lost the port is opened again,
 * and what is left is done: a device that was cut off in the middle of an upload knows what it has.
 * One thread; every wait is bounded.
 */
public final class Deployment {
  private static final int MAX_LOST_LINES = 5;
  private static final long REOPEN_LIMIT_NANOS = 15_000_000_000L;
  private static final long REOPEN_PERIOD_NANOS = 250_000_000L;

  private final Port port;
  private final int baud;
  private final Clock clock;
  private final DeploymentListener listener;

  /**
   * Deployments over one port.
   *
   * @param baud of the port, for the time that bytes take
   */
  public Deployment(Port port, int baud, Clock clock, DeploymentListener listener) {
    this.port = port;
    this.baud = baud;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Uploads, verifies, tries, and reads the truth table back.
   *
   * @param isForGood whether the image is confirmed in the end, or left on trial
   * @throws LaptopException if it does not answer as the device is configured; what answered before
   *     does then, unless the line is lost for good
   */
  public DeploymentResult deploy(WeightImage image, boolean isForGood) throws LaptopException {
    DeploymentCourse course = new DeploymentCourse(image, isForGood, clock, listener);
    DeviceClient device = DeviceClient.open(port, baud, clock);
    for (int lostLines = 0; ; lostLines++) {
      try (DeviceClient open = device) {
        return course.run(open);
      } catch (LaptopException e) {
        if (!e.isLineLost() || lostLines == MAX_LOST_LINES) {
          throw e;
        }
        device = reopened(e);
      }
    }
  }

  private DeviceClient reopened(LaptopException loss) throws LaptopException {
    listener.began(DeploymentStep.RECONNECT);
    long limit = clock.nanoTime() + REOPEN_LIMIT_NANOS;
    while (true) {
      try {
        return DeviceClient.open(port, baud, clock);
      } catch (LaptopException e) {
        if (clock.nanoTime() - limit >= 0) {
          e.addSuppressed(loss);
          throw e;
        }
        clock.await(REOPEN_PERIOD_NANOS);
      }
    }
  }
}
