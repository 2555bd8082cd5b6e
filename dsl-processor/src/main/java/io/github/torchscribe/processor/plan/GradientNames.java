package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What gradients are called: after the layer whose output's they become, past all that work element
 * by element. What the last of several readers gives has that name, and the others' is added to it;
 * theirs are called after the reader, too. No two have one name.
 */
final class GradientNames {
  private final Map<Value, List<Node>> readers;
  private final Map<Value, Node> givers;
  private final Map<Value, Integer> noted = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  GradientNames(Segment segment) {
    readers = segment.readers();
    givers = segment.givers();
  }

  /** One more reader of a value gives something of its gradient, from the last on. */
  void note(Value value) {
    noted.merge(value, 1, Integer::sum);
  }

  /** The gradient of a value. */
  String ofWhole(Value value) {
    return alone(after(value), value);
  }

  /**
   * What a loss gives of the gradient of a value that it reads.
   *
   * @param loss what tells it from others of the same value; empty where it is the only one
   */
  String ofLoss(Value value, String loss) {
    if (loss.isEmpty() && !readers.containsKey(value)) {
      return ofWhole(value);
    }
    String by = loss.isEmpty() ? "" : Character.toUpperCase(loss.charAt(0)) + loss.substring(1);
    return alone(after(value) + "By" + by + "Loss", value);
  }

  /** What a layer gives of the gradient of one of the values that it reads, once it is noted. */
  String ofPart(Node reader, int which) {
    Value value = reader.reads().get(which);
    if (noted.get(value) == readers.get(value).size()) {
      return ofWhole(value);
    }
    String variable = reader.variable();
    String by = "By" + Character.toUpperCase(variable.charAt(0)) + variable.substring(1);
    return alone(after(value) + by, value);
  }

  private String after(Value value) {
    Node giver = givers.get(value);
    if (giver == null) {
      return value.name(); // an input
    }
    Value before = giver.reads().get(0);
    boolean goesOn =
        giver.layer().memory().isGradientInPlace()
            && givers.containsKey(before)
            && readers.get(before).size() == 1;
    return goesOn ? after(before) : giver.variable();
  }

  /** The name, or, where another has it, that of the value's own layer. */
  private String alone(String name, Value value) {
    String own = name;
    for (int i = 1; !taken.add(own); i++) {
      Node giver = givers.get(value);
      String last = giver == null ? value.name() + "Input" : giver.variable();
      own = last + (i == 1 ? "" : "Part" + i);
    }
    return own;
  }
}
