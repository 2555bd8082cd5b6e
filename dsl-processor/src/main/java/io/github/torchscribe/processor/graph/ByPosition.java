package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.processor.layer.Numbers;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network that writes texts, position by position: the same layers, of which an example is a
 * single place of a sequence, not the whole.
 */
public final class ByPosition {
  private final Graph graph;

  private ByPosition(Graph graph) {
    this.graph = graph;
  }

  /**
   * The graph of single positions.
   *
   * @param graph without errors
   * @return empty where nobody asked for it
   */
  public static Optional<Graph> of(Graph graph) {
    return isAskedFor(graph) ? Optional.of(new ByPosition(graph).graph()) : Optional.empty();
  }

  /**
   * How many positions a text has.
   *
   * @param graph of the whole network
   * @return its length
   */
  public static long length(Graph graph) {
    return graph.input().shape().first();
  }

  /** Says what is in the way of a network that is to write texts. */
  static void check(Graph graph, Report report) {
    if (isAskedFor(graph)) {
      new ByPosition(graph).check(report);
    }
  }

  private static boolean isAskedFor(Graph graph) {
    return graph.declaration().network().flag("generates");
  }

  private void check(Report report) {
    Position at = graph.declaration().network().at("generates");
    String name = graph.declaration().name();
    if (graph.gradient() == Network.Gradient.AUTOGRAD) {
      report.say(Message.GENERATES_BY_STEPS, at, name);
      return;
    }
    if (!takesTexts()) {
      List<Shape> given = graph.outputs().stream().map(one -> one.value().shape()).toList();
      List<Shape> taken = graph.inputs().stream().map(Port::shape).toList();
      report.say(Message.GENERATES_TEXTS, at, name, listed(taken), listed(given));
      return;
    }
    for (Node node : graph.needed(ByPosition::read)) {
      boolean hasPlaces = node.output().first() == length(graph);
      if (!hasPlaces || !node.layer().isCausal(node.inputs())) {
        report.say(Message.NOT_CAUSAL, at, node.layer().name(), node.path());
      }
    }
    Node last = graph.segments().get(0).givers().get(graph.outputs().get(0).value());
    if (last.layer().numbers() == Numbers.PROBABILITIES) {
      report.say(Message.GENERATES_BY_SCORES, at, last.layer().name());
    }
  }

  private static String listed(List<Shape> shapes) {
    return String.join(", ", shapes.stream().map(Shape::toString).toList());
  }

  /** Indices (L) are given, scores (L, V) for no more than these leave. */
  private boolean takesTexts() {
    if (graph.inputs().size() > 1 || graph.outputs().size() > 1) {
      return false;
    }
    Shape taken = graph.input().shape();
    Shape given = graph.output();
    long most = graph.input().indices().orElse(0);
    return taken.rank() == 1
        && given.rank() == 2
        && given.first() == taken.first()
        && given.last() <= most;
  }

  private Graph graph() {
    Port input = graph.input();
    Port token =
        new Port(
            input.name(), one(input.value()), input.indices(), OptionalLong.empty(), false, false);
    List<Node> nodes =
        graph.needed(ByPosition::read).stream()
            .map(
                node ->
                    node.of(read(node).stream().map(ByPosition::one).toList(), one(node.gives())))
            .toList();
    Leaving output = graph.outputs().get(0);
    Value scores = one(output.value());
    TrainingSettings all = graph.settings();
    TrainingSettings settings =
        new TrainingSettings(
            all.epochs(),
            all.batchSize(),
            all.shuffle(),
            all.seed(),
            all.decayBiases(),
            Precision.FLOAT32,
            all.graph());
    return new Graph(
        graph.declaration(),
        List.of(token),
        List.of(new Leaving(output.name(), scores)),
        List.of(new Segment("", List.of(token), nodes, List.of(scores))),
        List.of(),
        Optional.empty(),
        List.of(),
        settings,
        graph.init(),
        graph.gradient());
  }

  private static Value one(Value value) {
    return new Value(value.path(), value.shape().withFirst(1), value.isCopy());
  }

  /** What a layer reads but for what says which places are padding: a text has none. */
  private static List<Value> read(Node node) {
    List<Value> reads = node.reads();
    int last = reads.size() - 1;
    boolean hasMask =
        last > 0
            && node.layer().places(node.inputs()).leavesOut().isPresent()
            && reads.get(last).shape().rank() == 1;
    return hasMask ? reads.subList(0, last) : reads;
  }
}
