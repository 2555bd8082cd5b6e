package io.github.torchscribe.runtime.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that a search may choose from, in the order in which it was declared. */
final class Space {
  /** More than this nobody tries. */
  private static final int MOST = 1_000_000;

  private final List<Setting> settings = new ArrayList<>();

  void add(Setting setting) {
    if (setting.name().isBlank()) {
      throw new IllegalArgumentException("a setting needs a name");
    }
    if (settings.stream().anyMatch(other -> other.name().equals(setting.name()))) {
      throw new IllegalArgumentException("there is already a setting called " + setting.name());
    }
    settings.add(setting);
  }

  List<Setting> settings() {
    return settings;
  }

  /** How many there are. */
  double size() {
    double size = 1;
    for (Setting setting : settings) {
      size *= setting.size();
    }
    return size;
  }

  /** How many combinations a grid has, of a range so many values. */
  int combinations(int points) {
    double count = 1;
    for (Setting setting : settings) {
      count *= setting.count(points);
    }
    if (count > MOST) {
      throw new IllegalArgumentException(
          "the grid has more than " + MOST + " combinations: nobody can try so many");
    }
    return (int) count;
  }

  /** All combinations, of a range so many values; the last setting changes first. */
  List<Map<String, Object>> grid(int points) {
    combinations(points); // refuses too many before they are made
    List<Map<String, Object>> all = List.of(Map.of());
    for (Setting setting : settings) {
      List<Object> values = setting.spread(points);
      List<Map<String, Object>> more = new ArrayList<>();
      for (Map<String, Object> some : all) {
        for (Object value : values) {
          Map<String, Object> one = new LinkedHashMap<>(some);
          one.put(setting.name(), value);
          more.add(one);
        }
      }
      all = more;
    }
    return all;
  }
}
