package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Join;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Wiring;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lays out the memory of backward. A layer that works element by element turns one gradient into
 * the other in place; some layers' operations bring their own memory. The others' is used again
 * once it has been read, unless the gradients of parameters come from all rows, after those of all
 * layers.
 */
final class Gradients {
  private final List<Node> nodes;
  private final Wiring wiring;
  private final List<Buffer> values;
  private final Block memory;
  private final Map<Integer, Buffer> skipped = new HashMap<>();
  private final Set<Optional<Span>> kept = new HashSet<>();

  /** Gradients of what goes past layers that are being gone through, backward. */
  private final Deque<Buffer> past = new ArrayDeque<>();

  /** Gradients of what layers beside a shortcut gave. */
  private final Deque<Buffer> mains = new ArrayDeque<>();

  Gradients(List<Node> nodes, Wiring wiring, List<Buffer> values, Block memory) {
    this.nodes = nodes;
    this.wiring = wiring;
    this.values = values;
    this.memory = memory;
  }

  /** For a network that does not learn. */
  List<Optional<Buffer>> ofNothing() {
    return new ArrayList<>(Collections.nCopies(nodes.size() + 1, Optional.empty()));
  }

  /** The gradient of the network's input, then of each layer's output. */
  List<Optional<Buffer>> ofValues() {
    int last = nodes.size();
    List<Optional<Buffer>> result = ofNothing();
    int first = firstWithParameters();
    if (first == last) {
      return result;
    }
    Buffer gradient = gradientOf(values.get(last), nameBefore(last));
    result.set(last, Optional.of(gradient));
    for (int i = last - 1; i > first; i--) {
      Node node = nodes.get(i);
      Buffer outputGradient = gradient;
      keepForProducts(node, outputGradient);
      gradient = before(node, values.get(wiring.read(node)), outputGradient);
      result.set(i, Optional.of(gradient));
      release(outputGradient, gradient);
      if (node.layer().flow() == Layer.Flow.FORK) {
        release(skipped.get(i), gradient);
      }
    }
    return result;
  }

  /** The gradient of what goes past others, where a layer has to care for it. */
  Optional<Buffer> skipped(int index) {
    return Optional.ofNullable(skipped.get(index));
  }

  private void keepForProducts(Node node, Buffer outputGradient) {
    if (node.layer().backwardReads().gradientOfAllRows()
        && !PlannedLayer.productsComeInPieces(node, outputGradient.form())) {
      kept.add(outputGradient.span());
    }
  }

  /** Gives the memory of a gradient back that has been used. */
  private void release(Buffer used, Buffer next) {
    Optional<Span> span = used.span();
    boolean needed =
        span.equals(next.span())
            || kept.contains(span)
            || Stream.concat(past.stream(), mains.stream())
                .anyMatch(buffer -> buffer.span().equals(span));
    if (!needed) {
      span.ifPresent(memory::release);
    }
  }

  /**
   * The gradient of a node's input.
   *
   * @param read what the node reads
   */
  private Buffer before(Node node, Buffer read, Buffer outputGradient) {
    String name = nameBefore(node.index());
    switch (node.layer().flow()) {
      case FORK -> {
        skipped.put(node.index(), past.pop());
        return outputGradient; // the other is added to it
      }
      case SWITCH -> {
        past.push(outputGradient);
        return mains.pop();
      }
      case JOIN -> {
        if (((Join) node.layer()).hasShortcut()) {
          Buffer main =
              onlyReads(switchOf(node) - 1)
                  ? outputGradient
                  : gradientOf(read, node.variable() + "Main");
          skipped.put(node.index(), main);
          mains.push(main);
        } else {
          past.push(outputGradient);
        }
        return onlyReads(node.index() - 1) ? outputGradient : gradientOf(read, name);
      }
      case ON -> {
        return straight(node, read, name, outputGradient);
      }
      default -> throw new IllegalStateException();
    }
  }

  private Buffer straight(Node node, Buffer read, String name, Buffer outputGradient) {
    if (node.layer().memory() == MemoryUse.VIEW) {
      return new Buffer(name, node.input(), outputGradient.span(), read.form());
    }
    if (node.layer().memory().isGradientInPlace()) {
      return outputGradient;
    }
    return node.layer().memory() == MemoryUse.BRINGS_GRADIENT && !isKept(node.index())
        ? new Buffer(name, read.shape(), Optional.empty(), read.form())
        : gradientOf(read, name);
  }

  /** Whether a layer's backward leaves the gradient of its output as it is. */
  private boolean onlyReads(int index) {
    Layer layer = nodes.get(index).layer();
    return layer.flow() == Layer.Flow.ON
        && !layer.memory().isGradientInPlace()
        && layer.memory() != MemoryUse.VIEW;
  }

  /** Where the layers beside a shortcut end. */
  private int switchOf(Node join) {
    int open = 0;
    for (int i = join.index() - 1; ; i--) {
      Layer layer = nodes.get(i).layer();
      if (layer.flow() == Layer.Flow.SWITCH && open == 0) {
        return i;
      }
      if (layer instanceof Join inner && inner.hasShortcut()) {
        open++;
      } else if (layer.flow() == Layer.Flow.SWITCH) {
        open--;
      }
    }
  }

  /**
   * Whether the gradient of a layer's input has to have a place, where all shapes of it are views.
   */
  private boolean isKept(int index) {
    for (int i = index - 1; i >= 0; i--) {
      Layer layer = nodes.get(i).layer();
      if (layer.memory() == MemoryUse.VIEW || layer.backwardReads().gradientRows()) {
        return true;
      }
      if (layer instanceof Join join) {
        if (join.hasShortcut() && isKept(switchOf(nodes.get(i)))) {
          return true;
        }
      } else if (!layer.memory().isGradientInPlace() && layer.flow() != Layer.Flow.FORK) {
        return false;
      }
    }
    return false;
  }

  /** Memory of its own, in the format of the value. */
  private Buffer gradientOf(Buffer value, String name) {
    return new Buffer(
        name,
        value.shape(),
        Optional.of(memory.take(value.shape(), value.form().precision())),
        value.form());
  }

  /**
   * A gradient is called after the layer whose output's it becomes, past all that work element by
   * element.
   */
  private String nameBefore(int index) {
    int i = index - 1;
    while (i > 0 && nodes.get(i).layer().memory().isGradientInPlace()) {
      i--;
    }
    return nodes.get(i).variable();
  }

  private int firstWithParameters() {
    int i = 0;
    while (i < nodes.size() && nodes.get(i).parameters().isEmpty()) {
      i++;
    }
    return i;
  }
}
