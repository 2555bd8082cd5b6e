package io.github.torchscribe.runtime.distributed;

import java.util.ArrayList;
import java.util.List;

/** What a rank is about to do, a line for each setting. */
final class Settings {
  private Settings() {}

  /**
   * Compares those of a rank with those of rank 0.
   *
   * @throws GroupException says which differ
   */
  static void requireSame(int rank, List<String> wanted, List<String> said) {
    if (said.equals(wanted)) {
      return;
    }
    List<String> changes = new ArrayList<>();
    wanted.stream().filter(line -> !said.contains(line)).forEach(l -> changes.add("- " + l));
    said.stream().filter(line -> !wanted.contains(line)).forEach(l -> changes.add("+ " + l));
    if (changes.isEmpty()) {
      changes.add("the order of layers or settings");
    }
    throw new GroupException(
        "the ranks of a group must do the same, but rank "
            + rank
            + " (+) differs from rank 0 (-):\n  "
            + String.join("\n  ", changes)
            + "\nStart all with the same program, settings and data");
  }
}
