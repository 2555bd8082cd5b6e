package io.github.torchscribe.runtime.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What a search was asked for.
 *
 * @param measure what a value is called
 */
record Plan(String measure, boolean higherIsBetter, long seed, Space space, Strategy strategy) {
  /** What has to be the same where a search goes on, in words, a line for each. */
  List<String> identity() {
    List<String> lines = new ArrayList<>();
    lines.add((higherIsBetter ? "maximize " : "minimize ") + measure);
    lines.add("seed " + seed);
    lines.add("strategy: " + strategy.words());
    for (Setting setting : space.settings()) {
      lines.add(setting.name() + ": " + setting.words());
    }
    return lines;
  }
}
