package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.dsl.Branches;
import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Residual;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;

/** Reads a network, or a block, whose methods are values that take each other. */
final class WiredReader {
  private final MethodReader methods;
  private final SourceOrder order;
  private final Vocabulary vocabulary;
  private final Uses uses;
  private final Report report;
  private final WireReader wires;

  WiredReader(
      MethodReader methods, SourceOrder order, Vocabulary vocabulary, Uses uses, Report report) {
    this.methods = methods;
    this.order = order;
    this.vocabulary = vocabulary;
    this.uses = uses;
    this.report = report;
    this.wires = new WireReader(methods, order, report);
  }

  /**
   * Reads it.
   *
   * @param marked its methods, in source order
   * @param onType losses that stand on the type
   */
  Methods read(List<MethodReader.Marked> marked, List<Written> onType) {
    List<MethodReader.Marked> values = marked.stream().filter(this::givesAValue).toList();
    wires.readNames(
        values.stream().map(MethodReader.Marked::element).toList(),
        marked.stream().map(MethodReader.Marked::element).toList());
    List<Method> all = new ArrayList<>();
    for (MethodReader.Marked method : marked) {
      all.add(read(method));
    }
    boolean complete = !wires.missesAValue() && marked.stream().allMatch(this::fits);
    List<Method> told = all.stream().filter(method -> isTold(method, all)).toList();
    List<Method> giving =
        told.stream().filter(method -> givesAValue(method.annotations())).toList();
    WireCheck check = new WireCheck(giving, report);
    List<Method> inTurn = check.inTurn();
    OutputReader outputs = new OutputReader(vocabulary, giving, told, methods.kind(), report);
    List<LossAt> losses = new ArrayList<>(outputs.losses());
    sayTwice(onType, losses);
    boolean ofType = losses.isEmpty() && !onType.isEmpty();
    List<String> leaving = outputs.leaving(losses, ofType, complete);
    if (ofType) {
      losses.add(new LossAt("", onType.get(0), Optional.empty(), outputs.ofType(leaving)));
    }
    Wired wired = new Wired(wires.inputs(), told, inTurn, leaving);
    return new Methods(List.of(), Optional.of(wired), losses, complete);
  }

  /** Beside losses on methods nobody knows what one on the type would read. */
  private void sayTwice(List<Written> onType, List<LossAt> onMethods) {
    List<Written> first = onMethods.stream().map(LossAt::written).toList();
    List<Written> all = Stream.of(first, onType).flatMap(List::stream).toList();
    all.stream()
        .skip(Math.max(1, first.size()))
        .forEach(
            more ->
                report.say(
                    Message.TWO_LOSSES, more.at(), methods.name(), more.text(), all.get(0).text()));
  }

  private boolean givesAValue(MethodReader.Marked marked) {
    return givesAValue(marked.annotations());
  }

  /** What has a loss and nothing else only says what becomes of others. */
  private boolean givesAValue(List<Written> annotations) {
    return annotations.stream().anyMatch(vocabulary::makesAValue)
        || annotations.stream().noneMatch(one -> vocabulary.losses().contains(one.kind()));
  }

  private boolean fits(MethodReader.Marked marked) {
    return methods.isValue(marked.element()) && !marked.inherited();
  }

  /** Of several that have one name the first goes on, unless it is the input's. */
  private boolean isTold(Method method, List<Method> all) {
    return !wires.isCalledInput(method.name())
        && all.stream()
            .filter(other -> other.name().equals(method.name()))
            .findFirst()
            .filter(first -> first == method)
            .isPresent();
  }

  private Method read(MethodReader.Marked marked) {
    ExecutableElement element = marked.element();
    boolean fits = fits(marked);
    if (!fits && !marked.inherited()) {
      report.say(Message.NOT_A_VALUE, marked.annotations().get(0).at(), marked.name());
    }
    List<Wire> taken = fits ? wires.wires(element) : List.of();
    int arriving = element.getParameters().size();
    Layers layers =
        new PartReader(vocabulary, uses, marked.name(), report)
            .read(marked.annotations(), arriving);
    if (fits
        && arriving > 1
        && layers.meeting().isEmpty()
        && givesAValue(marked)
        && !hasOtherFault(marked)) {
      report.say(
          Message.NO_MEETING,
          order.position(element.getParameters().get(1)),
          marked.name(),
          vocabulary.waysToMeet());
    }
    return new Method(marked.name(), order.position(element), marked.annotations(), taken, layers);
  }

  /** Whether it has been said that its meeting stands too low, or that it takes two inputs. */
  private boolean hasOtherFault(MethodReader.Marked marked) {
    List<Written> ours = marked.annotations().stream().filter(Strangers::isOurs).toList();
    boolean meets =
        IntStream.range(0, ours.size())
            .filter(i -> i == 0 || !ours.get(i - 1).is(Branches.class))
            .mapToObj(ours::get)
            .anyMatch(one -> vocabulary.meetings().contains(one.kind()) && !one.is(Residual.class));
    long inputs =
        marked.element().getParameters().stream()
            .filter(parameter -> order.on(parameter, Input.class).isPresent())
            .count();
    return meets || inputs > 1 && methods.kind().equals("block");
  }
}
