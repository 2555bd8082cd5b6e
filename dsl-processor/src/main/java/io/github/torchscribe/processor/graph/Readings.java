package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.declaration.Stated;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Padded;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Who reads the network's own inputs, and whether as indices or as numbers. */
final class Readings {
  /** What it is called where it is the only one. */
  static final String THE_INPUT = "the network's input";

  private final Report report;
  private final Map<String, Reading> ports = new HashMap<>();

  Readings(Report report) {
    this.report = report;
  }

  /** How one of them is read. */
  private static final class Reading {
    private final String what;
    private OptionalLong indices = OptionalLong.empty();
    private Written byIndices;
    private Written byNumbers;
    private boolean said;
    private OptionalLong padding = OptionalLong.empty();
    private boolean isMask;
    private boolean isLength;

    Reading(String port) {
      what = port.equals(Value.INPUT) ? THE_INPUT : "the input " + port;
    }
  }

  /** How many indices there are to choose from; empty where the input is numbers. */
  OptionalLong indices(String port) {
    return of(port).indices;
  }

  private Reading of(String port) {
    return ports.computeIfAbsent(port, Reading::new);
  }

  /** A layer reads what arrives. */
  void by(Layer layer, Arrival arrival) {
    if (layer.indices().isPresent()) {
      if (arrival.port().isPresent()) {
        asIndices(layer, of(arrival.port().get()));
      } else {
        report.say(Message.NOT_INDICES, layer.written().at(), layer.name(), arrival.from());
      }
    } else if (arrival.port().isPresent() && layer.memory() != MemoryUse.VIEW) {
      asNumbers(layer.written(), of(arrival.port().get()));
    }
  }

  /** A layer knows by an input which places are padding. */
  void tells(Arrival arrival, Padded padded, Layer layer) {
    if (arrival.port().isPresent()) {
      Reading reading = of(arrival.port().get());
      reading.padding = padded.nothing();
      reading.isMask = padded.nothing().isEmpty();
      boolean looksUp = layer.indices().isPresent(); // then it has been said that it does
      if (reading.isMask) {
        asNumbers(layer.written(), reading);
      } else if (!looksUp && padded.layer().isPresent()) {
        reading.isLength = true;
        asIndices(padded.layer().get(), reading);
      }
    }
  }

  /** The input as it is read. */
  Port port(String name, Arrival arrival, OptionalLong indices) {
    Reading reading = of(arrival.port().orElseThrow());
    return new Port(name, arrival.value(), indices, reading.padding, reading.isMask, false);
  }

  private void asIndices(Layer layer, Reading reading) {
    long count = layer.indices().getAsLong();
    boolean isFewest = count < reading.indices.orElse(Long.MAX_VALUE);
    reading.indices = OptionalLong.of(Math.min(count, reading.indices.orElse(count)));
    reading.byIndices = isFewest ? layer.written() : reading.byIndices;
    requireOne(layer.written(), reading);
  }

  private void asNumbers(Written reader, Reading reading) {
    reading.byNumbers = reader;
    requireOne(reader, reading);
  }

  private void requireOne(Written reader, Reading reading) {
    if (reading.byIndices != null && reading.byNumbers != null && !reading.said) {
      reading.said = true;
      report.say(
          Message.READ_TWICE,
          reader.at(),
          reading.what,
          reading.byIndices.name(),
          reading.byNumbers.name());
    }
  }

  /**
   * What is stated of an input, where it agrees with how the input is read.
   *
   * @param port which it is
   * @param name what users call it
   * @return how many indices there are to choose from; empty where the input is numbers
   */
  OptionalLong agreed(String port, String name, Stated stated) {
    Reading reading = of(port);
    OptionalLong count = stated.indices(report);
    if (count.isEmpty()) {
      return reading.indices;
    }
    if (reading.byNumbers != null && reading.byIndices == null) {
      report.say(
          Message.INDICES_AS_NUMBERS,
          stated.written().at("indices"),
          name,
          reading.byNumbers.name());
    } else if (count.getAsLong() > reading.indices.orElse(Long.MAX_VALUE)) {
      report.say(
          Message.FEWER_INDICES,
          stated.written().at("indices"),
          name,
          count.getAsLong(),
          reading.byIndices.name(),
          reading.indices.getAsLong());
    } else if (reading.isLength && count.getAsLong() < reading.indices.getAsLong()) {
      long most = reading.indices.getAsLong() - 1;
      report.say(
          Message.TOO_FEW_LENGTHS,
          stated.written().at("indices"),
          name,
          count.getAsLong(),
          reading.byIndices.name(),
          most,
          most + 1);
    }
    return count;
  }
}
