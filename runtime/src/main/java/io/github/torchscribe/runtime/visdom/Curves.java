package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.log.Series;
import java.util.ArrayList;
import java.util.List;

/** A window of lines that grow. */
final class Curves extends Window {
  private final Options options;
  private final List<Series> lines = new ArrayList<>();

  /**
   * A window without points.
   *
   * @param win its name
   * @param options how it looks
   * @param names of its lines
   */
  Curves(String win, Options options, String... names) {
    super(win);
    this.options = Traces.lineDefaults(options.legend(names));
    for (int i = 0; i < names.length; i++) {
      lines.add(new Series());
    }
  }

  void add(int line, double x, double y) {
    synchronized (lines) {
      lines.get(line).add(x, y);
    }
    changed();
  }

  @Override
  PlotMessage draw(String env) {
    List<Object> traces = new ArrayList<>();
    synchronized (lines) {
      for (int i = 0; i < lines.size(); i++) {
        Series line = lines.get(i);
        traces.add(Traces.scatter(line.x(0), line.y(0), i + 1, null, options));
      }
    }
    return PlotMessage.plot(traces, win(), env, options);
  }
}
