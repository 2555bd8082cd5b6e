package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.name;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What backward's operations allocate. Freed at once it is hardly any memory, and always the same,
 * which is still in the cache; at the end of a step it would be all layers' together.
 */
final class Temporaries {
  /** Local variables, each with the names that its memory goes by. */
  private final Map<String, List<String>> names = new LinkedHashMap<>();

  private String last;

  void add(String variable) {
    names.put(variable, new ArrayList<>(List.of(variable)));
    last = variable;
  }

  /** The last one's memory goes by another name, too. */
  void sharedBy(String name) {
    names.get(last).add(name);
  }

  /** Adds to statements that each is freed when it has been used. */
  void free(Lines lines) {
    names.forEach((variable, all) -> lines.addAfter(all, name(variable).call("close")));
  }
}
