package dev.switchback.device.cable;

import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceStatus;
import dev.switchback.device.node.TrainingProgress;
import dev.switchback.wire.smp.StatPort;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Counters of the device in named groups. Cable thread. */
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
  public void show(String name, Fields fields) throws IOException {
    switch (name) {
      case "link" -> link(fields);
      case "infer" -> infer(fields);
      case "train" -> train(fields);
      default -> jvm(fields);
    }
  }

  private void link(Fields fields) throws IOException {
    CableStatus cable = device.status().cable();
    if (cable != null) {
      fields.put("baud", cable.baud());
      fields.put("opened", cable.opened());
      fields.put("bytes_in", cable.bytesIn());
      fields.put("bytes_out", cable.bytesOut());
      fields.put("frames", cable.frames());
      fields.put("dropped", cable.dropped());
    }
  }

  private void infer(Fields fields) throws IOException {
    DeviceStatus status = device.status();
    fields.put("ticks", status.ticks());
    fields.put("changes", status.changes());
    fields.put("bounces", status.bounces());
    fields.put("faults", status.faults());
    fields.put("uptime_s", status.uptimeSeconds());
  }

  private void train(Fields fields) throws IOException {
    TrainingProgress training = device.training();
    fields.put("running", training.running() ? 1 : 0);
    fields.put("count", training.count());
    fields.put("epochs", training.epochs());
    // Counters are whole numbers.
    fields.put(
        "loss_micro", Float.isFinite(training.loss()) ? Math.round(training.loss() * MICRO) : 0);
  }

  private static void jvm(Fields fields) throws IOException {
    Runtime runtime = Runtime.getRuntime();
    fields.put("heap_used", runtime.totalMemory() - runtime.freeMemory());
    fields.put("heap_max", runtime.maxMemory());
    fields.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
  }
}
