package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.Declared;
import io.github.torchscribe.processor.graph.Node;
import java.util.List;
import java.util.Optional;

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
    Plan plan = Declared.withGraph(declaration, Planner::plan);
    plan.memory().layOut();
    return new Planned(plan);
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

  /** Where the gradient of a layer's output lies. */
  long place(String path) {
    return gradient(path).training().offset();
  }

  /** What a layer gives of the gradient of one of its inputs. */
  Optional<Buffer> inputGradient(String path, int which) {
    return at(path).backward().inputGradients().get(which);
  }

  /** What is added up behind a layer's backward: "a + b in c". */
  List<String> sums(String path) {
    return at(path).backward().sums().stream()
        .map(sum -> sum.first().name() + " + " + sum.second().name() + " in " + sum.to().name())
        .toList();
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
