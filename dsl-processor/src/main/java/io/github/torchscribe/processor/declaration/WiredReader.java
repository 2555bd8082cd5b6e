package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    this.wires = new WireReader(order, report);
  }

  /**
   * Reads it.
   *
   * @param marked its methods, in source order
   * @param loss of all that there are, the one that counts
   */
  Methods read(List<MethodReader.Marked> marked, Optional<Written> loss) {
    wires.readNames(marked.stream().map(MethodReader.Marked::element).toList());
    List<Method> all = new ArrayList<>();
    for (MethodReader.Marked method : marked) {
      all.add(read(method));
    }
    boolean complete =
        !wires.missesAValue() && marked.stream().noneMatch(MethodReader.Marked::inherited);
    WireCheck check = new WireCheck(all, report);
    Optional<String> withLoss =
        all.stream()
            .filter(method -> loss.filter(method.annotations()::contains).isPresent())
            .map(Method::name)
            .findFirst();
    Wired wired = new Wired(wires.input(), all, check.inTurn(), check.output(withLoss, complete));
    return new Methods(List.of(), Optional.of(wired), loss, wires.shape(), complete);
  }

  private Method read(MethodReader.Marked marked) {
    ExecutableElement element = marked.element();
    boolean fits = methods.isValue(element) && !marked.inherited();
    if (!fits && !marked.inherited()) {
      report.say(Message.NOT_A_VALUE, marked.annotations().get(0).at(), marked.name());
    }
    List<Wire> taken = fits ? wires.wires(element) : List.of();
    int arriving = element.getParameters().size();
    Layers layers =
        new PartReader(vocabulary, uses, marked.name(), report)
            .read(marked.annotations(), arriving);
    if (fits && arriving > 1 && layers.meeting().isEmpty()) {
      report.say(
          Message.NO_MEETING,
          order.position(element.getParameters().get(1)),
          marked.name(),
          vocabulary.waysToMeet());
    }
    return new Method(marked.name(), order.position(element), marked.annotations(), taken, layers);
  }
}
