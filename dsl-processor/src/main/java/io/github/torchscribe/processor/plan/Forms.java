package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Chain;
import io.github.torchscribe.processor.graph.Join;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that each layer finds values in the form that it wants. From the first convolution on
 * images lie channels last, until somebody cannot read that; in mixed precision numbers stay
 * bfloat16 from the first product on, until somebody wants more.
 */
final class Forms {
  private final Chain chain;
  private final boolean mixed;
  private final List<Node> nodes = new ArrayList<>();
  private final Deque<Form> forked = new ArrayDeque<>();
  private final Deque<Form> mains = new ArrayDeque<>();
  private Form current = Form.PLAIN;

  private Forms(Chain chain, boolean mixed) {
    this.chain = chain;
    this.mixed = mixed;
  }

  /**
   * The layers of a chain, with changes of form where they are needed.
   *
   * @param mixed whether some compute in bfloat16
   */
  static List<Node> arranged(Chain chain, boolean mixed) {
    Forms forms = new Forms(chain, mixed);
    chain.nodes().forEach(forms::add);
    Node last = chain.nodes().get(chain.nodes().size() - 1);
    forms.become(Form.PLAIN, last.layer(), last.path() + ".out", last.output());
    return forms.nodes;
  }

  private void add(Node node) {
    Layer layer = node.layer();
    switch (layer.flow()) {
      case FORK -> {
        // Whoever goes past is better off with what comes inside.
        firstInside(node).ifPresent(inside -> become(inside.form(current, mixed), node));
        forked.push(current);
      }
      case SWITCH -> {
        mains.push(current);
        current = forked.element();
      }
      case JOIN -> {
        Form past = forked.pop();
        become(((Join) layer).hasShortcut() ? mains.pop() : past, node);
      }
      case ON -> become(layer.form(current, mixed), node);
      default -> throw new IllegalStateException();
    }
    nodes.add(node.at(nodes.size()));
  }

  private Optional<Layer> firstInside(Node fork) {
    return chain.nodes().stream()
        .skip(fork.index() + 1L)
        .map(Node::layer)
        .filter(layer -> !layer.onlyForks())
        .findFirst();
  }

  private void become(Form form, Node before) {
    become(form, before.layer(), before.path() + ".in", before.input());
  }

  private void become(Form form, Layer layer, String path, Shape shape) {
    if (!form.equals(current)) {
      Relayout change = new Relayout(layer.written(), current, form, shape);
      nodes.add(new Node(nodes.size(), path, change, shape, shape, List.of(), List.of()));
      current = form;
    }
  }
}
