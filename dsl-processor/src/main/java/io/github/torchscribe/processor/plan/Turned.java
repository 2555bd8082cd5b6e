package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.FewRows;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values may lie one feature after the other where there are few rows: those that a product
 * gives, or what works on them element by element, and that only layers read which do not mind.
 */
final class Turned {
  private final Segment segment;
  private final Map<Value, List<Node>> readers;
  private final Set<Value> all = new HashSet<>();

  private Turned(Segment segment) {
    this.segment = segment;
    readers = segment.readers();
    for (Node node : segment.nodes()) { // each behind those whose values it reads
      if (turns(node) && isReadInAnyOrder(node.gives())) {
        all.add(node.gives());
      }
    }
  }

  static Set<Value> of(Segment segment) {
    return new Turned(segment).all;
  }

  private boolean turns(Node giver) {
    return switch (giver.layer().fewRows()) {
      case IN_ANY_ORDER -> true;
      case AS_READ -> all.contains(giver.reads().get(0));
      case BY_ROW, READ_IN_ANY_ORDER -> false;
    };
  }

  private boolean isReadInAnyOrder(Value value) {
    return !segment.outputs().contains(value)
        && readers.getOrDefault(value, List.of()).stream().allMatch(this::readsAnyOrder);
  }

  private boolean readsAnyOrder(Node reader) {
    FewRows order = reader.layer().fewRows();
    return order == FewRows.AS_READ ? isReadInAnyOrder(reader.gives()) : order.readsAnyOrder();
  }
}
