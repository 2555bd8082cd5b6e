package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of which of a value's places are padding.
 *
 * @param mask says it, as 1 for each place that is there and 0 for each that is padding; empty
 *     where there is none, or nobody knows
 * @param lostAt behind which layer nobody knows any more; empty where it is known, or never was
 */
record Padding(Optional<Value> mask, Optional<Layer> lostAt) {
  /** Nothing is. */
  static final Padding NONE = new Padding(Optional.empty(), Optional.empty());

  /** It is known. */
  static Padding of(Value mask) {
    return new Padding(Optional.of(mask), Optional.empty());
  }

  /** What is known behind a layer of the padding of what arrives. */
  static Padding behind(Layer layer, List<Arrival> arrivals) {
    List<Shape> shapes = arrivals.stream().map(arrival -> arrival.value().shape()).toList();
    Places places = layer.places(shapes);
    Optional<Padding> kept =
        places.keeps().stream()
            .map(which -> arrivals.get(which).padding())
            .filter(padding -> padding.mask().isPresent())
            .findFirst();
    if (kept.isPresent()) {
      return kept.get();
    }
    Value read = readBy(layer, arrivals).flatMap(Padding::mask).orElse(null);
    boolean loses =
        arrivals.stream()
            .flatMap(arrival -> arrival.padding().mask().stream())
            .anyMatch(mask -> !Objects.equals(mask, read));
    if (loses) {
      return new Padding(Optional.empty(), Optional.of(layer));
    }
    Optional<Layer> before =
        arrivals.stream().flatMap(arrival -> arrival.padding().lostAt().stream()).findFirst();
    return new Padding(Optional.empty(), before);
  }

  /** The padding that a layer would leave out. */
  static Optional<Padding> readBy(Layer layer, List<Arrival> arrivals) {
    List<Shape> shapes = arrivals.stream().map(arrival -> arrival.value().shape()).toList();
    return layer.places(shapes).leavesOut().stream()
        .mapToObj(which -> arrivals.get(which).padding())
        .findFirst();
  }
}
