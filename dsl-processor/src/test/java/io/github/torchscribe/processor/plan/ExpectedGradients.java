package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.MemoryUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network's gradients consist of: that of a value is the sum of what each of its readers
 * gives of it, in words. Who only hands on what it gets gives what that consists of.
 */
final class ExpectedGradients {
  private final List<PlannedLayer> steps;
  private final List<PlannedLoss> losses;
  private final Map<Buffer, Value> outputs;
  private final Map<Value, List<String>> known = new HashMap<>();

  /**
   * Nothing yet.
   *
   * @param outputs what lies in the places that losses read
   */
  ExpectedGradients(Plan plan, Map<Buffer, Value> outputs) {
    steps = plan.steps();
    losses = plan.losses();
    this.outputs = outputs;
  }

  /** What a loss gives of the gradient of one of the values that it reads. */
  List<String> ofLoss(PlannedLoss loss, int which) {
    return List.of("loss " + loss.objective().name() + " to " + which);
  }

  /** The whole gradient of a value. */
  List<String> of(Value value) {
    List<String> all = known.get(value);
    if (all == null) {
      all = new ArrayList<>();
      for (PlannedLoss loss : losses) {
        for (int which = 0; which < loss.outputs().size(); which++) {
          if (value.equals(outputs.get(loss.outputs().get(which)))) {
            all.addAll(ofLoss(loss, which));
          }
        }
      }
      for (PlannedLayer step : steps) {
        for (int which = 0; which < step.inputs().size(); which++) {
          boolean reads = step.node().reads().get(which).equals(value);
          if (reads && !of(step.node().gives()).isEmpty()) { // else no loss comes after it
            all.addAll(given(step, which));
          }
        }
      }
      all = all.stream().sorted().toList();
      known.put(value, all);
    }
    return all;
  }

  /** What a layer gives of the gradient of one of its inputs. */
  List<String> given(PlannedLayer step, int which) {
    Node node = step.node();
    boolean handsOn =
        node.layer().memory() == MemoryUse.VIEW
            || node.layer().passesGradient(which)
                && node.reads().get(which).shape().equals(node.output());
    return handsOn ? of(node.gives()) : List.of(node.path() + " to " + which);
  }
}
