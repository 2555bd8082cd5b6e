package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.log.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * A window of lines that grow. It knows all its points and how many of them the server has, so that
 * what is missing can be sent at any time: after a pause, after a fault, to a server that has
 * started anew. One thread adds points, another sends them.
 */
final class Curves implements Window {
  private final String win;
  private final Options options;
  private final List<Line> lines = new ArrayList<>();
  private boolean wholeNeeded = true;

  /**
   * A window without points.
   *
   * @param win its name
   * @param options how it looks
   * @param names of its lines
   */
  Curves(String win, Options options, String... names) {
    this.win = win;
    this.options = Traces.lineDefaults(options.legend(names));
    for (String name : names) {
      lines.add(new Line(name));
    }
  }

  /** A line, and how many of its points the server has. */
  private static final class Line {
    private final String name;
    private final Series points = new Series();
    private int sent;

    Line(String name) {
      this.name = name;
    }

    boolean isPending() {
      return sent < points.size();
    }
  }

  @Override
  public String win() {
    return win;
  }

  synchronized void add(int line, double x, double y) {
    wholeNeeded |= lines.get(line).points.add(x, y);
  }

  @Override
  public synchronized boolean isPending() {
    return lines.stream().anyMatch(Line::isPending) || wholeNeeded && !isEmpty();
  }

  @Override
  public synchronized boolean isEmpty() {
    return lines.stream().allMatch(line -> line.points.size() == 0);
  }

  @Override
  public synchronized Message whole(String env) {
    List<Object> traces = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      traces.add(Traces.scatter(line.points.x(0), line.points.y(0), i + 1, line.name, options));
    }
    return Message.plot(traces, win, env, options);
  }

  @Override
  public synchronized List<Message> take(String env, boolean exists) {
    List<Message> messages = new ArrayList<>();
    if (wholeNeeded || !exists) {
      messages.add(whole(env));
      wholeNeeded = false;
    } else {
      for (Line line : lines) {
        if (line.isPending()) {
          double[] x = line.points.x(line.sent);
          double[] y = line.points.y(line.sent);
          messages.add(Plots.line(y, x, win, env, line.name, Options.none()));
          int last = messages.size() - 1;
          messages.set(last, messages.get(last).asUpdate(Update.APPEND, line.name));
        }
      }
    }
    lines.forEach(line -> line.sent = line.points.size());
    return messages;
  }

  @Override
  public synchronized void forget() {
    wholeNeeded = true;
  }
}
