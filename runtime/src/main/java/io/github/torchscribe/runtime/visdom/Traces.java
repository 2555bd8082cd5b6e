package io.github.torchscribe.runtime.visdom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The data of plots, as plotly's traces. */
final class Traces {
  private Traces() {}

  /** The options that the Python client adds to lines. */
  static Options lineDefaults(Options options) {
    boolean markers = Boolean.TRUE.equals(options.get("markers"));
    return scatterDefaults(
        options
            .withDefault("markers", false)
            .withDefault("fillarea", false)
            .with("mode", markers ? "lines+markers" : "lines"));
  }

  /** The options that the Python client adds to points. */
  static Options scatterDefaults(Options options) {
    return options
        .withDefault("mode", options.get("textlabels") == null ? "markers" : "markers+text")
        .withDefault("markersymbol", "dot")
        .withDefault("markersize", 10)
        .withDefault("markerborderwidth", 0.5);
  }

  /**
   * One line or set of points.
   *
   * @param number which of several, counted from 1
   * @param name of the trace where the options have no legend, or null
   */
  static Map<String, Object> scatter(
      double[] x, double[] y, int number, String name, Options options) {
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("x", gaps(x));
    trace.put("y", gaps(y));
    trace.put("name", nameOf(number, name, options));
    trace.put("type", Boolean.TRUE.equals(options.get("webgl")) ? "scattergl" : "scatter");
    trace.put("mode", options.get("mode"));
    PlotLayout.put(trace, "text", options.get("textlabels"));
    trace.put("textposition", "right");
    trace.put("line", Map.of());
    trace.put(
        "marker",
        PlotMessage.object(
            "size", options.get("markersize"),
            "symbol", options.get("markersymbol"),
            "line",
                PlotMessage.object("color", "#000000", "width", options.get("markerborderwidth"))));
    if (Boolean.TRUE.equals(options.get("fillarea"))) {
      trace.put("fill", "tonexty");
    }
    return trace;
  }

  private static String nameOf(int number, String name, Options options) {
    if (options.get("legend") instanceof List<?> legend) {
      if (number > legend.size()) {
        throw new IllegalArgumentException(
            "the legend has " + legend.size() + " names, but there are more lines");
      }
      return String.valueOf(legend.get(number - 1));
    }
    return name != null ? name : String.valueOf(number);
  }

  /** Bars of one column of heights. */
  static Map<String, Object> bar(List<?> heights, List<?> x, String name) {
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("y", heights);
    trace.put("x", x);
    trace.put("type", "bar");
    PlotLayout.put(trace, "name", name);
    return trace;
  }

  /** A field of colours. */
  static Map<String, Object> heatmap(double[][] values, Options options) {
    List<List<Double>> rows = new ArrayList<>();
    for (double[] row : values) {
      rows.add(gaps(row));
    }
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("z", rows);
    trace.put("x", options.get("columnnames"));
    trace.put("y", options.get("rownames"));
    trace.put("zmin", options.get("xmin"));
    trace.put("zmax", options.get("xmax"));
    trace.put("type", "heatmap");
    trace.put("colorscale", options.get("colormap"));
    return trace;
  }

  /** How many values fall between the bounds of each of {@code bins} equal intervals. */
  static List<Long> count(double[] values, int bins) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    if (low == high) {
      low -= 0.5;
      high += 0.5;
    }
    long[] counts = new long[bins];
    for (double value : values) {
      counts[(int) Math.min(bins - 1, (value - low) / (high - low) * bins)]++;
    }
    return Arrays.stream(counts).boxed().toList();
  }

  /** Equally spaced numbers, both ends included. */
  static List<Double> spaced(double low, double high, int count) {
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      result.add(
          i == count - 1 && i > 0 ? high : low + i * ((high - low) / Math.max(1, count - 1)));
    }
    return result;
  }

  /** The numbers, with null for those that JSON does not have. */
  static List<Double> gaps(double[] values) {
    List<Double> result = new ArrayList<>(values.length);
    for (double value : values) {
      result.add(Double.isFinite(value) ? value : null);
    }
    return result;
  }

  static void sameLength(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "there are " + x.length + " x and " + y.length + " y; give as many of both");
    }
    if (x.length == 0) {
      throw new IllegalArgumentException("there are no points to draw");
    }
  }
}
