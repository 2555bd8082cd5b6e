package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Stack;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A network's segments: one, or one for each stack on a method. */
final class Segments {
  private final Catalogue catalogue;
  private final Report report;
  private final List<Segment> all = new ArrayList<>();
  private final List<Node> layers = new ArrayList<>();
  private OptionalLong indices = OptionalLong.empty();
  private boolean complete = true;

  Segments(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
  }

  /** Those whose shapes are known. */
  List<Segment> all() {
    return all;
  }

  /** Whether all shapes are known. */
  boolean areComplete() {
    return complete;
  }

  /** All layers, also those whose shapes are not known. */
  List<Node> layers() {
    return layers;
  }

  /**
   * How many indices there are to choose from, where the network's input is indices: as many as for
   * the stack that takes most.
   */
  OptionalLong indices() {
    return indices;
  }

  /**
   * Builds all.
   *
   * @param input the network's
   * @return the network's output
   */
  Arrival build(Declaration declaration, Incoming input) {
    if (declaration.stacks().isEmpty()) {
      Expansion expansion = new Expansion(catalogue, report);
      Arrival arrival = Arrival.input(input);
      Arrival output = expansion.expand(declaration, "", arrival);
      add("", expansion, arrival, output);
      return output;
    }
    // Layers in both places are an error, but those on the interface may have others.
    new Expansion(catalogue, report).expand(declaration, "", Arrival.input(input));
    Arrival output = Arrival.input(input);
    for (Stack stack : declaration.stacks()) {
      Expansion expansion = new Expansion(catalogue, report);
      Arrival taken = Arrival.input(taken(stack, input));
      Arrival given =
          expansion.expand(stack.parts(), Paths.in(stack.name() + "."), stack.name(), taken);
      add(stack.name(), expansion, taken, given);
      output = given;
    }
    if (declaration.network().sizes("output").isEmpty()) {
      return output;
    }
    return output.as(
        declaration.network().shape("output", 0, Integer.MAX_VALUE, "", report),
        "@Network(output)");
  }

  private void add(String method, Expansion expansion, Arrival input, Arrival output) {
    layers.addAll(expansion.layers());
    complete &= expansion.isComplete();
    OptionalLong read = expansion.readings().indices();
    read.ifPresent(count -> indices = OptionalLong.of(Math.max(count, indices.orElse(count))));
    if (input.value().shape().isKnown() && !expansion.nodes().isEmpty()) {
      all.add(new Segment(method, input.value(), read, expansion.nodes(), output.value()));
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
