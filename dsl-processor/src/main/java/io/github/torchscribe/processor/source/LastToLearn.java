package io.github.torchscribe.processor.source;

import io.github.torchscribe.processor.plan.ParameterPlace;
import io.github.torchscribe.processor.plan.Plan;
import io.github.torchscribe.processor.plan.PlannedLayer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where backward may end, when a run has frozen what lies below: between the parts of a network,
 * its methods and the networks inside, where something learns on both sides.
 */
final class LastToLearn {
  private final Plan plan;
  private final Set<Integer> asked = new HashSet<>();

  LastToLearn(Plan plan) {
    this.plan = plan;
  }

  /**
   * The first parameter that learns of a part which begins with a layer.
   *
   * @param index of the layer, counted from 0
   * @return empty where no part begins there, or nothing learns on one of both sides
   */
  Optional<ParameterPlace> beginningAt(int index) {
    List<PlannedLayer> steps = plan.steps();
    if (index == 0 || part(steps.get(index)).equals(part(steps.get(index - 1)))) {
      return Optional.empty();
    }
    Set<String> above = new HashSet<>();
    steps.subList(index, steps.size()).forEach(step -> above.add(step.node().path()));
    if (plan.ties().stream().anyMatch(tie -> reachesUp(tie, above))) {
      return Optional.empty();
    }
    List<ParameterPlace> learned =
        plan.parameters().stream().filter(place -> place.parameter().learns()).toList();
    Optional<ParameterPlace> first =
        learned.stream().filter(place -> above.contains(place.node().path())).findFirst();
    // Several parts may stand above each other of which nothing learns.
    return first.filter(place -> learned.indexOf(place) > 0 && asked.add(learned.indexOf(place)));
  }

  /** Whether a layer below has a part in the gradient of what learns above. */
  private static boolean reachesUp(ParameterPlace tie, Set<String> above) {
    return tie.parameter().learns()
        && above.contains(tie.parameter().tie().orElseThrow().path())
        && !above.contains(tie.node().path());
  }

  /** What a layer is a part of; those of a chain stand for themselves. */
  private static String part(PlannedLayer step) {
    String path = step.node().path();
    int dot = path.indexOf('.');
    return dot < 0 ? Character.isDigit(path.charAt(0)) ? "" : path : path.substring(0, dot);
  }
}
