package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.Declared;
import io.github.torchscribe.processor.graph.Node;
import java.util.List;

/** A small network's plan, step by step. */
record Planned(Plan plan) {
  /**
   * Plans.
   *
   * @param net the annotations of a network
   * @param others the networks that it uses, as they are written
   */
  static Planned of(String net, String... others) {
    String declaration = net + " interface Net {}\n" + String.join("\n", others);
    return new Planned(Declared.withGraph(declaration, Planner::plan));
  }

  /** The layer of a path. */
  PlannedLayer at(String path) {
    return plan.steps().stream()
        .filter(step -> step.node().path().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + path + " in " + paths()));
  }

  /** All layers, in forward's order. */
  List<String> paths() {
    return plan.steps().stream().map(PlannedLayer::node).map(Node::path).toList();
  }

  /** What a layer writes. */
  Span output(String path) {
    return at(path).output().span().orElseThrow();
  }

  /** The gradient of a layer's output. */
  Span gradient(String path) {
    return at(path).outputGradient().orElseThrow().span().orElseThrow();
  }

  /** The gradient of a layer's input. */
  Span inputGradient(String path) {
    return at(path).inputGradient().orElseThrow().span().orElseThrow();
  }
}
