package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.loss.Reading;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Warns of networks that are well formed but known to learn badly. */
final class Lints {
  /** From here on the first layers' gradients are, at 1/4 each, below 1/256 of the last's. */
  private static final int DEEP = 4;

  private final List<Node> nodes;
  private final Report report;
  private final Map<String, Node> givers = new HashMap<>();

  /**
   * Lints.
   *
   * @param nodes all layers, also those whose shapes are not known
   * @param report is told
   */
  Lints(List<Node> nodes, Report report) {
    this.nodes = nodes;
    this.report = report;
    nodes.forEach(node -> givers.put(node.path(), node));
  }

  /** What does not depend on losses. */
  void check(Optional<Written> training) {
    List<Layer> layers = nodes.stream().map(Node::layer).toList();
    training.ifPresent(written -> singleExamples(written, layers, report));
    saturatingStack(nodes, report);
  }

  /**
   * Says of the first layer that would learn, were there a loss behind it.
   *
   * @param known layers with what they learn
   */
  void unlearned(List<Node> known, List<Objective> objectives, List<Leaving> outputs) {
    Set<String> learned = new HashSet<>();
    objectives.stream()
        .flatMap(objective -> objective.outputs().stream())
        .forEach(which -> learned.add(outputs.get(which).value().path()));
    List<Node> last = new ArrayList<>(known);
    Collections.reverse(last);
    for (Node node : last) {
      if (learned.contains(node.path())) {
        node.reads().forEach(value -> learned.add(value.path()));
      }
    }
    known.stream()
        .filter(node -> node.learns() && !learned.contains(node.path()))
        .findFirst()
        .filter(node -> !objectives.isEmpty())
        .ifPresent(
            node ->
                report.say(Message.NOT_LEARNED, node.layer().written().at(), node.layer().name()));
  }

  /** Goes up from a loss, past what changes no number that it would mind. */
  void before(Objective objective, List<Leaving> outputs) {
    Loss loss = objective.loss();
    for (int i = 0; i < objective.outputs().size(); i++) {
      Value output = given(loss, outputs.get(objective.outputs().get(i)).value());
      otherNumbers(loss, loss.reading(i), output);
      activationBefore(loss, above(output, givers, layer -> layer.traits().activation()), report);
      dropsBefore(loss, above(output, givers, layer -> layer.traits().drops()), report);
    }
  }

  /** What a loss is given, before what the loss itself leaves out of that. */
  private Value given(Loss loss, Value read) {
    Node node = givers.get(read.path());
    boolean isLoss = node != null && node.layer().written() == loss.written();
    return isLoss ? node.reads().get(0) : read;
  }

  /** What a loss cannot have meant to read. */
  private void otherNumbers(Loss loss, Reading reading, Value value) {
    above(value, givers, layer -> layer.memory() != MemoryUse.VIEW).stream()
        .limit(1)
        .filter(layer -> reading.never().contains(layer.numbers()))
        .forEach(
            layer ->
                report.say(
                    Message.READS_OTHERS,
                    loss.written().at(),
                    loss.name(),
                    reading.what(),
                    layer.name(),
                    layer.numbers(),
                    reading.last()));
  }

  /** The layers of a kind that a value comes from, with nothing between them but views. */
  private static List<Layer> above(Value value, Map<String, Node> givers, Predicate<Layer> kind) {
    List<Layer> found = new ArrayList<>();
    Node node = givers.get(value.path());
    while (node != null) {
      Layer layer = node.layer();
      if (kind.test(layer)) {
        found.add(layer);
      } else if (layer.memory() != MemoryUse.VIEW) {
        return found;
      }
      node = givers.get(node.reads().get(0).path());
    }
    return found;
  }

  private static void dropsBefore(Loss loss, List<Layer> layers, Report report) {
    for (Layer layer : layers) {
      report.say(Message.DROPS_BEFORE_LOSS, layer.written().at(), layer.name(), loss.name());
    }
  }

  private static void singleExamples(Written training, List<Layer> layers, Report report) {
    Optional<Layer> mixing =
        layers.stream().filter(layer -> layer.traits().mixesExamples()).findFirst();
    if (mixing.isPresent() && training.number("batchSize").intValue() == 1) {
      report.say(Message.ONE_EXAMPLE, mixing.get().written().at(), mixing.get().name());
    }
  }

  private static void activationBefore(Loss loss, List<Layer> layers, Report report) {
    if (loss.takesRawScores()) {
      for (Layer layer : layers) {
        report.say(Message.ACTIVATION_BEFORE_LOSS, layer.written().at(), layer.name(), loss.name());
      }
    }
  }

  /** Where ways part, most of a gradient comes by that on which the fewest saturate. */
  private static void saturatingStack(List<Node> nodes, Report report) {
    Map<String, List<Layer>> ways = new HashMap<>();
    List<Layer> longest = List.of();
    for (Node node : nodes) {
      List<Layer> way =
          node.reads().stream()
              .map(value -> ways.getOrDefault(value.path(), List.of()))
              .min(Comparator.comparingInt(List::size))
              .orElseThrow();
      if (node.layer().traits().saturates()) {
        way = Stream.concat(way.stream(), Stream.of(node.layer())).toList();
      }
      ways.put(node.path(), way);
      longest = way.size() > longest.size() ? way : longest;
    }
    if (longest.size() >= DEEP) {
      report.say(
          Message.SATURATING_STACK,
          longest.get(DEEP - 1).written().at(),
          longest.size(),
          longest.stream()
              .map(layer -> "@" + layer.name())
              .distinct()
              .collect(Collectors.joining(", ")));
    }
  }
}
