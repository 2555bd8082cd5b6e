package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.LossWeight;
import io.github.torchscribe.dsl.Output;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads which of the values that methods give leave the network, and which losses read them. */
final class OutputReader {
  private final Vocabulary vocabulary;
  private final List<Method> giving;
  private final List<Method> all;
  private final String kind;
  private final Report report;

  /** What nobody takes, nor is said to leave: a loss on the type reads it. */
  private Optional<String> last = Optional.empty();

  /**
   * A reader.
   *
   * @param vocabulary which annotations are losses
   * @param giving the methods that give a value, in source order
   * @param all methods, also those that have a loss alone
   * @param kind of what they are the methods: a network or a block
   * @param report is told what is wrong
   */
  OutputReader(
      Vocabulary vocabulary, List<Method> giving, List<Method> all, String kind, Report report) {
    this.vocabulary = vocabulary;
    this.giving = giving;
    this.all = all;
    this.kind = kind;
    this.report = report;
  }

  /** The losses on methods, in source order. */
  List<LossAt> losses() {
    List<LossAt> losses = new ArrayList<>();
    for (Method method : all) {
      List<Written> found =
          method.annotations().stream()
              .filter(one -> vocabulary.losses().contains(one.kind()))
              .toList();
      Optional<Written> weight = first(method, LossWeight.class);
      if (found.isEmpty()) {
        weight.ifPresent(alone -> report.say(Message.WEIGHS_NOTHING, alone.at(), method.name()));
        continue;
      }
      found.stream()
          .skip(1)
          .forEach(
              more ->
                  report.say(
                      Message.TWO_LOSSES,
                      more.at(),
                      method.name(),
                      more.text(),
                      found.get(0).text()));
      List<String> values =
          giving.contains(method)
              ? List.of(method.name())
              : method.wires().stream().map(Wire::value).toList();
      losses.add(new LossAt(method.name(), found.get(0), weight, values));
    }
    return losses;
  }

  /**
   * The values that leave, in source order, and behind them inputs that a loss reads.
   *
   * @param losses on methods
   * @param onType whether there is a loss on the type, which reads what nobody takes
   * @param complete whether all is known that methods were to take; else nobody knows what should
   *     be left
   * @return none where that is not clear
   */
  List<String> leaving(List<LossAt> losses, boolean onType, boolean complete) {
    Set<String> read =
        losses.stream().flatMap(loss -> loss.values().stream()).collect(Collectors.toSet());
    Set<String> taken =
        giving.stream()
            .flatMap(method -> method.wires().stream())
            .map(Wire::value)
            .collect(Collectors.toSet());
    List<Method> leaving =
        new ArrayList<>(
            giving.stream()
                .filter(method -> read.contains(method.name()) || isOutput(method))
                .toList());
    List<Method> left =
        giving.stream()
            .filter(method -> !taken.contains(method.name()) && !leaving.contains(method))
            .toList();
    boolean leavesOne = leaving.isEmpty() || onType;
    if (leavesOne && left.size() == 1) {
      leaving.add(left.get(0));
      last = Optional.of(left.get(0).name());
    } else if (complete) {
      left.forEach(method -> sayLeft(method, left, leavesOne));
    }
    Set<String> names =
        giving.stream()
            .filter(leaving::contains)
            .map(Method::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    read.stream().filter(name -> !name.isEmpty()).sorted().forEach(names::add);
    return List.copyOf(names);
  }

  /** What a loss on the type reads: the only value that nobody takes; empty where none is. */
  List<String> ofType(List<String> leaving) {
    return last.or(() -> leaving.stream().filter(name -> leaving.size() == 1).findFirst()).stream()
        .toList();
  }

  private void sayLeft(Method method, List<Method> left, boolean leavesOne) {
    if (!leavesOne) {
      report.say(Message.UNREAD_VALUE, method.at(), method.name());
    } else if (method != left.get(0)) {
      report.say(
          Message.TWO_OUTPUTS,
          method.at(),
          method.name(),
          left.get(0).name(),
          kind.equals("network")
              ? "write a loss on each that learns, or one of several values on a method without layers"
                  + " that takes them, or @Output on each that predictions are to have, or let one"
                  + " take the other"
              : "a block gives one value: let one take the other");
    }
  }

  private static boolean isOutput(Method method) {
    return first(method, Output.class).isPresent();
  }

  private static Optional<Written> first(Method method, Class<? extends Annotation> annotation) {
    return method.annotations().stream().filter(written -> written.is(annotation)).findFirst();
  }
}
