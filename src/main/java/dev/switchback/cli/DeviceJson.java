package dev.switchback.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.switchback.link.smp.SmpMap;
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
    json.writeArrayFieldStart("slots");
    for (SmpMap slot : map.maps("slots")) {
      json.writeStartObject();
      new DeviceJson(json, slot).writeSlot();
      json.writeEndObject();
    }
    json.writeEndArray();
    texts("storage", "swap");
    list("problems");
    json.writeObjectFieldStart("training");
    new DeviceJson(json, map.map("training")).writeTraining();
    json.writeEndObject();
    json.writeObjectFieldStart("counters");
    new DeviceJson(json, map.map("counters"))
        .numbers("debounce_ms", "changes", "bounces", "ticks", "uptime_s", "faults");
    json.writeEndObject();
    texts("fault");
    json.writeObjectFieldStart("cable");
    new DeviceJson(json, map.map("cable")).writeCable();
    json.writeEndObject();
    texts("refused");
  }

  private void writeSlot() throws IOException {
    numbers("slot");
    texts("file", "version", "hash", "topology");
    flags("signed");
    list("flags");
    texts("trouble");
  }

  private void writeTraining() throws IOException {
    flags("running");
    numbers("count", "epochs");
    reals("loss");
    texts("text");
  }

  private void writeCable() throws IOException {
    texts("port");
    numbers("baud");
    texts("state");
    numbers("opened", "bytes_in", "bytes_out", "frames", "dropped");
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
