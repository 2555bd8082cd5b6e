package io.github.torchscribe.processor.source;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.name;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.plan.ParameterPlace;
import io.github.torchscribe.processor.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gradients that shares compute in pieces, each from its rows. Those that lie side by side in
 * the flat buffer are added up together.
 */
final class GradientPieces {
  private final Plan plan;
  private final Set<String> names = new HashSet<>();

  GradientPieces(Plan plan) {
    this.plan = plan;
  }

  void add(Node node, String name) {
    names.add(Fields.gradient(node, name));
  }

  /** Writes the sums, and the updates where the network descends. */
  void write(ShareFields share, Lines gradients, Optional<Lines> descend) {
    int number = 0;
    Lines sums = new Lines();
    for (List<ParameterPlace> run : runs()) {
      ParameterPlace first = run.get(0);
      ParameterPlace last = run.get(run.size() - 1);
      Expression field =
          share.whileTraining(
              "pieces" + (number == 0 ? "" : String.valueOf(number + 1)),
              Types.PIECES,
              call("pieces", name(gradient(first)), name(gradient(last))));
      String what = first.name() + (run.size() == 1 ? "" : " … " + last.name());
      sums.add(field.call("sum"), what);
      descend.ifPresent(lines -> lines.add(field.call("descend", name("minusLr")), what));
      number++;
    }
    gradients.addFirst(sums); // what is frozen below ends the others
  }

  private List<List<ParameterPlace>> runs() {
    List<List<ParameterPlace>> runs = new ArrayList<>();
    boolean open = false;
    for (ParameterPlace place : plan.learned()) {
      boolean mine = names.contains(gradient(place));
      if (mine && !open) {
        runs.add(new ArrayList<>());
      }
      if (mine) {
        runs.get(runs.size() - 1).add(place);
      }
      open = mine;
    }
    return runs;
  }

  private static String gradient(ParameterPlace place) {
    return Fields.gradient(place.node(), place.parameter().name());
  }
}
