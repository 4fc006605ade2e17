package dev.switchback.bench;

import dev.switchback.bench.ScaleRow.Cost;
import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Topology;
import dev.switchback.tools.plot.ScalePicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Measures time and memory of a forward pass and a training step, for 2 to 4096 neurons per layer
 * and 1 to 8 layers, float and fixed, and reports costs that grow faster than the weights.
 *
 * <pre>
 *   ScaleBench [--quick] [--json] [--svg FILE]
 * </pre>
 */
public final class ScaleBench {
  private static final int LARGEST_WIDTH = Topology.MAX_WIDTH;
  private static final int USUAL_DEPTH = 2;
  private static final int[] DEEP_WIDTHS = {32, 256};
  private static final int LARGEST_DEPTH = 8;

  /** Topologies that warm up the compiler before the measurement. */
  private static final int WARM_UP_WEIGHTS = 100_000;

  private ScaleBench() {}

  public static void main(String[] args) throws IOException {
    List<String> options = List.of(args);
    boolean isQuick = options.contains("--quick");
    ScaleMeasurement glance = measurement(20, 20);
    ScaleMeasurement measurement = isQuick ? measurement(40, 60) : measurement(250, 400);
    List<Topology> topologies = topologies();
    for (Topology topology : topologies) {
      if (topology.parameterCount() <= WARM_UP_WEIGHTS) {
        rows(glance, topology);
      }
    }
    List<ScaleRow> rows = new ArrayList<>();
    for (Topology topology : topologies) {
      System.err.print("\r" + topology + "        ");
      rows.addAll(rows(measurement, topology));
    }
    System.err.print("\r                              \r");
    CpuCaches caches = CpuCaches.ofThisMachine();
    System.out.println(options.contains("--json") ? json(rows) : table(rows, caches));
    int svg = options.indexOf("--svg");
    if (svg >= 0) {
      Files.writeString(Path.of(options.get(svg + 1)), picture(rows, caches));
    }
  }

  private static ScaleMeasurement measurement(long warmUpMillis, long measuredMillis) {
    return new ScaleMeasurement(
        TimeUnit.MILLISECONDS.toNanos(warmUpMillis), TimeUnit.MILLISECONDS.toNanos(measuredMillis));
  }

  private static List<Topology> topologies() {
    List<Topology> topologies = new ArrayList<>();
    for (int width = 2; width <= LARGEST_WIDTH; width *= 2) {
      topologies.add(topology(width, USUAL_DEPTH));
    }
    for (int width : DEEP_WIDTHS) {
      for (int depth = 1; depth <= LARGEST_DEPTH; depth++) {
        if (depth != USUAL_DEPTH) {
          topologies.add(topology(width, depth));
        }
      }
    }
    return topologies;
  }

  /** Returns a topology with the given number of dense layers, all of one width. */
  private static Topology topology(int width, int layers) {
    int[] widths = IntStream.generate(() -> width).limit(layers + 1L).toArray();
    return new Topology(widths, Activation.ofLayers(layers, Activation.SIGMOID));
  }

  private static List<ScaleRow> rows(ScaleMeasurement measurement, Topology topology) {
    List<ScaleRow> rows = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      rows.add(measurement.of(topology, engine));
    }
    return rows;
  }

  private static String table(List<ScaleRow> rows, CpuCaches caches) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
                                                         answer, model                       step, learner
        layers x width    weights engine          ns    ns/w     B/w  B/call          ns    ns/w     B/w  B/call
        """);
    for (ScaleRow row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%6d x %-5d %10d  %-6s %s %s%n",
              row.topology().layers(),
              row.topology().inputs(),
              row.weights(),
              row.engine().label(),
              columns(row, row.answer()),
              columns(row, row.step())));
    }
    text.append("B/w: bytes that the object has per weight; B/call: bytes allocated by a call\n");
    return text.append(String.join("\n", new ScaleGrowth(rows, caches).lines())).toString();
  }

  private static String columns(ScaleRow row, Cost cost) {
    return String.format(
        Locale.ROOT,
        "%11.1f %6.3f %7.2f %7.4f",
        cost.nanos(),
        cost.nanos() / row.weights(),
        (double) cost.madeBytes() / row.weights(),
        cost.allocatedBytes());
  }

  private static String json(List<ScaleRow> rows) {
    return rows.stream()
        .map(ScaleBench::json)
        .collect(Collectors.joining(",", "{\"schemaVersion\":1,\"scale\":[", "]}"));
  }

  private static String json(ScaleRow row) {
    return String.format(
        Locale.ROOT,
        "{\"topology\":\"%s\",\"engine\":\"%s\",\"weights\":%d,\"answer\":%s,\"step\":%s}",
        row.topology(),
        row.engine().label(),
        row.weights(),
        json(row.answer()),
        json(row.step()));
  }

  private static String json(Cost cost) {
    return String.format(
        Locale.ROOT,
        "{\"nanos\":%.2f,\"allocatedBytes\":%.4f,\"bytes\":%d}",
        cost.nanos(),
        cost.allocatedBytes(),
        cost.madeBytes());
  }

  private static String picture(List<ScaleRow> rows, CpuCaches caches) {
    List<ScalePicture.Point> points = rows.stream().flatMap(row -> points(row).stream()).toList();
    return ScalePicture.svg(points, caches.bytesByLevel());
  }

  private static List<ScalePicture.Point> points(ScaleRow row) {
    boolean isDeep = row.topology().layers() != USUAL_DEPTH;
    return List.of(
        point(row, "answer", row.answer(), isDeep), point(row, "step", row.step(), isDeep));
  }

  private static ScalePicture.Point point(ScaleRow row, String work, Cost cost, boolean isDeep) {
    return new ScalePicture.Point(
        work + ", " + row.engine().label(),
        isDeep,
        row.weights(),
        cost.nanos() / row.weights(),
        (double) cost.madeBytes() / row.weights());
  }
}
