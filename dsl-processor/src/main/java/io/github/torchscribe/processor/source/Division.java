package io.github.torchscribe.processor.source;

import java.util.ArrayList;
import java.util.List;

/**
 * How the statements of a method are divided among several. HotSpot leaves methods of 8,000 bytes
 * and more to its interpreter for ever, and the class file's format ends at 64 KB; a deep network
 * would pass both. A network that is used several times gets a method each time, if it fits; what
 * stands between is put together.
 */
final class Division<P extends Division.Part> {
  /** Bytes of a method, of which lines know upper bounds. */
  private static final int LONGEST = 8_000;

  /** Something that a method has a list of. */
  interface Part {
    /** The path of the layer that it is of, or nothing. */
    String place();

    /** How much it is at most, in whatever a method may have only so much of. */
    int size();
  }

  /**
   * Parts that stand together.
   *
   * @param place the path of the network they are of, or those of the first and the last layer;
   *     empty where they are of no layer
   */
  record Section<P>(String place, List<P> parts) {}

  private final List<Section<P>> sections = new ArrayList<>();
  private final List<P> run = new ArrayList<>();
  private final int longest;

  private Division(int longest) {
    this.longest = longest;
  }

  /** Whether a method is short enough to stay whole. */
  static boolean isShort(List<Line> lines) {
    return size(lines) < LONGEST;
  }

  /** The parts of a method that is not. */
  static List<Section<Line>> of(List<Line> lines) {
    return of(lines, LONGEST);
  }

  /** Sections of so much at most. */
  static <P extends Part> List<Section<P>> of(List<P> parts, int longest) {
    Division<P> division = new Division<>(longest);
    division.divide(parts, 1);
    division.endRun();
    return division.sections;
  }

  private void divide(List<P> parts, int depth) {
    for (List<P> group : groups(parts, depth)) {
      String place = group.get(0).place();
      if (place.isEmpty()) {
        endRun();
        sections.add(new Section<>("", group));
      } else if (components(place) <= depth) {
        if (size(run) + size(group) >= longest) {
          endRun();
        }
        run.addAll(group); // a layer
      } else {
        endRun();
        if (size(group) < longest) {
          sections.add(new Section<>(prefix(place, depth), group));
        } else {
          divide(group, depth + 1);
          endRun();
        }
      }
    }
  }

  private void endRun() {
    if (!run.isEmpty()) {
      String first = run.get(0).place();
      String last = run.get(run.size() - 1).place();
      String place = first.equals(last) ? first : first + " … " + last;
      sections.add(new Section<>(place, List.copyOf(run)));
      run.clear();
    }
  }

  /** Parts one after the other whose paths begin alike. */
  private static <P extends Part> List<List<P>> groups(List<P> parts, int depth) {
    List<List<P>> groups = new ArrayList<>();
    String last = null;
    for (P part : parts) {
      String prefix = prefix(part.place(), depth);
      if (!prefix.equals(last)) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(part);
      last = prefix;
    }
    return groups;
  }

  private static String prefix(String place, int depth) {
    int end = -1;
    for (int i = 0; i < depth; i++) {
      end = place.indexOf('.', end + 1);
      if (end < 0) {
        return place;
      }
    }
    return place.substring(0, end);
  }

  private static int components(String place) {
    return (int) place.chars().filter(c -> c == '.').count() + 1;
  }

  private static int size(List<? extends Part> parts) {
    return parts.stream().mapToInt(Part::size).sum();
  }
}
