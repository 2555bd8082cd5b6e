package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of a model's fields, and which of them its steps use. */
final class Fields {
  private final Set<String> transposed = new LinkedHashSet<>();
  private final Set<String> optional = new LinkedHashSet<>();
  private final Map<String, Double> scalars = new LinkedHashMap<>();
  private final Map<String, List<Long>> longs = new LinkedHashMap<>();
  private final Map<String, String> offsets = new HashMap<>();

  /** A parameter, or what a layer remembers: its own, or that of the layer whose value it is. */
  static String parameter(Node node, String name) {
    return node.parameter(name)
            .flatMap(ParameterSpec::tie)
            .map(ParameterSpec.Tie::variable)
            .orElse(node.variable())
        + capitalized(name);
  }

  /** What a layer gives of a parameter's gradient. */
  static String gradient(Node node, String name) {
    return own(node, name) + "Grad";
  }

  private static String own(Node node, String name) {
    return node.variable() + capitalized(name);
  }

  /** The constant for a parameter's offset in the flat buffer; its own also where case differs. */
  String offset(Node node, String name) {
    String constant = (node.variable() + "_" + name.replace('.', '_')).toUpperCase(Locale.ROOT);
    return constant(offsets, constant, own(node, name));
  }

  Expression transposed(Node node, String name) {
    transposed.add(parameter(node, name));
    return name(parameter(node, name) + "T");
  }

  boolean isTransposed(String parameter) {
    return transposed.contains(parameter);
  }

  Expression optional(Node node, String name) {
    optional.add(parameter(node, name));
    return name(parameter(node, name) + "Optional");
  }

  boolean isOptional(String parameter) {
    return optional.contains(parameter);
  }

  /** A constant; one field for the same role and value. */
  Expression scalar(String role, double value) {
    return name(constant(scalars, role, value));
  }

  /** Several whole numbers; one constant for the same role and values. */
  Expression longs(String role, long... values) {
    String constant = role.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    return name(constant(longs, constant, Arrays.stream(values).boxed().toList()));
  }

  private static <T> String constant(Map<String, T> all, String role, T value) {
    String name = role;
    for (int i = 2; all.containsKey(name) && !all.get(name).equals(value); i++) {
      name = role + i;
    }
    all.put(name, value);
    return name;
  }

  Map<String, Double> scalars() {
    return scalars;
  }

  Map<String, List<Long>> longs() {
    return longs;
  }

  /** As part of a name: {@code running_var} is {@code RunningVar}. */
  static String capitalized(String name) {
    StringBuilder result = new StringBuilder();
    for (String word : name.split("[_.]+")) {
      if (!word.isEmpty()) {
        result.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return result.toString();
  }
}
