package dev.switchback.tools.cli.line;

import dev.switchback.tools.cli.JsonObject;
import dev.switchback.tools.cli.Report;
import dev.switchback.tools.client.DeviceClient;
import dev.switchback.tools.client.LaptopException;
import dev.switchback.tools.client.TruthReading;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpMap;
import dev.switchback.wire.smp.StatusText;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Status of a device (group 100) and its truth table. The JSON form uses the field names of the
 * protocol.
 */
record DeviceReport(SmpMap status, @Nullable TruthReading truth) implements Report {
  static DeviceReport of(DeviceClient device) throws LaptopException {
    return new DeviceReport(device.status(), device.truthIfAny());
  }

  /** Returns the status, then the truth table. */
  List<String> lines() throws SmpException {
    List<String> lines = StatusText.lines(status);
    if (truth != null) {
      lines.addAll(TruthTableText.lines(truth));
    }
    return lines;
  }

  /** Returns the lines without counters that change over time or with each request. */
  List<String> news() throws SmpException {
    return lines().stream()
        .filter(line -> !line.startsWith("control: "))
        .map(line -> line.matches("(cable|line): .*") ? line.replaceFirst(";.*", "") : line)
        .toList();
  }

  @Override
  public void print(PrintWriter out) throws SmpException {
    lines().forEach(line -> out.println(StatusColour.of(line)));
  }

  /** Returns all status fields; drops {@code schema}, the version of the protocol's schema. */
  @Override
  public JsonObject json() {
    return json(status)
        .put("schema", null)
        .put("truthTable", truth == null ? null : TruthTableText.json(truth));
  }

  private static JsonObject json(SmpMap map) {
    JsonObject object = new JsonObject();
    map.fields().forEach((name, value) -> object.put(name, json(value)));
    return object;
  }

  /** Converts doubles back to the floats that the device sent, for short decimals. */
  private static Object json(Object value) {
    return switch (value) {
      case SmpMap map -> json(map);
      case List<?> list -> list.stream().map(DeviceReport::json).toList();
      case Double real -> real.floatValue();
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      default -> value;
    };
  }
}
