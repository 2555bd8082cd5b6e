package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Block;
import io.github.torchscribe.dsl.Branches;
import io.github.torchscribe.dsl.From;
import io.github.torchscribe.dsl.Frozen;
import io.github.torchscribe.dsl.Init;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.LearningRate;
import io.github.torchscribe.dsl.LossWeight;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Output;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Shortcut;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.Use;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Element;

/**
 * Annotations that would be left out of a network without a word: of ours those that this processor
 * does not know; of others those that look like a part of it, because they stand among its
 * annotations or are called like one. Whatever else stands above or below is nobody's business
 * here, and {@code java.lang}'s say nothing of what is computed, wherever they stand.
 *
 * @param vocabulary which annotations are what
 * @param report is told
 */
record Strangers(Vocabulary vocabulary, Report report) {
  private static final Set<Class<?>> BESIDES =
      Set.of(
          Network.class,
          Block.class,
          Training.class,
          Init.class,
          Use.class,
          Branches.class,
          Named.class,
          Output.class,
          LossWeight.class,
          Frozen.class,
          LearningRate.class,
          Residual.class,
          Shortcut.class,
          Input.class,
          From.class);

  /**
   * Looks for them.
   *
   * @param home a network, or a method of one
   * @param all its annotations, in source order
   */
  void check(Element home, List<Written> all) {
    List<Boolean> ours = all.stream().map(Strangers::isOurs).toList();
    for (int i = 0; i < all.size(); i++) {
      Written written = all.get(i);
      boolean amongOurs = ours.indexOf(true) < i && i < ours.lastIndexOf(true);
      if (ours.get(i)) {
        if (!isKnown(written)) {
          report.say(
              Message.UNKNOWN_ANNOTATION, written.at(), written.name(), home.getSimpleName());
        }
      } else if (!written.type().startsWith("java.lang.")
          && (amongOurs && ours.contains(true) || isCalledLikeOurs(written))) {
        report.say(
            Message.FOREIGN_ANNOTATION,
            written.at(),
            written.name(),
            home.getSimpleName(),
            written.type());
      }
    }
  }

  /** Whether an annotation is one of Torchscribe's, or a piece of the user's own. */
  static boolean isOurs(Written written) {
    return written.kind().startsWith(DeclarationReader.DSL);
  }

  private Stream<String> known() {
    return Stream.of(
            vocabulary.layers().stream(),
            vocabulary.meetings().stream(),
            vocabulary.losses().stream(),
            vocabulary.optimizers().stream(),
            vocabulary.schedules().stream(),
            BESIDES.stream().map(Class::getName))
        .flatMap(names -> names);
  }

  private boolean isKnown(Written written) {
    return known().anyMatch(written.kind()::equals);
  }

  private boolean isCalledLikeOurs(Written written) {
    return known()
        .map(type -> type.substring(type.lastIndexOf('.') + 1))
        .anyMatch(written.name()::equalsIgnoreCase);
  }
}
