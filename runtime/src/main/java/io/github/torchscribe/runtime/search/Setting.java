package io.github.torchscribe.runtime.search;

import java.util.ArrayList;
import java.util.List;

/** Something that a search chooses, and what it may choose from. */
sealed interface Setting {
  /** What it is called. */
  String name();

  /** The value at a place from 0 to less than 1, so that equal parts are equally likely. */
  Object at(double place);

  /** All values, or where there are too many so many of them, from the lowest to the highest. */
  List<Object> spread(int points);

  /** How many values there are; infinite where it is a range of real numbers. */
  double size();

  /** How many of them {@link #spread} gives. */
  default int count(int points) {
    return (int) Math.min(points, size());
  }

  /** What it may be, in words. */
  String words();

  /** A value as it was, of what a record has of it. */
  Object read(Object kept);

  /** How a page draws it: {@code choice}, {@code linear} or {@code log}. */
  String scale();

  /** One of some values. */
  record Choice(String name, List<Object> values) implements Setting {
    @Override
    public Object at(double place) {
      return values.get((int) (place * values.size()));
    }

    @Override
    public List<Object> spread(int points) {
      return values;
    }

    @Override
    public int count(int points) {
      return values.size();
    }

    @Override
    public double size() {
      return values.size();
    }

    @Override
    public String words() {
      return "one of " + values;
    }

    /** By its text: of which type it was a record does not know. */
    @Override
    public Object read(Object kept) {
      return values.stream()
          .filter(some -> some.toString().equals(String.valueOf(kept)))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(name + " is " + kept));
    }

    @Override
    public String scale() {
      return "choice";
    }
  }

  /** A whole number, both ends included. */
  record Whole(String name, int low, int high) implements Setting {
    @Override
    public Object at(double place) {
      return (int) (low + (long) (place * size()));
    }

    @Override
    public List<Object> spread(int points) {
      List<Object> all = new ArrayList<>();
      int count = count(points);
      for (int i = 0; i < count; i++) {
        double part = count == 1 ? 0.5 : i / (count - 1.0);
        all.add((int) (low + Math.round(part * ((double) high - low))));
      }
      return all;
    }

    @Override
    public double size() {
      return (double) high - low + 1;
    }

    @Override
    public String words() {
      return "a whole number from " + low + " to " + high;
    }

    @Override
    public Object read(Object kept) {
      if (kept instanceof Number number) {
        return number.intValue();
      }
      throw new IllegalArgumentException(name + " is " + kept);
    }

    @Override
    public String scale() {
      return "linear";
    }
  }

  /** A real number, in whose logarithm equal parts are equally likely if it says so. */
  record Real(String name, double low, double high, boolean isLog) implements Setting {
    @Override
    public Object at(double place) {
      return between(place);
    }

    /** By {@code StrictMath}, so that it is the same on every machine. */
    private double between(double part) {
      double value =
          isLog
              ? StrictMath.exp(
                  StrictMath.log(low) + part * (StrictMath.log(high) - StrictMath.log(low)))
              : low + part * (high - low);
      return Math.min(high, Math.max(low, value));
    }

    @Override
    public List<Object> spread(int points) {
      if (low == high) {
        return List.of(low);
      }
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < points; i++) {
        // The ends as they were written, whatever a logarithm makes of them.
        all.add(
            points == 1
                ? between(0.5)
                : i == 0 ? low : i == points - 1 ? high : between(i / (points - 1.0)));
      }
      return all;
    }

    @Override
    public double size() {
      return low == high ? 1 : Double.POSITIVE_INFINITY;
    }

    @Override
    public String words() {
      return (isLog ? "log-uniform" : "uniform") + " from " + low + " to " + high;
    }

    @Override
    public Object read(Object kept) {
      if (kept instanceof Number number) {
        return number.doubleValue();
      }
      throw new IllegalArgumentException(name + " is " + kept);
    }

    @Override
    public String scale() {
      return isLog ? "log" : "linear";
    }
  }
}
