package dev.switchback.device.cable;

import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceStatus;
import dev.switchback.device.node.TrainingProgress;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.StatPort;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Counters of the device in named groups. Session's thread. */
final class DeviceStatistics implements StatPort {
  private static final double MICRO = 1e6;

  private final Device device;

  DeviceStatistics(Device device) {
    this.device = device;
  }

  @Override
  public List<String> names() {
    return List.of("link", "infer", "train", "jvm");
  }

  @Override
  public void show(String name, CborWriter fields) throws IOException {
    switch (name) {
      case "link" -> link(fields);
      case "infer" -> infer(fields);
      case "train" -> train(fields);
      default -> jvm(fields);
    }
  }

  private void link(CborWriter fields) throws IOException {
    CableStatus cable = device.status().cable();
    if (cable != null) {
      fields.number("baud", cable.baud());
      DeviceStatusMap.traffic(cable, fields);
    }
  }

  private void infer(CborWriter fields) throws IOException {
    DeviceStatus status = device.status();
    fields.number("ticks", status.ticks());
    fields.number("changes", status.changes());
    fields.number("bounces", status.bounces());
    fields.number("faults", status.faults());
    fields.number("uptime_s", status.uptimeSeconds());
  }

  private void train(CborWriter fields) throws IOException {
    TrainingProgress training = device.training();
    fields.number("running", training.running() ? 1 : 0);
    fields.number("count", training.count());
    fields.number("epochs", training.epochs());
    // Counters are integers.
    fields.number(
        "loss_micro", Float.isFinite(training.loss()) ? Math.round(training.loss() * MICRO) : 0);
  }

  private static void jvm(CborWriter fields) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    fields.number("heap_used", runtime.totalMemory() - runtime.freeMemory());
    fields.number("heap_max", runtime.maxMemory());
    fields.number("threads", ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
