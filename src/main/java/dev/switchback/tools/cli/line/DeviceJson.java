package dev.switchback.tools.cli.line;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;

/** The status of a device as JSON, by the names of the protocol; what is absent stays absent. */
final class DeviceJson {
  private final JsonGenerator json;
  private final SmpMap map;

  private DeviceJson(JsonGenerator json, SmpMap map) {
    this.json = json;
    this.map = map;
  }

  static void writeFields(JsonGenerator json, SmpMap status) throws IOException {
    new DeviceJson(json, status).writeStatus();
  }

  private void writeStatus() throws IOException {
    texts("program", "board", "state", "switches");
    flags("led");
    reals("output");
    texts("engine", "recipe", "topology", "truth", "weights");
    writeSlots();
    numbers("max_image_bytes");
    texts("key", "storage", "swap");
    list("problems");
    writeTraining(inner("training"));
    writeCounters(inner("counters"));
    texts("fault");
    writeCable(inner("cable"));
    texts("refused");
  }

  /** An object within this one; its writer ends it. */
  private DeviceJson inner(String name) throws IOException {
    json.writeObjectFieldStart(name);
    return new DeviceJson(json, map.map(name));
  }

  private void writeSlots() throws IOException {
    json.writeArrayFieldStart("slots");
    for (SmpMap slot : map.maps("slots")) {
      json.writeStartObject();
      new DeviceJson(json, slot).writeSlot();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeSlot() throws IOException {
    numbers("slot");
    texts("file", "version", "hash", "topology");
    flags("signed");
    list("flags");
    texts("trouble");
  }

  private static void writeTraining(DeviceJson training) throws IOException {
    training.flags("running");
    training.numbers("count", "epochs");
    training.reals("loss");
    training.texts("text");
    training.json.writeEndObject();
  }

  private static void writeCounters(DeviceJson counters) throws IOException {
    counters.numbers("debounce_ms", "changes", "bounces", "ticks", "uptime_s", "faults");
    counters.json.writeEndObject();
  }

  private static void writeCable(DeviceJson cable) throws IOException {
    cable.texts("port");
    cable.numbers("baud");
    cable.texts("state");
    cable.numbers("opened", "bytes_in", "bytes_out", "frames", "dropped");
    cable.json.writeEndObject();
  }

  private void texts(String... names) throws IOException {
    for (String name : names) {
      if (map.has(name)) {
        json.writeStringField(name, map.text(name));
      }
    }
  }

  private void numbers(String... names) throws IOException {
    for (String name : names) {
      if (map.has(name)) {
        json.writeNumberField(name, map.number(name));
      }
    }
  }

  /** They come as floats, and look like them. */
  private void reals(String... names) throws IOException {
    for (String name : names) {
      if (map.has(name)) {
        json.writeNumberField(name, (float) map.real(name));
      }
    }
  }

  private void flags(String... names) throws IOException {
    for (String name : names) {
      if (map.has(name)) {
        json.writeBooleanField(name, map.flag(name, false));
      }
    }
  }

  private void list(String name) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : map.texts(name)) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
