package io.github.torchscribe.runtime.visdom;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What plotly is told of a window, made from its options. */
final class PlotLayout {
  private static final List<String> AXIS =
      List.of("type", "label", "tickmin", "tickmax", "tickvals", "ticklabels", "tick", "tickfont");
  private static final int MARGIN = 60;

  private PlotLayout() {}

  static Map<String, Object> of(Options options) {
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("showlegend", or(options, "showlegend", options.has("legend")));
    put(layout, "title", options.get("title"));
    layout.put(
        "margin",
        PlotMessage.object(
            "l", or(options, "marginleft", MARGIN),
            "r", or(options, "marginright", MARGIN),
            "t", or(options, "margintop", MARGIN),
            "b", or(options, "marginbottom", MARGIN)));
    put(layout, "xaxis", axis("x", options));
    put(layout, "yaxis", axis("y", options));
    if (Boolean.TRUE.equals(options.get("stacked"))) {
      layout.put("barmode", "stack");
    }
    return layout;
  }

  private static Map<String, Object> axis(String name, Options options) {
    if (AXIS.stream().noneMatch(field -> options.has(name + field))) {
      return null;
    }
    Map<String, Object> axis = new LinkedHashMap<>();
    put(axis, "type", options.get(name + "type"));
    put(axis, "title", options.get(name + "label"));
    if (options.has(name + "tickmin") && options.has(name + "tickmax")) {
      axis.put(
          "range", Arrays.asList(options.get(name + "tickmin"), options.get(name + "tickmax")));
    }
    put(axis, "tickvals", options.get(name + "tickvals"));
    put(axis, "ticktext", options.get(name + "ticklabels"));
    put(axis, "dtick", options.get(name + "tickstep"));
    put(axis, "showticklabels", options.get(name + "tick"));
    put(axis, "tickfont", options.get(name + "tickfont"));
    return axis;
  }

  private static Object or(Options options, String name, Object otherwise) {
    return options.has(name) ? options.get(name) : otherwise;
  }

  static void put(Map<String, Object> map, String name, Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }
}
