package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Objective;
import io.github.torchscribe.processor.graph.Port;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.MemoryUse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays out the memory of backward. A value that several layers read gets the sum of what they give,
 * from the last to the first. A layer that works element by element turns one gradient into the
 * other in place, and one that adds hands on what it gets, unless somebody else still needs what
 * lies there; some layers' operations bring their own memory.
 */
final class Gradients {
  private final List<Node> nodes;
  private final List<Value> outputs;
  private final Map<Value, Buffer> values;
  private final Memory memory;
  private final Timeline time;
  private final GradientNames names;

  /** The values that have a parameter before them. */
  private final Set<Value> learning = new HashSet<>();

  /** Those whose gradient has to have a place, as some layer reads all shapes of it. */
  private final Set<Value> placed = new HashSet<>();

  /** What has been given of each value's gradient until now. */
  private final Map<Value, Buffer> given = new HashMap<>();

  /** Of how many values some gradient lies in a memory that is still to be read. */
  private final Map<Object, Integer> uses = new HashMap<>();

  /** What is still read when all rows are there. */
  private final Set<Object> kept = new HashSet<>();

  Gradients(Segment segment, Map<Value, Buffer> values, Memory memory) {
    nodes = segment.nodes();
    outputs = segment.outputs();
    this.values = values;
    this.memory = memory;
    time = new Timeline(nodes.size());
    names = new GradientNames(segment);
    for (Port input : segment.inputs()) {
      if (input.requiresGrad()) {
        learning.add(input.value());
        placed.add(input.value());
      }
    }
    for (Node node : nodes) {
      if (node.learns() || node.reads().stream().anyMatch(learning::contains)) {
        learning.add(node.gives());
        if (needsPlace(node)) {
          placed.add(node.gives());
        }
      }
    }
  }

  /** Where backward begins: what each loss gives of the gradients of what it reads. */
  List<PlannedLoss> ofLosses(List<Objective> objectives) {
    Map<Value, Integer> counts = new HashMap<>();
    objectives.forEach(
        one -> one.outputs().forEach(i -> counts.merge(outputs.get(i), 1, Integer::sum)));
    return objectives.stream().map(one -> ofLoss(one, counts)).toList();
  }

  private PlannedLoss ofLoss(Objective objective, Map<Value, Integer> counts) {
    List<Value> read = objective.outputs().stream().map(outputs::get).toList();
    List<Optional<Buffer>> all = new ArrayList<>();
    List<Backward.Sum> sums = new ArrayList<>();
    for (Value value : read) {
      Optional<Buffer> gradient = Optional.empty();
      if (learning.contains(value)) {
        String name = names.ofLoss(value, counts.get(value) > 1 ? objective.name() : "");
        gradient = Optional.of(take(value, name, time.loss()));
        use(gradient.get(), 1);
        add(value, gradient.get(), time.loss()).ifPresent(sums::add);
      }
      all.add(gradient);
    }
    return new PlannedLoss(objective, read.stream().map(values::get).toList(), all, sums);
  }

  /** What each layer's backward reads and writes, once losses are planned. */
  List<Backward> ofLayers() {
    List<Backward> all = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      Buffer gradient = given.get(node.gives());
      all.add(
          gradient == null
              ? Backward.none(node.reads().size())
              : backward(node, time.backward(i), gradient));
    }
    Collections.reverse(all);
    return all;
  }

  /** Where the gradient of an input is, when all is done; empty where nobody asks for it. */
  Optional<Buffer> ofInput(Port input) {
    Optional<Buffer> gradient =
        Optional.ofNullable(given.get(input.value())).filter(any -> input.requiresGrad());
    gradient.flatMap(Buffer::span).ifPresent(span -> span.usedBackward(time.end()));
    return gradient;
  }

  private Backward backward(Node node, int moment, Buffer gradient) {
    gradient.span().ifPresent(span -> span.usedBackward(moment));
    keepForProducts(node, gradient);
    boolean alone = isAlone(gradient);
    List<Optional<Buffer>> all = new ArrayList<>();
    for (int which = 0; which < node.reads().size(); which++) {
      Optional<Buffer> one = Optional.empty();
      if (learning.contains(node.reads().get(which))) {
        one = Optional.of(gives(node, which, gradient, alone, moment));
        use(one.get(), 1);
      }
      all.add(one);
    }
    use(gradient, -1);
    List<Backward.Sum> sums = new ArrayList<>();
    for (int which = 0; which < all.size(); which++) {
      Value value = node.reads().get(which);
      all.get(which).ifPresent(one -> add(value, one, moment).ifPresent(sums::add));
    }
    return new Backward(Optional.of(gradient), all, sums);
  }

  private void keepForProducts(Node node, Buffer gradient) {
    if (PlannedLayer.productsComeAtTheEnd(node, gradient.form())) {
      kept.add(home(gradient));
      gradient.span().ifPresent(span -> span.usedBackward(time.end()));
    }
  }

  /** Where a layer puts what it gives of the gradient of a value that it reads. */
  private Buffer gives(Node node, int which, Buffer gradient, boolean alone, int moment) {
    Value value = node.reads().get(which);
    names.note(value);
    MemoryUse use = node.layer().memory();
    boolean passes =
        value.shape().equals(node.output())
            && (node.layer().passesGradient(which) || use.isGradientInPlace() && alone);
    if (passes) {
      return gradient;
    }
    String name = names.ofPart(node, which);
    if (use == MemoryUse.VIEW) {
      return new Buffer(name, value.shape(), gradient.span(), values.get(value).form());
    }
    if (use == MemoryUse.BRINGS_GRADIENT && !placed.contains(value)) {
      return new Buffer(name, value.shape(), Optional.empty(), values.get(value).form());
    }
    return take(value, name, moment);
  }

  /** Adds what one more reader gives of a value's gradient to what others have given. */
  private Optional<Backward.Sum> add(Value value, Buffer more, int moment) {
    Buffer before = given.get(value);
    if (before == null) {
      given.put(value, more);
      return Optional.empty();
    }
    Backward.Sum sum = sum(value, before, more, moment);
    use(before, -1);
    use(more, -1);
    use(sum.to(), 1);
    for (Buffer buffer : List.of(before, more, sum.to())) {
      buffer.span().ifPresent(span -> span.usedBackward(moment));
    }
    given.put(value, sum.to());
    return Optional.of(sum);
  }

  private Backward.Sum sum(Value value, Buffer before, Buffer more, int moment) {
    if (isAlone(more)) {
      return new Backward.Sum(value, more, more, before);
    }
    if (isAlone(before)) {
      return new Backward.Sum(value, before, before, more);
    }
    return new Backward.Sum(value, take(value, names.ofWhole(value), moment), before, more);
  }

  /**
   * Whether the gradient of what a layer gives has to have a place: then all that it becomes has.
   */
  private boolean needsPlace(Node giver) {
    MemoryUse use = giver.layer().memory();
    if (use == MemoryUse.VIEW || giver.layer().backwardReads().gradientRows()) {
      return true;
    }
    for (int which = 0; which < giver.reads().size(); which++) {
      boolean goesOn = use.isGradientInPlace() || giver.layer().passesGradient(which);
      if (goesOn && placed.contains(giver.reads().get(which))) {
        return true;
      }
    }
    return false;
  }

  /** Memory of its own, in the format of the value. */
  private Buffer take(Value value, String name, int moment) {
    Buffer result = values.get(value);
    Span span = memory.takeBackward(value.shape(), result.form().precision(), moment);
    return new Buffer(name, value.shape(), Optional.of(span), result.form());
  }

  /** Whether nobody else reads what lies there. */
  private boolean isAlone(Buffer buffer) {
    return uses.get(home(buffer)) == 1 && !kept.contains(home(buffer));
  }

  private void use(Buffer buffer, int more) {
    uses.merge(home(buffer), more, Integer::sum);
  }

  /** The memory that a buffer lies in: views of one share it. */
  private static Object home(Buffer buffer) {
    return buffer.span().isPresent() ? buffer.span().get() : buffer;
  }
}
