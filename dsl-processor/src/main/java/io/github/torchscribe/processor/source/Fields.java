package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.graph.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names of a model's fields, and which of them its steps use. */
final class Fields {
  private final Set<String> transposed = new LinkedHashSet<>();
  private final Map<String, Double> scalars = new LinkedHashMap<>();

  static String parameter(Node node, String name) {
    return node.variable() + capitalized(name);
  }

  static String gradient(Node node, String name) {
    return parameter(node, name) + "Grad";
  }

  /** The constant for a parameter's offset in the flat buffer. */
  static String offset(Node node, String name) {
    return (node.variable() + "_" + name).toUpperCase(java.util.Locale.ROOT);
  }

  String transposed(Node node, String name) {
    transposed.add(parameter(node, name));
    return parameter(node, name) + "T";
  }

  boolean isTransposed(String parameter) {
    return transposed.contains(parameter);
  }

  /** A constant; one field for the same role and value. */
  String scalar(String role, double value) {
    String name = role;
    for (int i = 2; scalars.containsKey(name) && scalars.get(name) != value; i++) {
      name = role + i;
    }
    scalars.put(name, value);
    return name;
  }

  Map<String, Double> scalars() {
    return scalars;
  }

  static String capitalized(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
