package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Part;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the layers of a network, and of those inside it, one after the other, with their shapes. */
final class Expansion {
  private static final long MOST_ELEMENTS = 1L << 40;

  private final Catalogue catalogue;
  private final Report report;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Readings readings;
  private boolean complete = true;

  Expansion(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
    this.readings = new Readings(report);
  }

  /** How the network's input is read. */
  Readings readings() {
    return readings;
  }

  /** Whether all shapes are known. */
  boolean isComplete() {
    return complete;
  }

  /** All layers, also those whose shapes are not known. */
  List<Layer> layers() {
    return layers;
  }

  /** All layers with their shapes. */
  List<Node> nodes() {
    return nodes;
  }

  /**
   * Appends a network.
   *
   * @param prefix of its paths: empty, or with a dot at the end
   * @param input what arrives
   * @return what leaves
   */
  Incoming expand(Declaration network, String prefix, Incoming input) {
    network.residual().ifPresent(residual -> mark(new Fork(residual), prefix + "fork", input));
    Incoming incoming = expand(network.parts(), prefix, input);
    return network.residual().isPresent()
        ? join(network, network.residual().get(), prefix, input, incoming)
        : incoming;
  }

  /** Appends the layers of a network or of a stack on a method. */
  Incoming expand(List<Part> parts, String prefix, Incoming input) {
    Incoming incoming = input;
    int position = 0;
    for (Part part : parts) {
      if (part instanceof Part.Single single) {
        incoming = append(single.written(), prefix + position++, incoming);
      } else if (part instanceof Part.Nested nested) {
        for (int i = 0; i < nested.times(); i++) {
          incoming = enter(nested, prefix + position++ + ".", incoming);
        }
      } else {
        incoming = new Incoming(Shape.ANY, part.written().text(), incoming.raw());
        complete = false;
      }
    }
    return incoming;
  }

  /** The very first layer, unless a network inside comes first. */
  static Optional<Written> first(List<Part> parts) {
    return parts.get(0) instanceof Part.Single single
        ? Optional.of(single.written())
        : Optional.empty();
  }

  private Incoming enter(Part.Nested nested, String prefix, Incoming incoming) {
    Written network = nested.network().network();
    Shape wanted = network.shape("input", 0, Integer.MAX_VALUE, "", report);
    if (!wanted.fits(incoming.shape())) {
      report.say(
          Message.OTHER_INPUT,
          nested.written().at("value"),
          nested.written().name(),
          nested.network().name(),
          wanted,
          incoming.shape(),
          incoming.from());
    }
    // Whatever arrives, the layers inside were written for this.
    boolean arrives = wanted.equals(incoming.shape());
    Incoming inside =
        new Incoming(wanted, arrives ? incoming.from() : network.text(), incoming.raw());
    return expand(nested.network(), prefix, inside);
  }

  private Incoming join(
      Declaration network, Written residual, String prefix, Incoming input, Incoming main) {
    Optional<Part.Nested> shortcut = network.shortcut();
    Incoming past = input;
    if (shortcut.isPresent()) {
      mark(new Switch(shortcut.get().written()), prefix + "switch", input);
      past = enter(shortcut.get(), prefix + "shortcut.", input);
    }
    String from = "@" + residual.name() + " of " + network.name();
    if (!past.shape().fits(main.shape())) {
      report.say(Message.RESIDUAL_DIFFERS, residual.at(), past.shape(), main.shape());
      return new Incoming(past.shape().orElse(main.shape()), from);
    }
    readings.joined(residual, past, main);
    mark(new Join(residual, shortcut.isPresent()), prefix + "sum", main);
    return new Incoming(past.shape().with(main.shape()), from);
  }

  private void mark(Layer layer, String path, Incoming at) {
    Shape shape = at.shape();
    if (shape.isKnown()) {
      nodes.add(new Node(nodes.size(), path, layer, shape, shape, List.of(), List.of()));
    }
  }

  private Incoming append(Written written, String path, Incoming incoming) {
    int errors = report.errors();
    Layer layer = catalogue.layer(written, report);
    layers.add(layer);
    readings.by(layer, incoming);
    Shape in = incoming.shape();
    Shape output = layer.output(incoming, report);
    if (report.errors() == errors && in.isKnown() && output.isKnown()) {
      List<ParameterSpec> parameters = layer.parameters(in);
      nodes.add(new Node(nodes.size(), path, layer, in, output, parameters, layer.state(in)));
      checkSize(layer, output, parameters);
    } else {
      complete = false;
    }
    boolean sameShape = output.equals(in) && layer.traits().activation();
    return new Incoming(
        output,
        sameShape ? incoming.from() : layer.written().text(),
        incoming.raw() && layer.memory() == MemoryUse.VIEW);
  }

  private void checkSize(Layer layer, Shape output, List<ParameterSpec> parameters) {
    for (ParameterSpec parameter : parameters) {
      if (parameter.shape().elements() > MOST_ELEMENTS) {
        report.say(
            Message.TOO_LARGE,
            layer.written().at(),
            layer.written().text(),
            parameter.shape().elements(),
            "elements of its " + parameter.name());
      }
    }
    if (output.elements() > MOST_ELEMENTS) {
      report.say(
          Message.TOO_LARGE,
          layer.written().at(),
          layer.written().text(),
          output.elements(),
          "elements for one example");
    }
  }
}
