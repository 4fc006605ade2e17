package dev.switchback.wire.smp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A message as maps, lists and values, parsed independently of {@link SmpMap}. */
final class CborTree {
  private CborTree() {}

  static Map<?, ?> read(byte[] packet) throws IOException {
    try (JsonParser cbor =
        new CBORFactory().createParser(packet, SmpHeader.BYTES, packet.length - SmpHeader.BYTES)) {
      return (Map<?, ?>) value(cbor, cbor.nextToken());
    }
  }

  private static Object value(JsonParser cbor, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (cbor.nextToken() == JsonToken.FIELD_NAME) {
          String name = cbor.currentName();
          map.put(name, value(cbor, cbor.nextToken()));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (JsonToken next = cbor.nextToken();
            next != JsonToken.END_ARRAY;
            next = cbor.nextToken()) {
          list.add(value(cbor, next));
        }
        yield list;
      }
      case VALUE_STRING -> cbor.getText();
      case VALUE_NUMBER_INT -> cbor.getLongValue();
      case VALUE_EMBEDDED_OBJECT -> cbor.getBinaryValue();
      default -> throw new AssertionError("unexpected " + token);
    };
  }
}
