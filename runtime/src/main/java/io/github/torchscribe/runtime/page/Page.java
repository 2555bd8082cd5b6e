package io.github.torchscribe.runtime.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import io.github.torchscribe.runtime.library.Library;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page: a file of its own, into which go what all pages share, the chart library and its content
 * as JSON. Pages make text of their content, never markup, so nothing in it can become a script.
 */
public final class Page {
  /** How pages say when something was. */
  public static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final JsonFactory JSON =
      new JsonFactoryBuilder().characterEscapes(escapes()).build();

  /** Where in the page's own file the rest goes. */
  private static final Pattern PLACE =
      Pattern.compile("/\\* the (style|charts|script|content) \\*/");

  private Page() {}

  /** Writes what a page shows. */
  public interface Content {
    /** Writes one value. */
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Writes a whole page, and leaves the stream open.
   *
   * @param template the page's own file; is closed
   */
  public static void write(InputStream template, Content content, OutputStream out)
      throws IOException {
    String page = read("the page", template);
    Matcher place = PLACE.matcher(page);
    int done = 0;
    while (place.find()) {
      text(page.substring(done, place.start()), out);
      done = place.end();
      switch (place.group(1)) {
        case "style" -> text(read("page.css", Page.class.getResourceAsStream("page.css")), out);
        case "script" -> text(read("page.js", Page.class.getResourceAsStream("page.js")), out);
        case "charts" -> charts(out);
        default -> json(content, out);
      }
    }
    text(page.substring(done), out);
  }

  /** Writes JSON alone, as it may stand in a script's element; leaves the stream open. */
  public static void json(Content content, OutputStream out) throws IOException {
    JsonGenerator json = JSON.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (json) {
      content.write(json);
    }
  }

  /** Writes a number, or null in place of what JSON has not: NaN and infinities. */
  public static void number(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /** Writes a field with an array of texts. */
  public static void texts(JsonGenerator json, String name, Iterable<?> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (Object text : texts) {
      json.writeString(text.toString());
    }
    json.writeEndArray();
  }

  private static void text(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Without the address of its source map, which a browser's tools would ask for. Where there is no
   * such library the page does without: its script looks for it.
   */
  private static void charts(OutputStream out) throws IOException {
    if (!Library.CHART_JS.isThere()) {
      return;
    }
    String name = Library.CHART_JS.resource();
    // By the loader: a class of a module sees that module's resources alone.
    String all = read(name, Page.class.getClassLoader().getResourceAsStream(name));
    int sourceMap = all.lastIndexOf("//# sourceMappingURL=");
    text(sourceMap < 0 ? all : all.substring(0, sourceMap), out);
  }

  private static String read(String name, InputStream resource) throws IOException {
    try (InputStream in = resource) {
      if (in == null) {
        throw new FileNotFoundException(name + " is missing on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** A closing tag of a script in any text would end the element that holds the content. */
  private static CharacterEscapes escapes() {
    int[] escapes = CharacterEscapes.standardAsciiEscapesForJSON();
    escapes['<'] = CharacterEscapes.ESCAPE_STANDARD;
    return new CharacterEscapes() {
      private static final long serialVersionUID = 1;

      @Override
      public int[] getEscapeCodesForAscii() {
        return escapes;
      }

      @Override
      public SerializableString getEscapeSequence(int character) {
        return null; // the standard one
      }
    };
  }
}
