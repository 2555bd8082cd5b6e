package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Warns of networks that are well formed but known to learn badly. */
final class Lints {
  /** From here on the first layers' gradients are, at 1/4 each, below 1/256 of the last's. */
  private static final int DEEP = 4;

  private Lints() {}

  static void check(
      List<Layer> layers, Optional<Loss> loss, Optional<Written> training, Report report) {
    loss.ifPresent(some -> activationBefore(some, layers, report));
    loss.ifPresent(some -> dropsBefore(some, layers, report));
    training.ifPresent(written -> singleExamples(written, layers, report));
    saturatingStack(layers, report);
  }

  private static void dropsBefore(Loss loss, List<Layer> layers, Report report) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      if (layer.traits().drops()) {
        report.say(Message.DROPS_BEFORE_LOSS, layer.written().at(), layer.name(), loss.name());
      }
      if (!layer.traits().drops() && layer.memory() != MemoryUse.VIEW) {
        return;
      }
    }
  }

  private static void singleExamples(Written training, List<Layer> layers, Report report) {
    Optional<Layer> mixing =
        layers.stream().filter(layer -> layer.traits().mixesExamples()).findFirst();
    if (mixing.isPresent() && training.number("batchSize").intValue() == 1) {
      report.say(Message.ONE_EXAMPLE, mixing.get().written().at(), mixing.get().name());
    }
  }

  private static void activationBefore(Loss loss, List<Layer> layers, Report report) {
    for (int i = layers.size() - 1; i >= 0 && loss.takesRawScores(); i--) {
      Layer layer = layers.get(i);
      if (layer.traits().activation()) {
        report.say(Message.ACTIVATION_BEFORE_LOSS, layer.written().at(), layer.name(), loss.name());
      }
      if (!layer.traits().activation() && layer.memory() != MemoryUse.VIEW) {
        return;
      }
    }
  }

  private static void saturatingStack(List<Layer> layers, Report report) {
    List<Layer> saturating = layers.stream().filter(layer -> layer.traits().saturates()).toList();
    if (saturating.size() >= DEEP) {
      report.say(
          Message.SATURATING_STACK,
          saturating.get(DEEP - 1).written().at(),
          saturating.size(),
          saturating.stream()
              .map(layer -> "@" + layer.name())
              .distinct()
              .collect(Collectors.joining(", ")));
    }
  }
}
