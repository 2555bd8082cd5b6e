package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Slot;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** What learns of a network, and at which rates: as its annotations say, and for a run besides. */
public final class Learning {
  private final Network network;
  private final List<Names> frozen;
  private final Map<Names, Double> rates;
  private final List<ParameterGroup> groups = new ArrayList<>();
  private final List<ParameterGroup> others = new ArrayList<>();
  private final boolean oneRate;
  private final long fewestExamples;

  /** The names of which a pattern says that they are meant: its own, and those below a part. */
  private record Names(String text, Pattern pattern) {
    static Names of(String text) {
      String quoted =
          Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
      return new Names(text, Pattern.compile(quoted + "(\\..*)?"));
    }

    boolean have(String name) {
      return pattern.matcher(name).matches();
    }
  }

  /**
   * As annotations and patterns say.
   *
   * @param frozen names of what stays as it is
   * @param rates what the learning rate is multiplied by, by names
   * @throws IllegalArgumentException where a tied weight is frozen under one of its names alone, or
   *     what has a rate is frozen
   */
  public Learning(Network network, List<String> frozen, Map<String, Double> rates) {
    this.network = network;
    this.frozen = frozen.stream().map(Names::of).toList();
    this.rates = new LinkedHashMap<>();
    // Sorted: a product of several is one in each run.
    new TreeMap<>(rates).forEach((text, rate) -> this.rates.put(Names.of(text), rate));
    this.rates.keySet().forEach(this::requireOfUse);
    network.ties().forEach(this::requireOneWay);
    for (Slot slot : network.parameters()) { // those that learn lie in this order
      if (slot.learns()) {
        add(isFrozen(slot.name()) ? others : groups, slot.offset(), slot.size(), rate(slot));
      }
    }
    oneRate = groups.stream().allMatch(group -> group.rate() == 1);
    fewestExamples = network.fewestExamples(this::evaluates);
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
    for (Map.Entry<Names, Double> entry : rates.entrySet()) {
      rate *= entry.getKey().have(slot.name()) ? entry.getValue() : 1;
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
    Names meant = Names.of(pattern);
    if (network.slots().stream().noneMatch(slot -> meant.have(slot.name()))) {
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

  /**
   * Requires that something that is called so learns, as annotations say.
   *
   * @return the pattern
   * @throws IllegalArgumentException where nothing is called so, or {@code @Frozen} has all of it
   */
  public static String learning(Network network, String pattern) {
    Names meant = Names.of(required(network, pattern));
    if (network.parameters().stream().noneMatch(slot -> slot.learns() && meant.have(slot.name()))) {
      throw new IllegalArgumentException(
          "nothing that is called like \""
              + pattern
              + "\" learns in "
              + network.name()
              + ": it is @Frozen, and a learning rate does not change that; train it in a network"
              + " whose declaration says the same without @Frozen, and hold it still by"
              + " trainer.freeze where it is to stay");
    }
    return pattern;
  }

  /** A rate of what a run freezes would be of no use, and what was meant is unknown. */
  private void requireOfUse(Names rated) {
    if (network.parameters().stream()
        .filter(slot -> slot.learns() && rated.have(slot.name()))
        .allMatch(slot -> isFrozen(slot.name()))) {
      throw new IllegalArgumentException(
          "all that is called like \""
              + rated.text()
              + "\" has a learning rate of its own in this run, and is frozen: leave out the rate,"
              + " or freeze less");
    }
  }

  private boolean isFrozen(String name) {
    for (Names names : frozen) {
      if (names.have(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether all learns, at one rate. */
  boolean isPlain() {
    return others.isEmpty() && oneRate;
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

  /** What a batch of so many examples lacks to be learned from, in words. */
  public Optional<String> lackOfExamples(long n) {
    return n < fewestExamples ? network.lackOfExamples(n, this::evaluates) : Optional.empty();
  }

  /** Whether what a layer remembers is frozen for a run, so that it goes by that. */
  private boolean evaluates(String path) {
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
    frozen.stream().map(Names::text).sorted().forEach(text -> lines.add("frozen " + text));
    rates.forEach((names, rate) -> lines.add("rate of " + names.text() + " " + rate));
    return lines;
  }
}
