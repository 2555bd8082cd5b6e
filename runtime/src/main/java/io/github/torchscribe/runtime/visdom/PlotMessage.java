package io.github.torchscribe.runtime.visdom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is sent to the server: an endpoint and a JSON object. Numbers that are not finite become
 * null, which Visdom draws as a gap.
 *
 * @param endpoint the last part of the address, for example {@code events}
 * @param content the object
 */
record PlotMessage(String endpoint, Map<String, Object> content) {
  static PlotMessage of(String endpoint, String win, String env) {
    return new PlotMessage(endpoint, object("win", win, "eid", env));
  }

  /** A JSON object whose members keep their order, so that the same call gives the same text. */
  static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** A new window, or one that takes the place of another. */
  static PlotMessage window(List<?> data, String win, String env, Options options) {
    PlotMessage message = of("events", win, env);
    message.content.put("data", data);
    message.content.put("opts", options.values());
    return message;
  }

  /** A new plot. */
  static PlotMessage plot(List<?> data, String win, String env, Options options) {
    return window(data, win, env, options).with("layout", PlotLayout.of(options));
  }

  /** The same data for a plot that exists. */
  PlotMessage asUpdate(Update update, String name) {
    PlotMessage changed = new PlotMessage("update", new LinkedHashMap<>(content));
    changed.content.put("layout", Map.of());
    changed.content.put("name", name);
    changed.content.put("append", update == Update.APPEND);
    return changed;
  }

  PlotMessage with(String name, Object value) {
    content.put(name, value);
    return this;
  }
}
