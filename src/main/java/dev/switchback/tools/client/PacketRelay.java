package dev.switchback.tools.client;

import dev.switchback.Clock;
import dev.switchback.wire.Port;
import dev.switchback.wire.smp.SmpHeader;

/**
 * Passes whole packets of others on to a device, and asks in between what moves. It gives up early:
 * who watches wants to know soon that nothing answers. One thread; {@link #close} may be called
 * from any thread and ends a waiting call.
 */
public final class PacketRelay implements AutoCloseable {
  /** {@link SmpClient#TRIES Three} tries of it, each up to a read longer, are less than 1.5 s. */
  private static final long PATIENCE_NANOS = 350_000_000L;

  private final DeviceClient device;

  private PacketRelay(DeviceClient device) {
    this.device = device;
  }

  /**
   * Opens a port and waits for a first answer.
   *
   * @param baud of the port, for timeouts
   */
  public static PacketRelay open(Port port, int baud, Clock clock) throws LaptopException {
    return new PacketRelay(
        DeviceClient.open(port, baud, clock, false, SmpClient.TRIES, PATIENCE_NANOS));
  }

  /**
   * Passes a packet on, and repeats it byte for byte until it is answered. A write has more time,
   * because it may wait for a disk.
   *
   * @param packet a request of a header and its map, at most 4096 bytes; not modified
   * @return the packet that answers it, which may report an error
   */
  public byte[] pass(byte[] packet) throws LaptopException {
    boolean isWrite = SmpHeader.read(packet, 0).operation() == SmpHeader.WRITE;
    return device
        .smp()
        .pass(packet, SmpClient.TRIES, isWrite ? DeviceClient.DISK_PATIENCE_NANOS : PATIENCE_NANOS);
  }

  /** Reads what moves. */
  public LiveReading live() throws LaptopException {
    return device.live(SmpClient.TRIES, PATIENCE_NANOS);
  }

  @Override
  public void close() {
    device.close();
  }
}
