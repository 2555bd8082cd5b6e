package io.github.torchscribe.processor.declaration;

import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts methods that are values in turn, each behind those that it takes. */
final class WireCheck {
  private final Map<String, Method> all = new LinkedHashMap<>();
  private final Report report;

  /**
   * A check.
   *
   * @param written the methods, in source order
   * @param report is told what is wrong
   */
  WireCheck(List<Method> written, Report report) {
    written.forEach(method -> all.putIfAbsent(method.name(), method));
    this.report = report;
  }

  /**
   * Each behind those that it takes; where that leaves a choice, in source order. A value that
   * would be made of itself is reported, and goes on as if it were not.
   */
  List<Method> inTurn() {
    Map<String, Method> left = new LinkedHashMap<>(all);
    List<Method> turn = new ArrayList<>();
    Set<Wire> cut = new HashSet<>();
    while (!left.isEmpty()) {
      Optional<Method> next =
          left.values().stream()
              .filter(method -> waitsFor(method, left, cut).isEmpty())
              .findFirst();
      if (next.isPresent()) {
        turn.add(left.remove(next.get().name()));
      } else {
        cut.add(cycle(left, cut));
      }
    }
    return turn;
  }

  /** A wire whose value is not there yet. */
  private static Optional<Wire> waitsFor(Method method, Map<String, Method> left, Set<Wire> cut) {
    return method.wires().stream()
        .filter(wire -> left.containsKey(wire.value()) && !cut.contains(wire))
        .findFirst();
  }

  /** Reports a cycle, where all wait for each other; one of its wires. */
  private Wire cycle(Map<String, Method> left, Set<Wire> cut) {
    List<Method> way = new ArrayList<>();
    Method at = left.values().iterator().next();
    while (!way.contains(at)) {
      way.add(at);
      at = left.get(waitsFor(at, left, cut).orElseThrow().value());
    }
    List<Method> around = way.subList(way.indexOf(at), way.size());
    Method first = all.values().stream().filter(around::contains).findFirst().orElseThrow();
    int start = around.indexOf(first);
    List<Wire> wires =
        IntStream.range(0, around.size())
            .mapToObj(i -> around.get((start + i) % around.size()))
            .map(method -> waitsFor(method, left, cut).orElseThrow())
            .toList();
    String text =
        IntStream.range(0, wires.size())
            .mapToObj(
                i ->
                    (i == 0 ? first.name() : wires.get(i - 1).value())
                        + " takes "
                        + wires.get(i).value())
            .collect(Collectors.joining(", "));
    report.say(Message.VALUE_CYCLE, wires.get(0).at(), first.name(), text);
    return wires.get(0);
  }
}
