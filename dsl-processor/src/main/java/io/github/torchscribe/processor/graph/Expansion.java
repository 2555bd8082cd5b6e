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
import java.util.function.Supplier;

/** Puts the layers of a network, and of those inside it, one after the other, with their shapes. */
final class Expansion {
  private static final long MOST_ELEMENTS = 1L << 40;
  private static final String SUM = "sum";

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
  Arrival expand(Declaration network, String prefix, Arrival input) {
    Arrival main = expand(network.parts(), prefix, input);
    return network.residual().isPresent()
        ? add(network, network.residual().get(), prefix, input, main)
        : main;
  }

  /** Appends the layers of a network or of a stack on a method. */
  Arrival expand(List<Part> parts, String prefix, Arrival input) {
    Arrival arrival = input;
    int position = 0;
    for (Part part : parts) {
      if (part instanceof Part.Single single) {
        Written written = single.written();
        String path = prefix + position++;
        arrival = append(() -> catalogue.layer(written, report), path, List.of(arrival));
      } else if (part instanceof Part.Nested nested) {
        for (int i = 0; i < nested.times(); i++) {
          arrival = enter(nested, prefix + position++ + ".", arrival);
        }
      } else {
        arrival = arrival.as(Shape.ANY, part.written().text());
        complete = false;
      }
    }
    return arrival;
  }

  /** The very first layer, unless a network inside comes first. */
  static Optional<Written> first(List<Part> parts) {
    return parts.get(0) instanceof Part.Single single
        ? Optional.of(single.written())
        : Optional.empty();
  }

  private Arrival enter(Part.Nested nested, String prefix, Arrival arrival) {
    Written network = nested.network().network();
    Shape wanted = network.shape("input", 0, Integer.MAX_VALUE, "", report);
    Shape arriving = arrival.value().shape();
    if (!wanted.fits(arriving)) {
      report.say(
          Message.OTHER_INPUT,
          nested.written().at("value"),
          nested.written().name(),
          nested.network().name(),
          wanted,
          arriving,
          arrival.from());
    }
    // Whatever arrives, the layers inside were written for this.
    String from = wanted.equals(arriving) ? arrival.from() : network.text();
    return expand(nested.network(), prefix, arrival.as(wanted, from));
  }

  /** Adds what went past the layers of a residual network to what they gave. */
  private Arrival add(
      Declaration network, Written residual, String prefix, Arrival input, Arrival main) {
    Arrival past =
        network.shortcut().map(beside -> enter(beside, prefix + "shortcut.", input)).orElse(input);
    Shape shape = past.value().shape();
    String from = "@" + residual.name() + " of " + network.name();
    if (!shape.fits(main.value().shape())) {
      report.say(Message.RESIDUAL_DIFFERS, residual.at(), shape, main.value().shape());
      return new Arrival(new Value(prefix + SUM, shape.orElse(main.value().shape())), from, false);
    }
    Arrival both =
        append(() -> catalogue.meeting(residual, report), prefix + SUM, List.of(main, past));
    return new Arrival(both.value(), from, false);
  }

  private Arrival append(Supplier<Layer> reads, String path, List<Arrival> arrivals) {
    int errors = report.errors();
    Layer layer = reads.get();
    layers.add(layer);
    List<Incoming> incoming = arrivals.stream().map(Arrival::incoming).toList();
    incoming.forEach(one -> readings.by(layer, one));
    Shape output = layer.output(incoming, report);
    Value gives = new Value(path, output);
    List<Value> values = arrivals.stream().map(Arrival::value).toList();
    boolean known = values.stream().allMatch(value -> value.shape().isKnown());
    if (report.errors() == errors && known && output.isKnown()) {
      Shape in = values.get(0).shape();
      List<ParameterSpec> parameters = layer.parameters(in);
      nodes.add(new Node(layer, values, gives, parameters, layer.state(in)));
      checkSize(layer, output, parameters);
    } else {
      complete = false;
    }
    Arrival first = arrivals.get(0);
    boolean sameShape = output.equals(first.value().shape()) && layer.traits().activation();
    return new Arrival(
        gives,
        sameShape ? first.from() : layer.written().text(),
        first.raw() && layer.memory() == MemoryUse.VIEW);
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
