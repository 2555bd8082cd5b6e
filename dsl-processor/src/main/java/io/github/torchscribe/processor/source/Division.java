package io.github.torchscribe.processor.source;

import java.util.ArrayList;
import java.util.List;

/**
 * How the statements of a method are divided among several. HotSpot leaves methods of 8,000 bytes
 * and more to its interpreter for ever, and the class file's format ends at 64 KB; a deep network
 * would pass both. A network that is used several times gets a method each time, if it fits; what
 * stands between is put together.
 */
final class Division {
  /** Bytes of a method, of which lines know upper bounds. */
  private static final int LONGEST = 8_000;

  /**
   * Lines that stand together.
   *
   * @param place the path of the network they are of, or those of the first and the last layer;
   *     empty where they are of no layer
   */
  record Section(String place, List<Line> lines) {}

  private final List<Section> sections = new ArrayList<>();
  private final List<Line> run = new ArrayList<>();

  private final int longest;

  private Division(int longest) {
    this.longest = longest;
  }

  /** Whether a method is short enough to stay whole. */
  static boolean isShort(List<Line> lines) {
    return size(lines) < LONGEST;
  }

  /** The parts of a method that is not. */
  static List<Section> of(List<Line> lines) {
    return of(lines, LONGEST);
  }

  /** Parts that have so many bytes at most. */
  static List<Section> of(List<Line> lines, int longest) {
    Division division = new Division(longest);
    division.divide(lines, 1);
    division.endRun();
    return division.sections;
  }

  private void divide(List<Line> lines, int depth) {
    for (List<Line> group : groups(lines, depth)) {
      String place = group.get(0).place();
      if (place.isEmpty()) {
        endRun();
        sections.add(new Section("", group));
      } else if (components(place) <= depth) {
        if (size(run) + size(group) >= longest) {
          endRun();
        }
        run.addAll(group); // a layer
      } else {
        endRun();
        if (size(group) < longest) {
          sections.add(new Section(prefix(place, depth), group));
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
      sections.add(new Section(place, List.copyOf(run)));
      run.clear();
    }
  }

  /** Lines one after the other whose paths begin alike. */
  private static List<List<Line>> groups(List<Line> lines, int depth) {
    List<List<Line>> groups = new ArrayList<>();
    String last = null;
    for (Line line : lines) {
      String prefix = prefix(line.place(), depth);
      if (!prefix.equals(last)) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(line);
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

  private static int size(List<Line> lines) {
    return lines.stream().mapToInt(Line::bytes).sum();
  }
}
