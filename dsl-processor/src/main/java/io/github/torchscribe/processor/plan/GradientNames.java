package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What gradients are called: after the layer whose output's they become, past all that work element
 * by element. What the last of several readers gives has that name, and the others' is added to it;
 * theirs are called after the reader, too.
 */
final class GradientNames {
  private final Map<Value, List<Node>> readers;
  private final Map<Value, Node> givers;
  private final Map<Value, Integer> read = new HashMap<>();

  GradientNames(Segment segment) {
    readers = segment.readers();
    givers = segment.givers();
  }

  /** The gradient of a value. */
  String of(Value value) {
    Node giver = givers.get(value);
    Value before = giver.reads().get(0);
    boolean goesOn =
        giver.layer().memory().isGradientInPlace()
            && givers.containsKey(before)
            && readers.get(before).size() == 1;
    return goesOn ? of(before) : giver.variable();
  }

  /** What a layer gives of the gradient of one of the values that it reads; from the last on. */
  String next(Node reader, int which) {
    Value value = reader.reads().get(which);
    int number = read.merge(value, 1, Integer::sum);
    String variable = reader.variable();
    return number == readers.get(value).size()
        ? of(value)
        : of(value) + "By" + Character.toUpperCase(variable.charAt(0)) + variable.substring(1);
  }

  /** The sum, where it can lie in none of the places of what is added. */
  String sum(Value value) {
    return of(value) + "Sum" + read.get(value);
  }
}
