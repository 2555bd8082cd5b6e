package io.github.torchscribe.processor.graph;

import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Precision;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.optim.OptimizerSpec;
import io.github.torchscribe.processor.optim.ScheduleSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;
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
    Shape input = declaration.input().orElseThrow().shape(report);
    Segments segments = new Segments(catalogue, report);
    Arrival given = segments.build(declaration, new Incoming(input, "the network's input", true));
    Incoming output = given.incoming();
    Optional<Loss> loss = declaration.loss().map(written -> catalogue.loss(written, report));
    loss.ifPresent(some -> some.check(output, report));
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
    requireParameters(declaration, segments);
    Lints.check(
        segments.layers(),
        given.value(),
        loss.filter(any -> declaration.stacks().isEmpty()),
        declaration.training(),
        report);
    if (report.errors() > 0 || !segments.areComplete()) {
      return Optional.empty();
    }
    return Optional.of(
        new Graph(
            declaration,
            input,
            segments.indices(),
            output.shape(),
            segments.all(),
            loss,
            optimizer,
            schedules,
            settings,
            declaration
                .init()
                .map(i -> i.constant("value", Init.Scheme.class, Init.Scheme.DEFAULT))
                .orElse(Init.Scheme.DEFAULT),
            gradient));
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
    boolean learns =
        segments.all().stream()
            .flatMap(segment -> segment.nodes().stream())
            .anyMatch(node -> !node.parameters().isEmpty());
    Optional<Written> first = declaration.loss().or(declaration::optimizer);
    boolean known = segments.areComplete() && !segments.layers().isEmpty();
    if (!learns && known && first.isPresent()) {
      report.say(
          Message.NOTHING_TO_LEARN, first.get().at(), first.get().name(), declaration.name());
    }
  }

  private TrainingSettings settings(Optional<Written> training) {
    if (training.isEmpty()) {
      return new TrainingSettings(1, 1, true, OptionalLong.empty(), true, Precision.FLOAT32);
    }
    Written written = training.get();
    long seed = written.number("seed").longValue();
    return new TrainingSettings(
        (int) written.checked("epochs", "at least 1", v -> v >= 1, report),
        (int) written.checked("batchSize", "at least 1", v -> v >= 1, report),
        written.flag("shuffle"),
        seed == Training.RANDOM_SEED ? OptionalLong.empty() : OptionalLong.of(seed),
        written.flag("decayBiases"),
        written.constant("precision", Precision.class, Precision.FLOAT32));
  }
}
