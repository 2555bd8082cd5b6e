package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Stack;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A network's chains of layers: one, or one for each stack on a method. */
final class Chains {
  private final Catalogue catalogue;
  private final Report report;
  private final List<Chain> all = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();
  private OptionalLong indices = OptionalLong.empty();
  private boolean complete = true;

  Chains(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
  }

  /** Those whose shapes are known. */
  List<Chain> all() {
    return all;
  }

  /** Whether all shapes are known. */
  boolean areComplete() {
    return complete;
  }

  /** All layers, also those whose shapes are not known. */
  List<Layer> layers() {
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
  Incoming build(Declaration declaration, Incoming input) {
    if (declaration.stacks().isEmpty()) {
      Expansion expansion = new Expansion(catalogue, report);
      Incoming output = expansion.expand(declaration, "", input);
      add("", expansion, input);
      return output;
    }
    // Layers in both places are an error, but those on the interface may have others.
    new Expansion(catalogue, report).expand(declaration.parts(), "", input);
    Incoming output = input;
    for (Stack stack : declaration.stacks()) {
      Expansion expansion = new Expansion(catalogue, report);
      Incoming taken = taken(stack, input);
      output = expansion.expand(stack.parts(), stack.name() + ".", taken);
      add(stack.name(), expansion, taken);
    }
    if (declaration.network().sizes("output").isEmpty()) {
      return output;
    }
    return new Incoming(
        declaration.network().shape("output", 0, Integer.MAX_VALUE, "", report),
        "@Network(output)");
  }

  private void add(String method, Expansion expansion, Incoming input) {
    layers.addAll(expansion.layers());
    complete &= expansion.isComplete();
    OptionalLong read = expansion.readings().indices();
    read.ifPresent(count -> indices = OptionalLong.of(Math.max(count, indices.orElse(count))));
    if (input.shape().isKnown() && !expansion.nodes().isEmpty()) {
      all.add(new Chain(method, input.shape(), read, expansion.nodes()));
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
