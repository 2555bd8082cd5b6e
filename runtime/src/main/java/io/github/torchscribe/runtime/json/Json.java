package io.github.torchscribe.runtime.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as a {@link Map} in its order, a {@link List}, a {@link String}, a {@link Number}, a {@link
 * Boolean} or null. Whole numbers are {@link Integer}, {@link Long} or {@link
 * java.math.BigInteger}, whichever is the first that holds them; all others {@link Double}.
 *
 * <p>What goes over texts of all kinds is Jackson's core; what it would be to bind them to classes
 * nobody here needs, and is three times as large.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  /**
   * Reads a text that is one value, and no name of an object twice.
   *
   * @param text the whole text
   * @return what it says
   * @throws IllegalArgumentException when it is no JSON; the message says what is wrong
   */
  public static Object read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a text that is one value, and no name of an object twice.
   *
   * @param text the whole text, as UTF-8
   * @return what it says
   * @throws IllegalArgumentException when it is no JSON; the message says what is wrong
   */
  public static Object read(byte[] text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("there is nothing in it");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something stands behind its end");
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    } catch (IOException e) { // what is no text
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The value at whose first token the parser stands; it is left at its last. */
  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name; (name = parser.nextFieldName()) != null; ) {
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> all = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      all.add(value(parser));
    }
    return all;
  }

  /**
   * Writes a value.
   *
   * @param value what {@link #read} gives, also with arrays for lists; a number that is not finite
   *     becomes a text
   * @return JSON without blanks
   * @throws IllegalArgumentException when something in it is nothing of that kind
   */
  public static String text(Object value) {
    StringWriter text = new StringWriter();
    write(value, () -> FACTORY.createGenerator(text));
    return text.toString();
  }

  /**
   * Writes a value.
   *
   * @param value as with {@link #text}
   * @return JSON without blanks, as UTF-8
   * @throws IllegalArgumentException when something in it is nothing of that kind
   */
  public static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(value, () -> FACTORY.createGenerator(bytes));
    return bytes.toByteArray();
  }

  /** Where to. */
  private interface Target {
    JsonGenerator open() throws IOException;
  }

  private static void write(Object value, Target into) {
    try (JsonGenerator generator = into.open()) {
      write(value, generator);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
  }

  private static void write(Object value, JsonGenerator into) throws IOException {
    if (value instanceof Map<?, ?> object) {
      into.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        into.writeFieldName(String.valueOf(member.getKey()));
        write(member.getValue(), into);
      }
      into.writeEndObject();
    } else if (value instanceof Iterable<?> all) {
      into.writeStartArray();
      for (Object some : all) {
        write(some, into);
      }
      into.writeEndArray();
    } else if (value != null && value.getClass().isArray()) {
      into.writeStartArray();
      for (int i = 0; i < Array.getLength(value); i++) {
        write(Array.get(value, i), into);
      }
      into.writeEndArray();
    } else if (value == null
        || value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean) {
      into.writePOJO(value instanceof CharSequence text ? text.toString() : value);
    } else {
      throw new IllegalArgumentException(
          "of a " + value.getClass().getName() + " there is no JSON: " + value);
    }
  }
}
