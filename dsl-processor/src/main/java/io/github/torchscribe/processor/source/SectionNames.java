package io.github.torchscribe.processor.source;

import java.util.HashSet;
import java.util.Set;

/** Names methods after the sections of a network that they are for. */
final class SectionNames {
  private final Set<String> taken = new HashSet<>();

  /**
   * A name that no other section of the class has.
   *
   * @param method what is divided
   * @return for example {@code forward2_17} or {@code backward49To0}
   */
  String of(String method, Division.Section section) {
    String place = section.place();
    if (!Character.isDigit(place.charAt(0))) {
      String stack = place.substring(0, place.indexOf('.'));
      // A stack's paths begin with its name, and so does the method that has its layers.
      place =
          method.startsWith(stack)
              ? place.replace(stack + ".", "")
              : Fields.capitalized(place.replace(" … ", "To"));
    }
    place = place.replace('.', '_').replace(" … ", "To");
    String name = method + place;
    for (String more = method + "More"; !taken.add(name); more += "More") {
      name = more + place;
    }
    return name;
  }
}
