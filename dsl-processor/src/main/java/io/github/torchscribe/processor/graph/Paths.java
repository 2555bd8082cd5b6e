package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.declaration.Part;
import io.github.torchscribe.processor.declaration.Written;
import java.util.List;
import java.util.Optional;

/**
 * Where the parts of a network or of a method are, as names of parameters have it.
 *
 * @param prefix of all: empty, or with a dot at the end
 * @param alone the path of the only part, where a method has no more
 */
record Paths(String prefix, Optional<String> alone) {
  /** In a network. */
  static Paths in(String prefix) {
    return new Paths(prefix, Optional.empty());
  }

  /** On a method: one part is what the method is called, several are in it. */
  static Paths of(String method, List<Part> parts) {
    List<Part> counted = parts.stream().filter(part -> !(part instanceof Part.Sum)).toList();
    boolean only = counted.size() == 1 && !isNamed(counted.get(0));
    return new Paths(method + ".", Optional.of(method).filter(any -> only));
  }

  private static boolean isNamed(Part part) {
    return part instanceof Part.Single single && single.name().isPresent()
        || part instanceof Part.Nested nested && nested.name().isPresent()
        || part instanceof Part.Branched branched && branched.name().isPresent();
  }

  /** Of a part that is there once. */
  String at(int position, Optional<Written> name) {
    return alone.orElseGet(() -> called(name, String.valueOf(position)));
  }

  /** Of one of a part that is there several times; whoever is called is counted in that name. */
  String at(int position, Optional<Written> name, int index, int times) {
    if (alone.isEmpty() && name.isEmpty()) {
      return at(position + index, name);
    }
    return at(position, name) + (times > 1 ? "." + index : "");
  }

  /** Of what is called so, or otherwise where nothing is said. */
  String called(Optional<Written> name, String otherwise) {
    return prefix + name.map(named -> named.string("value")).orElse(otherwise);
  }
}
