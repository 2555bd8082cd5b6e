package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Port;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays out the results of forward. A layer that works element by element overwrites what it reads,
 * where nobody else reads that, forward or backward.
 */
final class Results {
  private final Segment segment;
  private final boolean mixed;
  private final Memory memory;
  private final Timeline time;
  private final Map<Value, List<Node>> readers;
  private final Map<Value, Node> givers;
  private final Set<Value> turned;
  private final Map<Value, Buffer> all = new HashMap<>();

  Results(Segment segment, boolean mixed, Memory memory) {
    this.segment = segment;
    this.mixed = mixed;
    this.memory = memory;
    time = new Timeline(segment.nodes().size());
    readers = segment.readers();
    givers = segment.givers();
    turned = Turned.of(segment);
  }

  /** The network's inputs, and what each layer gives. */
  Map<Value, Buffer> all() {
    List<Port> inputs = segment.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i).value();
      boolean alone = inputs.size() == 1;
      String field = alone ? input.name() : inputs.get(i).name() + "Input";
      Buffer.Given given = new Buffer.Given(field, i, alone, input.shape());
      all.put(
          input,
          new Buffer(field, input.shape(), Optional.empty(), Form.PLAIN, Optional.of(given)));
    }
    for (int i = 0; i < segment.nodes().size(); i++) {
      Node node = segment.nodes().get(i);
      all.put(node.gives(), of(node, time.forward(i)));
    }
    // Whoever computes with the model looks at them when all is done.
    for (Value output : segment.outputs()) {
      all.get(output).span().ifPresent(span -> span.readForward(time.end()));
    }
    return all;
  }

  private Buffer of(Node node, int moment) {
    List<Buffer> inputs = node.reads().stream().map(all::get).toList();
    Form form = node.layer().form(inputs.stream().map(Buffer::form).toList(), node.inputs(), mixed);
    Buffer input = inputs.get(0);
    if (node.layer().memory() == MemoryUse.VIEW) {
      return new Buffer(node.variable(), node.output(), input.span(), form, input.given());
    }
    if (overwrites(node)) {
      return input;
    }
    Span span =
        isBrought(node)
            ? memory.takeBrought(node.output(), form.precision(), moment)
            : memory.takeForward(node.output(), form.precision(), moment);
    Shape shape = node.output();
    // What is 16 bits wide while training keeps to rows: no gain was seen there, nor looked for.
    boolean turns = turned.contains(node.gives()) && !form.isLowered();
    long rows = turns ? shape.elements() / shape.last() : 0;
    return new Buffer(node.variable(), shape, Optional.of(span), form, rows);
  }

  /**
   * Whether a result may stay where libtorch has put it, since its only reader looks for it there.
   */
  private boolean isBrought(Node node) {
    List<Node> all = readers.getOrDefault(node.gives(), List.of());
    return node.layer().bringsOutput()
        && all.size() == 1
        && all.get(0).layer().readsAnyPlace()
        && !segment.outputs().contains(node.gives());
  }

  private boolean overwrites(Node node) {
    Layer layer = node.layer();
    Value input = node.reads().get(0);
    return layer.memory() == MemoryUse.IN_PLACE
        && !layer.backwardReads().input()
        && all.get(input).span().isPresent()
        && isOnlyReader(input);
  }

  /** Whether one layer alone reads a value, and whoever wrote it no longer needs it. */
  private boolean isOnlyReader(Value value) {
    if (readers.get(value).size() > 1 || segment.outputs().contains(value)) {
      return false;
    }
    Node giver = givers.get(value);
    // A view is the same memory: whoever wrote that still counts as its writer.
    return giver.layer().memory() == MemoryUse.VIEW
        ? isOnlyReader(giver.reads().get(0))
        : !giver.layer().backwardReads().output();
  }
}
