package io.github.torchscribe.runtime.visdom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A window of lines that grow. It knows all its points and how many of them the server has, so that
 * what is missing can be sent at any time: after a pause, after a fault, to a server that has
 * started anew. One thread adds points, another sends them.
 */
final class Curves {
  /** From here on every second point goes, and fewer are taken: a browser has to draw them. */
  static final int MOST_POINTS = 4_000;

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

  /** The points of a line. */
  private static final class Line {
    private final String name;
    private double[] x = new double[64];
    private double[] y = new double[64];
    private int size;
    private int sent;
    private int stride = 1;
    private long offered;

    Line(String name) {
      this.name = name;
    }

    /** Gives whether points that were there have gone. */
    boolean add(double newX, double newY) {
      if (offered++ % stride != 0) {
        return false;
      }
      if (size == x.length) {
        x = Arrays.copyOf(x, 2 * size);
        y = Arrays.copyOf(y, 2 * size);
      }
      x[size] = newX;
      y[size++] = newY;
      if (size < MOST_POINTS) {
        return false;
      }
      for (int i = 0; 2 * i < size; i++) {
        x[i] = x[2 * i];
        y[i] = y[2 * i];
      }
      size = (size + 1) / 2;
      stride *= 2;
      return true;
    }

    double[] xFrom(int from) {
      return Arrays.copyOfRange(x, from, size);
    }

    double[] yFrom(int from) {
      return Arrays.copyOfRange(y, from, size);
    }
  }

  String win() {
    return win;
  }

  synchronized void add(int line, double x, double y) {
    wholeNeeded |= lines.get(line).add(x, y);
  }

  /** Whether the server lacks anything. */
  synchronized boolean isPending() {
    return lines.stream().anyMatch(line -> line.sent < line.size || (wholeNeeded && line.size > 0));
  }

  /** The whole window, in one message. */
  synchronized Message whole(String env) {
    List<Object> traces = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      traces.add(Traces.scatter(line.xFrom(0), line.yFrom(0), i + 1, line.name, options));
    }
    return Message.plot(traces, win, env, options);
  }

  /**
   * What the server lacks, as messages to be sent in this order, and counts it as sent: after a
   * failure call {@link #forget()}.
   *
   * @param exists whether the server has the window
   */
  synchronized List<Message> take(String env, boolean exists) {
    List<Message> messages = new ArrayList<>();
    if (wholeNeeded || !exists) {
      messages.add(whole(env));
      wholeNeeded = false;
    } else {
      for (Line line : lines) {
        if (line.sent < line.size) {
          double[] x = line.xFrom(line.sent);
          double[] y = line.yFrom(line.sent);
          messages.add(Plots.line(y, x, win, env, line.name, namedBy(line)));
          int last = messages.size() - 1;
          messages.set(last, messages.get(last).asUpdate(Update.APPEND, line.name));
        }
      }
    }
    lines.forEach(line -> line.sent = line.size);
    return messages;
  }

  /** A legend names lines by their number in the message; an update has one, with a name. */
  private Options namedBy(Line line) {
    return Options.none().with("legend", List.of(line.name));
  }

  /**
   * Nobody knows what the server has: the window will be sent as a whole, in place of what is
   * there.
   */
  synchronized void forget() {
    wholeNeeded = true;
  }
}
