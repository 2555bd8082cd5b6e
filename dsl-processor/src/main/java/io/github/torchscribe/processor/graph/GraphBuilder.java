package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.LossAt;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.loss.GivenGradient;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.optim.OptimizerSpec;
import io.github.torchscribe.processor.optim.ScheduleSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Infers shapes and checks all that depends on them. Reports everything wrong, not the first only.
 */
public final class GraphBuilder {
  private final Catalogue catalogue;
  private final Report report;

  /**
   * A builder.
   *
   * @param catalogue what layers there are
   * @param report is told what is wrong
   */
  public GraphBuilder(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
  }

  /**
   * Builds the graph of a network.
   *
   * @param declaration what is written
   * @return empty when there is any error
   */
  public Optional<Graph> build(Declaration declaration) {
    Segments segments = new Segments(catalogue, report);
    List<String> leaving = segments.build(declaration);
    List<Objective> objectives =
        declaration.losses().isEmpty()
            ? byHand(declaration.optimizer(), segments, leaving)
            : objectives(declaration, segments, leaving);
    segments.finish();
    Optional<OptimizerSpec> optimizer =
        declaration.optimizer().map(written -> catalogue.optimizer(written, report));
    List<ScheduleSpec> schedules =
        declaration.schedules().stream()
            .map(written -> catalogue.schedule(written, report))
            .toList();
    if (!schedules.isEmpty() && optimizer.isEmpty()) {
      report.say(
          Message.NO_OPTIMIZER,
          declaration.schedules().get(0).at(),
          declaration.schedules().get(0).name());
    }
    for (int i = 0; i < schedules.size(); i++) {
      if (schedules.get(i).cyclesMomentum()
          && optimizer.filter(o -> !o.hasMomentum()).isPresent()) {
        report.say(
            Message.NO_MOMENTUM,
            declaration.schedules().get(i).at(),
            declaration.schedules().get(i).name(),
            declaration.optimizer().orElseThrow().name());
      }
    }
    TrainingSettings settings = settings(declaration.training());
    Network.Gradient gradient = gradient(declaration);
    if (settings.isMixed() && gradient == Network.Gradient.AUTOGRAD) {
      report.say(
          Message.MIXED_NEEDS_GENERATED,
          declaration.training().orElseThrow().at("precision"),
          declaration.name());
    }
    Initial initial = Initial.of(declaration.init(), report);
    requireParameters(declaration, segments);
    List<Leaving> outputs =
        leaving.stream().map(name -> new Leaving(name, segments.value(name).value())).toList();
    Lints lints = new Lints(segments.layers(), report);
    if (declaration.stacks().isEmpty()) {
      objectives.forEach(one -> lints.before(one, outputs));
      if (report.errors() == 0 && segments.areComplete()) {
        lints.unlearned(segments.nodes(), objectives, outputs);
      }
    }
    lints.check(declaration.training());
    if (report.errors() > 0 || !segments.areComplete()) {
      return Optional.empty();
    }
    Graph graph =
        new Graph(
            declaration,
            segments.inputs(),
            outputs,
            segments.all(),
            objectives,
            optimizer,
            schedules,
            settings,
            initial,
            gradient);
    ByPosition.check(graph, report);
    return report.errors() > 0 ? Optional.empty() : Optional.of(graph);
  }

  /** The losses, each with what it reads; one whose values are not known is only read. */
  private List<Objective> objectives(
      Declaration declaration, Segments segments, List<String> leaving) {
    List<Objective> objectives = new ArrayList<>();
    for (LossAt at : declaration.losses()) {
      Loss loss = catalogue.loss(at.written(), report);
      List<String> names = at.values().isEmpty() ? leaving : at.values();
      List<Incoming> read = names.stream().map(name -> segments.value(name).incoming()).toList();
      OptionalInt saysPadding = OptionalInt.empty();
      if (read.size() == loss.values()) {
        int errors = report.errors();
        loss.check(read, report);
        if (report.errors() == errors && names.size() == 1) {
          saysPadding = segments.leavePaddingOut(loss, names.get(0));
        }
      } else if (!read.isEmpty()) {
        report.say(
            Message.LOSS_TAKES,
            at.written().at(),
            loss.name(),
            loss.values(),
            loss.values() == 1 ? "" : "s",
            read.size() == 1 ? "here is one" : "here are " + read.size());
      }
      if (leaving.containsAll(names) && !names.isEmpty()) {
        String name = at.name().isEmpty() ? names.get(0) : at.name();
        List<Integer> outputs = names.stream().map(leaving::indexOf).toList();
        objectives.add(new Objective(name, loss, weight(at), outputs, saysPadding));
      }
    }
    return objectives;
  }

  /** With an optimizer and no loss, whoever trains gives a gradient for each output. */
  private static List<Objective> byHand(
      Optional<Written> optimizer, Segments segments, List<String> leaving) {
    List<Objective> objectives = new ArrayList<>();
    for (int i = 0; i < leaving.size() && optimizer.isPresent(); i++) {
      Shape shape = segments.value(leaving.get(i)).value().shape();
      Loss loss = new GivenGradient(optimizer.get(), shape);
      objectives.add(new Objective(leaving.get(i), loss, 1, List.of(i), OptionalInt.empty()));
    }
    return objectives;
  }

  private double weight(LossAt at) {
    return at.weight()
        .map(
            written ->
                written.checked(
                    "value",
                    "a finite number above 0",
                    weight -> weight > 0 && Double.isFinite(weight),
                    report))
        .orElse(1.0);
  }

  private static Network.Gradient gradient(Declaration declaration) {
    return declaration.stacks().isEmpty()
        ? declaration
            .network()
            .constant("gradient", Network.Gradient.class, Network.Gradient.GENERATED)
        : Network.Gradient.AUTOGRAD;
  }

  /** A loss or an optimizer needs something that learns. */
  private void requireParameters(Declaration declaration, Segments segments) {
    boolean learns = segments.nodes().stream().anyMatch(Node::learns);
    boolean frozen = segments.nodes().stream().anyMatch(node -> !node.parameters().isEmpty());
    Optional<Written> first =
        declaration.losses().stream().map(LossAt::written).findFirst().or(declaration::optimizer);
    boolean known = segments.areComplete() && !segments.layers().isEmpty();
    boolean forInput = segments.inputs().stream().anyMatch(Port::requiresGrad);
    if (!learns && !forInput && known && first.isPresent()) {
      Written one = first.get();
      if (frozen) {
        report.say(Message.ALL_FROZEN, one.at(), declaration.name(), one.name());
      } else {
        report.say(Message.NOTHING_TO_LEARN, one.at(), one.name(), declaration.name());
      }
    }
  }

  private TrainingSettings settings(Optional<Written> training) {
    if (training.isEmpty()) {
      return new TrainingSettings(1, 1, true, OptionalLong.empty(), true, Precision.FLOAT32, true);
    }
    Written written = training.get();
    long seed = written.number("seed").longValue();
    return new TrainingSettings(
        (int) written.checked("epochs", "at least 1", v -> v >= 1, report),
        (int) written.checked("batchSize", "at least 1", v -> v >= 1, report),
        written.flag("shuffle"),
        seed == Training.RANDOM_SEED ? OptionalLong.empty() : OptionalLong.of(seed),
        written.flag("decayBiases"),
        written.constant("precision", Precision.class, Precision.FLOAT32),
        written.flag("graph"));
  }
}
