package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Stack;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
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

  Chains(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
  }

  /** Those whose shapes are known. */
  List<Chain> all() {
    return all;
  }

  /** All layers, also those whose shapes are not known. */
  List<Layer> layers() {
    return layers;
  }

  /** How many indices there are to choose from, where the network's input is indices. */
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
    return new Incoming(stated(declaration.network(), "output", report), "@Network(output)");
  }

  private void add(String method, Expansion expansion, Incoming input) {
    layers.addAll(expansion.layers());
    expansion.readings().indices().ifPresent(this::choose);
    if (input.shape().isPresent() && !expansion.nodes().isEmpty()) {
      all.add(new Chain(method, input.shape().get(), expansion.nodes()));
    }
  }

  private void choose(long count) {
    indices = OptionalLong.of(Math.min(count, indices.orElse(count)));
  }

  /** What a stack takes: what is stated of it, or what its first layer states, or the input. */
  private Incoming taken(Stack stack, Incoming input) {
    if (stack.input().isPresent()) {
      Written written = stack.input().get();
      return new Incoming(stated(written, "value", report), written.text(), true);
    }
    Optional<Shape> first =
        Expansion.first(stack.parts()).flatMap(written -> statedBy(written, input));
    return first.isPresent() ? new Incoming(first, "its input", true) : input;
  }

  private Optional<Shape> statedBy(Written written, Incoming input) {
    return catalogue.layer(written, report).statedInput(input.shape());
  }

  /** A shape that an annotation states, unless a size of it is wrong, which is reported. */
  static Optional<Shape> stated(Written written, String member, Report report) {
    List<Long> sizes = written.sizes(member);
    boolean valid = !sizes.isEmpty();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) < 1) {
        report.say(Message.SIZE_NOT_POSITIVE, written.at(member, i), sizes.get(i));
        valid = false;
      }
    }
    return valid ? Optional.of(new Shape(sizes)) : Optional.empty();
  }
}
