package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.processor.declaration.Declaration;
import io.github.torchscribe.processor.declaration.Method;
import io.github.torchscribe.processor.declaration.Part;
import io.github.torchscribe.processor.declaration.Wired;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts the layers of a network, and of those inside it, each behind those whose values it reads,
 * with their shapes.
 */
final class Expansion {
  private static final String SUM = "sum";
  private static final String SHORTCUT = "shortcut";

  private final Catalogue catalogue;
  private final Teaching teaching;
  private final Report report;
  private final List<Node> layers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Readings readings;
  private final PartNames names;
  private final PaddingFlow padding;
  private boolean complete = true;

  Expansion(Catalogue catalogue, Teaching teaching, Report report) {
    this.catalogue = catalogue;
    this.teaching = teaching;
    this.report = report;
    this.readings = new Readings(report);
    this.names = new PartNames(report);
    this.padding = new PaddingFlow(report, readings, nodes, names);
  }

  /** How the network's input is read. */
  Readings readings() {
    return readings;
  }

  /** Whether all shapes are known. */
  boolean isComplete() {
    return complete;
  }

  /** All layers, also those whose shapes are not known, without what they learn. */
  List<Node> layers() {
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
    return network.wired().isPresent()
        ? first(network.wired().get(), wire(network.wired().get(), prefix, List.of(input)))
        : expand(network.parts(), Paths.in(prefix), network.name(), input);
  }

  private static Arrival first(Wired wired, Map<String, Arrival> values) {
    return wired.outputs().stream()
        .findFirst()
        .flatMap(name -> Optional.ofNullable(values.get(name)))
        .orElseGet(() -> Arrival.missing("its output"));
  }

  /**
   * Appends methods that take each other's values.
   *
   * @param prefix of its paths: empty, or with a dot at the end
   * @param inputs what arrives, in order
   * @return all values, by name
   */
  Map<String, Arrival> wire(Wired wired, String prefix, List<Arrival> inputs) {
    Map<String, Arrival> values = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.put(wired.inputs().get(i).name(), inputs.get(i));
    }
    for (Method method : wired.inTurn()) {
      List<Arrival> taken =
          method.wires().stream()
              .map(wire -> values.getOrDefault(wire.value(), Arrival.missing(wire.parameter())))
              .toList();
      values.put(method.name(), give(method, prefix + method.name(), taken));
    }
    return values;
  }

  private Arrival give(Method method, String path, List<Arrival> taken) {
    names.take(path, method.at());
    teaching.take(path, method.annotations());
    List<Part> parts = method.layers().parts();
    boolean meets = method.layers().meeting().isPresent();
    // Where one arrives without need to meet, or several that do; else it has been reported.
    boolean fits = meets ? taken.size() > 1 : taken.size() == 1;
    Arrival arrival = fits ? taken.get(0) : Arrival.missing(method.name());
    if (meets && fits) {
      Written meeting = method.layers().meeting().get();
      String own = parts.isEmpty() ? path : path + "." + meeting.name().toLowerCase(Locale.ROOT);
      arrival = append(() -> catalogue.meeting(meeting, report), own, taken);
    }
    Paths paths = Paths.of(path, parts);
    return expand(parts, paths, method.name(), arrival).named(method.name());
  }

  /**
   * Appends the parts of a network, or those on a method.
   *
   * @param paths where they are
   * @param home what they stand on, for messages
   * @param input what arrives
   * @return what leaves
   */
  Arrival expand(List<Part> parts, Paths paths, String home, Arrival input) {
    Arrival arrival = input;
    int position = 0;
    for (Part part : parts) {
      if (part instanceof Part.Single single) {
        String path = paths.at(position++, single.name());
        take(path, paths, part, single.name());
        arrival = append(() -> catalogue.layer(single.written(), report), path, List.of(arrival));
      } else if (part instanceof Part.Nested nested) {
        arrival = repeat(nested, paths, position, arrival);
        position += nested.times();
      } else if (part instanceof Part.Branched branched) {
        String path = paths.at(position++, branched.name());
        take(path, paths, part, branched.name());
        arrival = branch(branched, path, arrival);
      } else if (part instanceof Part.Sum sum) {
        arrival = add(sum, paths, home, input, arrival);
      } else {
        position++;
        arrival = arrival.as(Shape.ANY, part.written().text());
        complete = false;
      }
    }
    return arrival;
  }

  private void take(String path, Paths paths, Part part, Optional<Written> name) {
    if (!paths.alone().equals(Optional.of(path))) { // which the method has taken
      names.take(path, name.map(named -> named.at("value")).orElse(part.written().at()));
    }
  }

  /** The very first layer, unless a network inside comes first. */
  static Optional<Written> first(List<Part> parts) {
    return parts.stream()
        .limit(1)
        .filter(Part.Single.class::isInstance)
        .map(Part::written)
        .findFirst();
  }

  private Arrival repeat(Part.Nested nested, Paths paths, int position, Arrival input) {
    Arrival arrival = input;
    for (int i = 0; i < nested.times(); i++) {
      String path = paths.at(position, nested.name(), i, nested.times());
      take(path, paths, nested, nested.name());
      arrival =
          enter(nested.written(), nested.written().at("value"), nested.network(), path, arrival);
    }
    return arrival;
  }

  private Arrival branch(Part.Branched branched, String path, Arrival input) {
    List<Arrival> given = new ArrayList<>();
    for (int i = 0; i < branched.networks().size(); i++) {
      Declaration network = branched.networks().get(i);
      Written written = branched.written();
      given.add(
          enter(written, written.at("value", i), network, path + "." + i, input)
              .named("branch " + i + " (" + network.name() + ")"));
    }
    return append(() -> catalogue.meeting(branched.meeting(), report), path, given);
  }

  /** What is used, at its place. A block takes whatever arrives. */
  private Arrival enter(
      Written written, Position at, Declaration network, String path, Arrival arrival) {
    Optional<Shape> wanted = network.input().map(stated -> stated.shape(report));
    Shape arriving = arrival.value().shape();
    if (wanted.isPresent() && !wanted.get().fits(arriving)) {
      report.say(
          Message.OTHER_INPUT,
          at,
          written.name(),
          network.name(),
          wanted.get(),
          arriving,
          arrival.from());
    }
    // Whatever arrives, the layers inside were written for this.
    String from =
        wanted.isEmpty() || wanted.get().equals(arriving)
            ? arrival.from()
            : network.network().text();
    teaching.take(path, network.annotations());
    return expand(network, path + ".", arrival.as(wanted.orElse(arriving), from));
  }

  /** Adds what went past the layers above to what they gave. */
  private Arrival add(Part.Sum sum, Paths paths, String home, Arrival input, Arrival main) {
    Written residual = sum.written();
    Arrival past =
        sum.shortcut()
            .map(
                beside -> {
                  String path = paths.called(beside.name(), SHORTCUT);
                  take(path, paths, beside, beside.name());
                  return enter(
                      beside.written(),
                      beside.written().at("value"),
                      beside.network(),
                      path,
                      input);
                })
            .orElse(input);
    Shape shape = past.value().shape();
    String from = "@" + residual.name() + " of " + home;
    String path = paths.called(Optional.empty(), SUM);
    if (!shape.fits(main.value().shape())) {
      report.say(Message.RESIDUAL_DIFFERS, residual.at(), shape, main.value().shape());
      return new Arrival(new Value(path, shape.orElse(main.value().shape())), from)
          .with(main.padding());
    }
    names.take(path, residual.at());
    Arrival both = append(() -> catalogue.sum(residual, report), path, List.of(main, past));
    return new Arrival(both.value(), from).with(both.padding());
  }

  private Arrival append(Supplier<Layer> read, String path, List<Arrival> arrivals) {
    int errors = report.errors();
    Layer layer = read.get();
    List<Incoming> incoming = arrivals.stream().map(Arrival::incoming).toList();
    arrivals.stream().filter(one -> !one.missing()).forEach(one -> readings.by(layer, one));
    Shape output = layer.output(incoming, report);
    Value gives = new Value(path, output);
    List<Value> reads = new ArrayList<>(arrivals.stream().map(Arrival::value).toList());
    padding.read(layer, arrivals).ifPresent(reads::add);
    layers.add(new Node(layer, reads, gives));
    boolean known = reads.stream().allMatch(value -> value.shape().isKnown());
    if (report.errors() == errors && known && output.isKnown()) {
      List<Shape> in = reads.stream().map(Value::shape).toList();
      Node node = new Node(layer, reads, gives, layer.parameters(in), layer.state(in.get(0)));
      nodes.add(node);
      names.takeAll(node);
      new SizeCheck(report).check(node);
    } else {
      complete = false;
    }
    Arrival first = arrivals.get(0);
    boolean sameShape = output.equals(first.value().shape()) && layer.traits().activation();
    return new Arrival(
        gives,
        sameShape ? first.from() : layer.written().text(),
        first.port().filter(port -> layer.memory() == MemoryUse.VIEW),
        first.missing() && layer.memory() == MemoryUse.VIEW,
        padding.behind(layer, arrivals, path));
  }

  /** A value as a loss reads it: without its padding, where that is known. */
  Arrival forLoss(Layer leavesOut, Arrival value) {
    String path = value.value().path() + "." + Node.READ;
    return padding.read(leavesOut, List.of(value)).isEmpty()
        ? value
        : append(() -> leavesOut, path, List.of(value)).named(value.from());
  }

  /** Which of the network's inputs says of a value what is padding. */
  Optional<Value> saysPadding(Arrival value) {
    return value.padding().mask().map(padding::saidBy);
  }

  /** Says what nobody has asked for, once all is there. */
  void finish() {
    if (complete) {
      padding.finish();
    }
  }
}
