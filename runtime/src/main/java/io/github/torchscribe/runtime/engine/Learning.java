package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Slot;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** What learns of a network, and at which rates: as its annotations say, and for a run besides. */
public final class Learning {
  private final Network network;
  private final List<String> frozen;
  private final Map<String, Double> rates;
  private final List<ParameterGroup> groups = new ArrayList<>();
  private final List<ParameterGroup> others = new ArrayList<>();

  /**
   * As annotations and patterns say.
   *
   * @param frozen names of what stays as it is
   * @param rates what the learning rate is multiplied by, by names
   * @throws IllegalArgumentException where a tied weight is frozen under one of its names alone
   */
  public Learning(Network network, List<String> frozen, Map<String, Double> rates) {
    this.network = network;
    this.frozen = List.copyOf(frozen);
    this.rates = new TreeMap<>(rates); // a product of several is one in each run
    network.ties().forEach(this::requireOneWay);
    for (Slot slot : network.parameters()) { // those that learn lie in this order
      if (slot.learns()) {
        add(isFrozen(slot.name()) ? others : groups, slot.offset(), slot.size(), rate(slot));
      }
    }
  }

  private void requireOneWay(String alias, Slot owner) {
    if (owner.learns() && isFrozen(alias) && !isFrozen(owner.name())) {
      throw new IllegalArgumentException(
          alias
              + " is frozen, but "
              + owner.name()
              + ", whose value it is, is not; one value either learns or does not: freeze both");
    }
  }

  private double rate(Slot slot) {
    double rate = slot.rate();
    for (Map.Entry<String, Double> entry : rates.entrySet()) {
      rate *= isOf(entry.getKey(), slot.name()) ? entry.getValue() : 1;
    }
    return rate;
  }

  /** Side by side and at one rate they are one group. */
  private static void add(List<ParameterGroup> to, long offset, long size, double rate) {
    int last = to.size() - 1;
    ParameterGroup before = last < 0 ? null : to.get(last);
    if (before != null && before.offset() + before.size() == offset && before.rate() == rate) {
      to.set(last, new ParameterGroup(before.offset(), before.size() + size, rate));
    } else {
      to.add(new ParameterGroup(offset, size, rate));
    }
  }

  /**
   * Requires that something is called so.
   *
   * @return the pattern
   * @throws IllegalArgumentException where nothing is
   */
  public static String required(Network network, String pattern) {
    if (network.slots().stream().noneMatch(slot -> isOf(pattern, slot.name()))) {
      String names =
          network.slots().stream().map(Slot::name).limit(10).collect(Collectors.joining(", "));
      String more = network.slots().size() > 10 ? ", …" : "";
      throw new IllegalArgumentException(
          "no parameter of "
              + network.name()
              + " is called like \""
              + pattern
              + "\"; they are "
              + names
              + more
              + "; * stands for anything, and the name of a part for all that is in it");
    }
    return pattern;
  }

  /** Whether a name is one of those that a pattern means. */
  private static boolean isOf(String pattern, String name) {
    String quoted =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.matches(quoted + "(\\..*)?", name);
  }

  private boolean isFrozen(String name) {
    for (String pattern : frozen) {
      if (isOf(pattern, name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all learns, at one rate. */
  boolean isPlain() {
    return others.isEmpty() && groups.size() == 1 && groups.get(0).rate() == 1;
  }

  /** Whether the same parameters learn as by another. */
  boolean learnsSame(Learning other) {
    return others.equals(other.others);
  }

  /** What learns, and at which rates. */
  List<ParameterGroup> groups() {
    return groups;
  }

  /** Where what learns begins. */
  long first() {
    return groups.isEmpty() ? network.size() : groups.get(0).offset();
  }

  /** Where what is remembered begins that is frozen for a run. */
  long[] frozenState() {
    if (frozen.isEmpty()) {
      return new long[0];
    }
    return network.slots().stream()
        .skip(network.parameters().size())
        .filter(slot -> isFrozen(slot.name()))
        .mapToLong(Slot::offset)
        .sorted()
        .toArray();
  }

  /** Whether what a layer remembers is frozen for a run, so that it goes by that. */
  boolean evaluates(String path) {
    List<Slot> remembered =
        network.slots().subList(network.parameters().size(), network.slots().size());
    for (Slot slot : remembered) {
      if (slot.name().startsWith(path + ".") && isFrozen(slot.name())) {
        return true;
      }
    }
    return false;
  }

  /** What does not learn has no gradient. */
  void clear(Tensor gradients) {
    for (ParameterGroup group : others) {
      gradients.narrow(0, group.offset(), group.size()).zero_();
    }
  }

  /**
   * Requires that an optimizer can do it.
   *
   * @throws IllegalStateException where nothing learns, or all has to, at one rate
   */
  void require(Optimizer optimizer) {
    if (groups.isEmpty()) {
      throw new IllegalStateException(
          "all parameters of " + network.name() + " are frozen: leave some that learn");
    }
    boolean oneRate = groups.stream().allMatch(group -> group.rate() == 1);
    if (!optimizer.hasGroups() && !(oneRate && (others.isEmpty() || optimizer.reevaluates()))) {
      throw new IllegalStateException(
          optimizer.getClass().getSimpleName()
              + " takes all parameters of "
              + network.name()
              + ", at one learning rate: neither freeze some nor give them rates of their own, or"
              + " take another optimizer");
    }
  }

  /** What a checkpoint must have been made with: a line for each. */
  public List<String> identity() {
    List<String> lines = new ArrayList<>();
    frozen.stream().sorted().forEach(pattern -> lines.add("frozen " + pattern));
    rates.forEach((pattern, rate) -> lines.add("rate of " + pattern + " " + rate));
    return lines;
  }
}
