package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Chain;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.layer.Join;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryFormat;
import io.github.torchscribe.processor.layer.Relayout;
import io.github.torchscribe.processor.layer.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that each layer finds images in the memory format that it wants. From the first
 * convolution on they lie channels last, until somebody cannot read that.
 */
final class Formats {
  private final Chain chain;
  private final List<Node> nodes = new ArrayList<>();
  private final Deque<MemoryFormat> forked = new ArrayDeque<>();
  private final Deque<MemoryFormat> mains = new ArrayDeque<>();
  private MemoryFormat current = MemoryFormat.CONTIGUOUS;

  private Formats(Chain chain) {
    this.chain = chain;
  }

  /** The layers of a chain, with changes of format where they are needed. */
  static List<Node> arranged(Chain chain) {
    Formats formats = new Formats(chain);
    chain.nodes().forEach(formats::add);
    Node last = chain.nodes().get(chain.nodes().size() - 1);
    formats.become(MemoryFormat.CONTIGUOUS, last.layer(), last.path() + ".out", last.output());
    return formats.nodes;
  }

  private void add(Node node) {
    Layer layer = node.layer();
    switch (layer.flow()) {
      case FORK -> {
        // Whoever goes past is better off with what comes inside.
        firstInside(node).ifPresent(format -> become(format, node));
        forked.push(current);
      }
      case SWITCH -> {
        mains.push(current);
        current = forked.element();
      }
      case JOIN -> {
        MemoryFormat past = forked.pop();
        become(((Join) layer).hasShortcut() ? mains.pop() : past, node);
      }
      case ON -> layer.format().ifPresent(format -> become(format, node));
      default -> throw new IllegalStateException();
    }
    nodes.add(node.at(nodes.size()));
  }

  private Optional<MemoryFormat> firstInside(Node fork) {
    return chain.nodes().stream()
        .skip(fork.index() + 1L)
        .filter(node -> !node.layer().onlyForks())
        .findFirst()
        .flatMap(node -> node.layer().format());
  }

  private void become(MemoryFormat format, Node before) {
    become(format, before.layer(), before.path() + ".in", before.input());
  }

  private void become(MemoryFormat format, Layer layer, String path, Shape shape) {
    if (format != current) {
      Relayout change = new Relayout(layer.written(), format, shape);
      nodes.add(new Node(nodes.size(), path, change, shape, shape, List.of(), List.of()));
      current = format;
    }
  }
}
