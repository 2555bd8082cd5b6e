package io.github.torchscribe.processor.source;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Names methods after the sections of a network that they are for. */
final class SectionNames {
  private final Set<String> taken = new HashSet<>();

  /**
   * A name that no other section of the class has.
   *
   * @param method what is divided
   * @return for example {@code forward2_17} or {@code backward49To0}
   */
  String of(String method, Division.Section<?> section) {
    String place =
        Arrays.stream(section.place().split(" … "))
            .map(end -> part(method, end))
            .collect(Collectors.joining("To"));
    String name = method + place;
    for (String more = method + "More"; !taken.add(name); more += "More") {
      name = more + place;
    }
    return name;
  }

  /** A path as part of a name. A stack's begins with its own name, as its method does. */
  private static String part(String method, String path) {
    if (Character.isDigit(path.charAt(0))) {
      return path.replace('.', '_');
    }
    int end = path.indexOf('.');
    boolean isKnown = end > 0 && method.startsWith(path.substring(0, end));
    return isKnown ? part("", path.substring(end + 1)) : Fields.capitalized(path);
  }
}
