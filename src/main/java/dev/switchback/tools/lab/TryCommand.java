package dev.switchback.tools.lab;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.switchback.PrintableText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A command to the tries: a JSON object of texts, whole numbers and lists of whole numbers. */
final class TryCommand {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int MAX_FIELDS = 16;
  private static final int MAX_NUMBERS = 16;

  private final Map<String, Object> fields;

  private TryCommand(Map<String, Object> fields) {
    this.fields = fields;
  }

  static TryCommand parse(byte[] body) throws Rejection {
    Map<String, Object> fields = new HashMap<>();
    try (JsonParser json = FACTORY.createParser(body)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "an object expected");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        require(fields.size() < MAX_FIELDS, "too many fields");
        String name = json.currentName();
        fields.put(name, value(name, json));
      }
      require(json.nextToken() == null, "more than an object");
    } catch (IOException e) {
      throw new Rejection(400, "no JSON: " + PrintableText.of(String.valueOf(e.getMessage())), e);
    }
    return new TryCommand(fields);
  }

  private static Object value(String name, JsonParser json) throws IOException, Rejection {
    return switch (json.nextToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case START_ARRAY -> numbers(name, json);
      default -> throw wrong(name, "a text, a whole number or a list of these expected");
    };
  }

  private static List<Long> numbers(String name, JsonParser json) throws IOException, Rejection {
    List<Long> numbers = new ArrayList<>();
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (next != JsonToken.VALUE_NUMBER_INT || numbers.size() == MAX_NUMBERS) {
        throw wrong(name, "a short list of whole numbers expected");
      }
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  private static void require(boolean holds, String text) throws Rejection {
    if (!holds) {
      throw new Rejection(400, "the command: " + text);
    }
  }

  private static Rejection wrong(String name, String text) {
    return new Rejection(400, PrintableText.of(name, 40) + ": " + text);
  }

  String text(String name, String alternative) throws Rejection {
    Object value = fields.getOrDefault(name, alternative);
    if (value instanceof String text) {
      return text;
    }
    throw wrong(name, "a text expected");
  }

  /** Returns a whole number within limits. */
  long number(String name, long alternative, long least, long most) throws Rejection {
    Object value = fields.getOrDefault(name, alternative);
    if (value instanceof Long number && number >= least && number <= most) {
      return number;
    }
    throw wrong(name, "a whole number expected, " + least + " to " + most);
  }

  /** Returns a list of whole numbers within limits; empty if there is none. */
  List<Integer> numbers(String name, int least, int most) throws Rejection {
    List<Integer> numbers = new ArrayList<>();
    if (fields.getOrDefault(name, List.of()) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Long number && number >= least && number <= most) {
          numbers.add(number.intValue());
        }
      }
      if (numbers.size() == list.size()) {
        return numbers;
      }
    }
    throw wrong(name, "a list of whole numbers expected, " + least + " to " + most);
  }
}
