package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.data.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The messages that draw windows. */
final class Plots {
  private Plots() {}

  static PlotMessage line(
      double[] y, double[] x, String win, String env, String name, Options options) {
    Traces.sameLength(x, y);
    Options all = Traces.lineDefaults(options);
    return PlotMessage.plot(List.of(Traces.scatter(x, y, 1, name, all)), win, env, all);
  }

  static PlotMessage lines(double[][] y, double[] x, String win, String env, Options options) {
    int lines = width(y);
    Options all = Traces.lineDefaults(options);
    List<Object> traces = new ArrayList<>();
    for (int line = 0; line < lines; line++) {
      double[] heights = column(y, line);
      Traces.sameLength(x, heights);
      traces.add(Traces.scatter(x, heights, line + 1, null, all));
    }
    return PlotMessage.plot(traces, win, env, all);
  }

  static PlotMessage scatter(
      double[] x, double[] y, int[] labels, String win, String env, Options options) {
    Traces.sameLength(x, y);
    Options all = Traces.scatterDefaults(options);
    int[] of = labels == null ? new int[x.length] : labels;
    if (labels == null) {
      Arrays.fill(of, 1);
    } else if (labels.length != x.length || Arrays.stream(labels).min().orElse(1) < 1) {
      throw new IllegalArgumentException(
          "give a label of at least 1 for each of the " + x.length + " points");
    }
    List<Object> traces = new ArrayList<>();
    for (int label : Arrays.stream(of).sorted().distinct().toArray()) {
      traces.add(Traces.scatter(chosen(x, of, label), chosen(y, of, label), label, null, all));
    }
    return PlotMessage.plot(traces, win, env, all);
  }

  private static double[] chosen(double[] values, int[] labels, int label) {
    double[] result = new double[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (labels[i] == label) {
        result[count++] = values[i];
      }
    }
    return Arrays.copyOf(result, count);
  }

  static PlotMessage bar(double[][] heights, String win, String env, Options options) {
    int bars = width(heights);
    List<Integer> places = new ArrayList<>();
    for (int i = 1; i <= heights.length; i++) {
      places.add(i);
    }
    List<?> x = names("rownames", heights.length, options, places);
    List<?> legend = names("legend", bars, options, null);
    List<Object> traces = new ArrayList<>();
    for (int k = 0; k < bars; k++) {
      String name = legend == null ? null : String.valueOf(legend.get(k));
      traces.add(Traces.bar(Traces.gaps(column(heights, k)), x, name));
    }
    return PlotMessage.plot(traces, win, env, options.withDefault("stacked", false));
  }

  static PlotMessage histogram(double[] values, String win, String env, Options options) {
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a histogram needs finite numbers, at least one");
    }
    int bins = ((Number) options.get("numbins")).intValue();
    if (bins < 1) {
      throw new IllegalArgumentException("numbins must be at least 1 but is " + bins);
    }
    double low = Arrays.stream(values).min().getAsDouble();
    double high = Arrays.stream(values).max().getAsDouble();
    Map<String, Object> trace =
        Traces.bar(Traces.count(values, bins), Traces.spaced(low, high, bins), null);
    return PlotMessage.plot(List.of(trace), win, env, options.withDefault("stacked", false));
  }

  static PlotMessage heatmap(double[][] values, String win, String env, Options options) {
    Options all = options.withDefault("colormap", "Viridis");
    names("columnnames", width(values), all, null);
    names("rownames", values.length, all, null);
    return PlotMessage.plot(List.of(Traces.heatmap(values, all)), win, env, all);
  }

  static PlotMessage picture(Picture picture, String win, String env, Options options) {
    Map<String, Object> content =
        PlotMessage.object("src", picture.dataUrl(), "caption", options.get("caption"));
    Options all =
        options.withDefault("width", picture.width()).withDefault("height", picture.height());
    return PlotMessage.window(
        List.of(PlotMessage.object("content", content, "type", "image")), win, env, all);
  }

  static PlotMessage text(String html, String win, String env, Options options) {
    return PlotMessage.window(
        List.of(PlotMessage.object("content", html, "type", "text")), win, env, options);
  }

  private static List<?> names(String option, int count, Options options, List<?> otherwise) {
    if (!(options.get(option) instanceof List<?> names)) {
      return otherwise;
    }
    if (names.size() != count) {
      throw new IllegalArgumentException(
          option + " has " + names.size() + " names, but there are " + count);
    }
    return names;
  }

  private static int width(double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("there is nothing to draw");
    }
    for (double[] row : rows) {
      if (row.length != rows[0].length) {
        throw new IllegalArgumentException(
            "rows must be equally long, but one has "
                + rows[0].length
                + " numbers and another "
                + row.length);
      }
    }
    return rows[0].length;
  }

  private static double[] column(double[][] rows, int index) {
    return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
  }
}
