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
   * @param losses all that there are, of which the first counts
   */
  Methods read(List<MethodReader.Marked> marked, List<Written> losses) {
    wires.readNames(marked.stream().map(MethodReader.Marked::element).toList());
    List<Method> all = new ArrayList<>();
    for (MethodReader.Marked method : marked) {
      all.add(read(method));
    }
    boolean complete = !wires.missesAValue() && marked.stream().allMatch(this::fits);
    Optional<Written> loss = losses.stream().findFirst();
    Optional<String> withLoss =
        all.stream()
            .filter(method -> loss.filter(method.annotations()::contains).isPresent())
            .map(method -> wires.isDoubtful(method.name()) ? "" : method.name())
            .findFirst();
    List<Method> told = all.stream().filter(method -> isTold(method, all)).toList();
    WireCheck check = new WireCheck(told, methods.kind(), report);
    String output = check.output(withLoss, complete && losses.size() < 2);
    Wired wired = new Wired(wires.input(), told, check.inTurn(), output);
    return new Methods(List.of(), Optional.of(wired), loss, wires.shape(), complete);
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
    if (fits && arriving > 1 && layers.meeting().isEmpty() && !hasOtherFault(marked)) {
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
            .anyMatch(one -> vocabulary.meetings().contains(one.type()) && !one.is(Residual.class));
    long inputs =
        marked.element().getParameters().stream()
            .filter(parameter -> order.on(parameter, Input.class).isPresent())
            .count();
    return meets || inputs > 1;
  }
}
