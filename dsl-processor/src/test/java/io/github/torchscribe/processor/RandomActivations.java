package io.github.torchscribe.processor;

import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.activation.Activations;
import java.util.Arrays;
import java.util.List;

/** The catalogue's activations that need no member and keep the shape, for random networks. */
final class RandomActivations {
  static final List<String> ALL = all();

  private RandomActivations() {}

  private static List<String> all() {
    Kinds<Layer> kinds = new Kinds<>();
    Activations.addTo(kinds);
    return kinds.names().stream()
        .filter(RandomActivations::needsNoMember)
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .filter(RandomActivations::keepsShape)
        .map(name -> "@" + name)
        .toList();
  }

  private static boolean keepsShape(String name) {
    return GoodLayer.ALL.stream()
        .filter(good -> good.name().equals(name))
        .allMatch(good -> good.input().equals(String.valueOf(good.elements())));
  }

  private static boolean needsNoMember(String annotation) {
    try {
      return Arrays.stream(Class.forName(annotation).getDeclaredMethods())
          .allMatch(member -> member.getDefaultValue() != null);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
