package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Branches;
import io.github.torchscribe.dsl.Frozen;
import io.github.torchscribe.dsl.LearningRate;
import io.github.torchscribe.dsl.LossWeight;
import io.github.torchscribe.dsl.Named;
import io.github.torchscribe.dsl.Output;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.dsl.Shortcut;
import io.github.torchscribe.dsl.Use;
import java.util.List;
import java.util.Set;

/**
 * Which annotations are what, by qualified name.
 *
 * @param layers those that are applied one after the other
 * @param meetings those that make one value of several
 * @param openings those layers that may also begin a method with several values
 * @param losses at most one of them
 * @param optimizers at most one of them
 * @param schedules any number of them
 */
public record Vocabulary(
    Set<String> layers,
    Set<String> meetings,
    Set<String> openings,
    Set<String> losses,
    Set<String> optimizers,
    Set<String> schedules) {
  /**
   * Whether an annotation is a layer, what uses a network, or how values meet.
   *
   * @param written any
   * @return true where something is computed
   */
  boolean makesAValue(Written written) {
    return layers.contains(written.kind())
        || meetings.contains(written.kind())
        || written.is(Use.class)
        || written.is(Branches.class);
  }

  /**
   * Whether an annotation on a method says something of what it gives.
   *
   * @param written any
   * @return true of all that may stand there
   */
  boolean saysOfAValue(Written written) {
    return makesAValue(written)
        || saysWhereItGoes(written)
        || saysHowItLearns(written)
        || written.is(Residual.class)
        || written.is(Shortcut.class)
        || written.is(Named.class);
  }

  /**
   * Whether an annotation on a method says that what it gives leaves the network, and what for.
   *
   * @param written any
   * @return true of losses, and of what goes with them
   */
  boolean saysWhereItGoes(Written written) {
    return losses.contains(written.kind())
        || written.is(Output.class)
        || written.is(LossWeight.class);
  }

  /**
   * Whether an annotation says how the parameters learn of what it stands on.
   *
   * @param written any
   * @return true of what may stand on a method or a type
   */
  static boolean saysHowItLearns(Written written) {
    return written.is(Frozen.class) || written.is(LearningRate.class);
  }

  /**
   * How values can meet, for messages.
   *
   * @return for example {@code @Concat, @Add or @Multiply}
   */
  String waysToMeet() {
    List<String> names =
        meetings.stream()
            .map(name -> "@" + name.substring(name.lastIndexOf('.') + 1))
            .sorted()
            .toList();
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
