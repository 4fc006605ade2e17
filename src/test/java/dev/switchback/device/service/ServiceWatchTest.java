package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.node.DeviceLife;
import dev.switchback.device.store.MemoryStorage;
import org.junit.jupiter.api.Test;

/** The watch of a device in virtual time. */
class ServiceWatchTest {
  private static final long MS = 1_000_000;

  private final DeviceLife life = new DeviceLife(new MemoryStorage());
  private final Systemd systemd = new Systemd();
  private final ServiceWatch watch = new ServiceWatch(life.device(), systemd);

  private static final class Systemd implements ServiceWatch.Supervisor {
    private long periodNanos;
    private int feeds;

    @Override
    public long periodNanos() {
      return periodNanos;
    }

    @Override
    public void ready(long sinceNanos) {}

    @Override
    public void feed() {
      feeds++;
    }

    @Override
    public void reportStatus(String status) {}
  }

  private void begin(long periodMillis) {
    systemd.periodNanos = periodMillis * MS;
    assertEquals(MS, watch.nextNanos(), "readiness is reported without delay");
    life.begin();
    while (life.maintain()) {}
    life.pass(1);
    watch.update(life.nowNanos());
    assertTrue(watch.isReady());
  }

  @Test
  void looksSixTimesAWatchdog_butAtLeastEveryTwoSeconds() {
    begin(30_000);
    assertEquals(2000 * MS, watch.nextNanos());
    systemd.periodNanos = 9000 * MS;
    assertEquals(1500 * MS, watch.nextNanos());
    systemd.periodNanos = 1500 * MS;
    assertEquals(250 * MS, watch.nextNanos());
    systemd.periodNanos = 0;
    assertEquals(2000 * MS, watch.nextNanos());
  }

  @Test
  void isFedOnlyIfTheLoopTicked_asSoonAsItDid() {
    begin(1500);
    life.jump(499 * MS);
    life.pass(0);
    watch.update(life.nowNanos());
    assertEquals(0, systemd.feeds, "too early");
    life.jump(MS);
    watch.update(life.nowNanos());
    assertEquals(1, systemd.feeds);
    for (int look = 0; look < 10; look++) {
      life.jump(watch.nextNanos());
      watch.update(life.nowNanos());
    }
    assertEquals(1, systemd.feeds, "it hangs");
    life.pass(0);
    life.jump(1);
    watch.update(life.nowNanos());
    assertEquals(2, systemd.feeds, "it goes on");
  }
}
