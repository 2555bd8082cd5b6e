package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Padded;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds out which values say which places of others are padding, who reads them, and where nobody
 * knows any more. What is computed for it gets nodes among the layers.
 */
final class PaddingFlow {
  private final Report report;
  private final Readings readings;
  private final List<Node> nodes;
  private final PartNames names;
  private final Set<Layer> saidToLose = new HashSet<>();

  /** Which layer has said it first, of each mask. */
  private final Map<Value, Layer> sayers = new HashMap<>();

  private final Map<Source, Value> masks = new HashMap<>();
  private final Map<Value, Value> madeOf = new HashMap<>();
  private final Map<Value, Layer> unread = new LinkedHashMap<>();

  /** What a mask is made of: two that are made alike are one. */
  private record Source(Value from, OptionalLong nothing, Shape shape) {}

  PaddingFlow(Report report, Readings readings, List<Node> nodes, PartNames names) {
    this.report = report;
    this.readings = readings;
    this.nodes = nodes;
    this.names = names;
  }

  /**
   * What says which places a layer leaves out, where that is known; where it was lost it is said.
   */
  Optional<Value> read(Layer layer, List<Arrival> arrivals) {
    Optional<Padding> padding = Padding.readBy(layer, arrivals);
    padding
        .flatMap(Padding::lostAt)
        .filter(saidToLose::add)
        .ifPresent(
            loser ->
                report.say(
                    Message.PADDING_LOST,
                    loser.written().at(),
                    loser.name(),
                    layer.name(),
                    loser.name(),
                    layer.name()));
    Optional<Value> mask = padding.flatMap(Padding::mask);
    for (Value read = mask.orElse(null); read != null; read = madeOf.get(read)) {
      unread.remove(read);
    }
    return mask;
  }

  /** The network's own input that says it. */
  Value saidBy(Value mask) {
    Value first = mask;
    while (madeOf.containsKey(first)) {
      first = madeOf.get(first);
    }
    Value said = first;
    return masks.entrySet().stream()
        .filter(entry -> entry.getValue().equals(said))
        .map(entry -> entry.getKey().from())
        .findFirst()
        .orElse(said);
  }

  /** What is known of padding behind a layer. One that knows it itself has a node that says it. */
  Padding behind(Layer layer, List<Arrival> arrivals, String path) {
    List<Shape> shapes = arrivals.stream().map(arrival -> arrival.value().shape()).toList();
    Optional<Padded> own = layer.padding(shapes);
    if (own.isPresent()) {
      return said(own.get(), layer, arrivals.get(own.get().which()), path);
    }
    requireOne(layer, arrivals, shapes);
    Padding kept = Padding.behind(layer, arrivals);
    Optional<Layer> moves = layer.movesPadding();
    return kept.mask().isEmpty() || moves.isEmpty()
        ? kept
        : moved(moves.get(), kept.mask().get(), layer, path);
  }

  private Padding said(Padded own, Layer layer, Arrival from, String path) {
    readings.tells(from, own, layer);
    return own.layer()
        .map(says -> made(says, from, own.nothing(), layer, path))
        .orElseGet(() -> says(from.value(), layer));
  }

  private Padding moved(Layer moves, Value before, Layer layer, String path) {
    Arrival mask = new Arrival(before, layer.written().text());
    Padding behind = made(moves, mask, OptionalLong.empty(), layer, path);
    madeOf.put(behind.mask().orElseThrow(), before);
    return behind;
  }

  private Padding made(Layer says, Arrival from, OptionalLong nothing, Layer layer, String path) {
    Shape shape = says.output(from.incoming(), report);
    Source source = new Source(from.value(), nothing, shape);
    Value known = masks.get(source);
    if (known != null) {
      return Padding.of(known);
    }
    Value mask = new Value(path + "." + Node.MASK, shape);
    if (shape.isKnown()) {
      Node node = new Node(says, List.of(from.value()), mask);
      nodes.add(node);
      names.takeAll(node);
    }
    masks.put(source, mask);
    return says(mask, layer);
  }

  private Padding says(Value mask, Layer layer) {
    sayers.putIfAbsent(mask, layer);
    unread.put(mask, layer);
    return Padding.of(mask);
  }

  /** What is there by one value and padding by the other would be one or the other in silence. */
  private void requireOne(Layer layer, List<Arrival> arrivals, List<Shape> shapes) {
    List<Value> different =
        layer.places(shapes).keeps().stream()
            .flatMap(which -> arrivals.get(which).padding().mask().stream())
            .distinct()
            .toList();
    if (different.size() > 1) {
      report.say(
          Message.PADDING_DIFFERS,
          layer.written().at(),
          layer.name(),
          sayers.get(different.get(0)).name(),
          sayers.get(different.get(1)).name());
    }
  }

  /** Says of which padding nobody wants to know, once all is there; then nothing says it. */
  void finish() {
    List<Value> none = new ArrayList<>();
    if (saidToLose.isEmpty()) {
      unread.forEach(
          (mask, layer) -> {
            none.add(mask);
            if (!madeOf.containsKey(mask)) {
              report.say(Message.PADDING_UNREAD, layer.written().at(), layer.name());
            }
          });
      nodes.removeIf(node -> none.contains(node.gives()));
    }
  }
}
