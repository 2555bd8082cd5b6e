package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds whose a parameter is that a layer shares with another. */
final class Ties {
  private final Map<String, Node> nodes = new HashMap<>();
  private final Report report;

  Ties(List<Node> all, Report report) {
    all.forEach(node -> nodes.put(node.path(), node));
    this.report = report;
  }

  /** A layer with the parameters that it shares. */
  Node tied(Node node) {
    Map<String, String> parts = node.layer().tied();
    return parts.isEmpty()
        ? node
        : node.learning(
            node.parameters().stream()
                .map(spec -> parts.containsKey(spec.name()) ? tied(node, spec) : spec)
                .toList(),
            node.state());
  }

  private ParameterSpec tied(Node node, ParameterSpec spec) {
    String part = node.layer().tied().get(spec.name());
    Optional<Node> owner = find(node.path(), part);
    Optional<ParameterSpec> owned = owner.flatMap(one -> owned(one, spec.name()));
    if (owned.isEmpty()) {
      report.say(
          Message.NOTHING_TO_TIE,
          node.layer().written().at("tied"),
          node.layer().name(),
          spec.name(),
          part,
          owner.isPresent()
              ? "@" + owner.get().layer().name() + " has none of its own"
              : "there is no layer of that name; those that have one are "
                  + names(spec.name(), node));
      return spec;
    }
    if (!owned.get().shape().equals(spec.shape())) {
      report.say(
          Message.TIED_SHAPES_DIFFER,
          node.layer().written().at("tied"),
          node.layer().name(),
          spec.name(),
          spec.shape().list(),
          part,
          owned.get().shape().list());
      return spec;
    }
    Node one = owner.get();
    if (!spec.learns() && owned.get().learns()) {
      report.say(
          Message.FROZEN_TIE,
          node.layer().written().at("tied"),
          node.path() + "." + spec.name(),
          one.path() + "." + spec.name());
    }
    return spec.at(owned.get().rate()).tiedTo(new ParameterSpec.Tie(one.path(), one.variable()));
  }

  /** What a part has itself. */
  private static Optional<ParameterSpec> owned(Node node, String name) {
    return node.layer().tied().containsKey(name) ? Optional.empty() : node.parameter(name);
  }

  /** The layer that is called so from a place: what is near goes before what is far. */
  private Optional<Node> find(String from, String part) {
    String prefix = from;
    while (!prefix.isEmpty()) {
      int dot = prefix.lastIndexOf('.');
      prefix = dot < 0 ? "" : prefix.substring(0, dot);
      Node found = nodes.get(prefix.isEmpty() ? part : prefix + "." + part);
      if (found != null && !found.path().equals(from)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private String names(String parameter, Node but) {
    List<String> names =
        nodes.values().stream()
            .filter(node -> !node.path().equals(but.path()) && owned(node, parameter).isPresent())
            .map(Node::path)
            .sorted()
            .toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
