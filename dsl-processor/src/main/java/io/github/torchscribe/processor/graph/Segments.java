package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Stack;
import io.github.torchscribe.processor.declaration.Stated;
import io.github.torchscribe.processor.declaration.Wired;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.loss.Loss;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A network's segments: one, or one for each stack on a method. */
final class Segments {
  /** What leaves is called so where it has no name of its own. */
  static final String OUTPUT = "output";

  private final Catalogue catalogue;
  private final Report report;
  private final Teaching teaching;
  private final List<Segment> all = new ArrayList<>();
  private final List<Node> layers = new ArrayList<>();
  private final List<Port> inputs = new ArrayList<>();
  private final Map<String, Arrival> values = new HashMap<>();
  private Expansion expansion;
  private List<String> leaving = List.of();
  private boolean complete = true;

  Segments(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
    this.teaching = new Teaching(report);
  }

  /** Those whose shapes are known. */
  List<Segment> all() {
    return all;
  }

  /** Whether all shapes are known. */
  boolean areComplete() {
    return complete;
  }

  /** All layers whose shapes are known, with what they learn. */
  List<Node> nodes() {
    return all.stream().flatMap(segment -> segment.nodes().stream()).toList();
  }

  /** All layers, also those whose shapes are not known. */
  List<Node> layers() {
    return layers;
  }

  /** What is given to the network: as layers read it. */
  List<Port> inputs() {
    return inputs;
  }

  /** What leaves, or what a method of the network gives. */
  Arrival value(String name) {
    return values.getOrDefault(name, Arrival.missing(name));
  }

  /**
   * Builds all.
   *
   * @return the names of the values that leave; none where that is not known
   */
  List<String> build(Declaration declaration) {
    teaching.take("", declaration.annotations());
    if (!declaration.stacks().isEmpty()) {
      Shape shape = declaration.input().orElseThrow().shape(report);
      buildStacks(declaration, new Incoming(shape, Readings.THE_INPUT, true));
      return List.of(OUTPUT);
    }
    expansion = new Expansion(catalogue, teaching, report);
    if (declaration.wired().isEmpty()) {
      Stated stated = declaration.input().orElseThrow();
      Arrival arrival = Arrival.input(stated.shape(report), Readings.THE_INPUT);
      values.put(OUTPUT, expansion.expand(declaration, "", arrival));
      take(Value.INPUT, Value.INPUT, arrival, stated, expansion.readings());
      leaving = List.of(OUTPUT);
      return leaving;
    }
    Wired wired = declaration.wired().get();
    List<Stated> stated = stated(declaration, wired);
    List<Arrival> arrivals = arrivals(wired, stated);
    values.putAll(expansion.wire(wired, "", arrivals));
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      take(
          wired.inputs().get(i).name(),
          arrival.port().orElseThrow(),
          arrival,
          stated.get(i),
          expansion.readings());
    }
    leaving = wired.outputs();
    return leaving;
  }

  /**
   * A loss reads a value; where it leaves padding out, that is what leaves, too.
   *
   * @return which of the inputs says what is padding, where somebody has left it out
   */
  OptionalInt leavePaddingOut(Loss loss, String name) {
    Arrival value = value(name);
    Optional<Layer> out = loss.leavesPaddingOut();
    if (expansion == null || out.isEmpty()) {
      return OptionalInt.empty();
    }
    values.put(name, expansion.forLoss(out.get(), value));
    Optional<Value> says = expansion.saysPadding(value);
    return IntStream.range(0, inputs.size())
        .filter(
            i -> says.filter(one -> one.path().equals(inputs.get(i).value().path())).isPresent())
        .findFirst();
  }

  /** Once losses have been read, all is there. */
  void finish() {
    if (expansion != null) {
      add("", expansion, leaving);
    }
    learn(teaching::taught);
    learn(new Ties(nodes(), report)::tied);
    if (complete) {
      teaching.finish();
    }
  }

  private void learn(UnaryOperator<Node> change) {
    all.replaceAll(segment -> segment.with(segment.nodes().stream().map(change).toList()));
  }

  /** What says of each input what it is. */
  private static List<Stated> stated(Declaration declaration, Wired wired) {
    return wired.inputs().stream()
        .map(
            given ->
                given
                    .stated()
                    .map(written -> new Stated(written, "value"))
                    .orElseGet(() -> new Stated(declaration.network(), "input")))
        .toList();
  }

  private List<Arrival> arrivals(Wired wired, List<Stated> stated) {
    if (stated.size() == 1) {
      return List.of(Arrival.input(stated.get(0).shape(report), Readings.THE_INPUT));
    }
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < stated.size(); i++) {
      arrivals.add(Arrival.input(wired.inputs().get(i).name(), stated.get(i).shape(report)));
    }
    return arrivals;
  }

  private void take(String name, String port, Arrival arrival, Stated stated, Readings readings) {
    Port input = readings.port(name, arrival, readings.agreed(port, name, stated));
    inputs.add(stated.requiresGrad() && hasGradient(input, stated) ? input.requiringGrad() : input);
  }

  private boolean hasGradient(Port input, Stated stated) {
    boolean has = input.indices().isEmpty() && !input.isMask();
    if (!has) {
      String what = input.isMask() ? "a mask" : "indices";
      report.say(
          Message.NO_INPUT_GRADIENT, stated.written().at("requiresGrad"), input.name(), what);
    }
    return has;
  }

  /** Those on methods that the user's own forward calls. */
  private void buildStacks(Declaration declaration, Incoming input) {
    // Layers in both places are an error, but those on the interface may have others.
    new Expansion(catalogue, teaching, report)
        .expand(declaration, "", Arrival.input(input.shape(), input.from()));
    Arrival output = Arrival.input(input.shape(), input.from());
    OptionalLong indices = OptionalLong.empty();
    for (Stack stack : declaration.stacks()) {
      Expansion expansion = new Expansion(catalogue, teaching, report);
      teaching.take(stack.name(), stack.annotations());
      Incoming incoming = taken(stack, input);
      Arrival taken = Arrival.input(incoming.shape(), incoming.from());
      Arrival given =
          expansion.expand(stack.parts(), Paths.in(stack.name() + "."), stack.name(), taken);
      OptionalLong read = expansion.readings().indices(Value.INPUT);
      inputs.add(expansion.readings().port(Value.INPUT, taken, read));
      values.put(OUTPUT, given);
      add(stack.name(), expansion, List.of(OUTPUT));
      inputs.clear();
      // As many as for the stack that takes most.
      if (read.isPresent()) {
        indices = OptionalLong.of(Math.max(read.getAsLong(), indices.orElse(0)));
      }
      output = given;
    }
    OptionalLong none = OptionalLong.empty(); // stacks may read other things than the input
    inputs.add(new Port(Value.INPUT, Value.input(input.shape()), indices, none, false, false));
    if (!declaration.network().sizes("output").isEmpty()) {
      output =
          output.as(
              declaration.network().shape("output", 0, Integer.MAX_VALUE, "", report),
              "@Network(output)");
    }
    values.put(OUTPUT, output);
  }

  private void add(String method, Expansion expansion, List<String> outputs) {
    expansion.finish();
    layers.addAll(expansion.layers());
    complete &= expansion.isComplete();
    boolean known = inputs.stream().allMatch(input -> input.shape().isKnown());
    if (known && !expansion.nodes().isEmpty()) {
      List<Value> leaving = outputs.stream().map(name -> value(name).value()).toList();
      all.add(new Segment(method, List.copyOf(inputs), expansion.nodes(), leaving));
    }
  }

  /** What a stack takes: what is stated of it, or what its first layer states, or the input. */
  private Incoming taken(Stack stack, Incoming input) {
    if (!stack.fits()) {
      return new Incoming(Shape.ANY, stack.name(), true);
    }
    if (stack.input().isPresent()) {
      Written written = stack.input().get();
      written.sizes("value", 1, Integer.MAX_VALUE, "the sizes of one example", report);
      return new Incoming(
          written.shape("value", 0, Integer.MAX_VALUE, "", report), written.text(), true);
    }
    return Expansion.first(stack.parts())
        .flatMap(written -> statedBy(written, input))
        .map(shape -> new Incoming(shape, "its input", true))
        .orElse(input);
  }

  private Optional<Shape> statedBy(Written written, Incoming input) {
    return catalogue.layer(written, report).statedInput(input.shape());
  }
}
