package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.optim.Schedule;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is known of a network, as a {@link Blueprint} has stated it; nothing of it changes. */
public final class Network {
  /** So many numbers a GPU reads and writes in a microsecond or two. */
  private static final long FEW_ON_A_GPU = 1_000_000;

  private final String name;
  private final Workload workload;
  private final Signature signature;
  private final List<StatedLayer> layers;
  private final List<Slot> parameters;
  private final List<Slot> slots;
  private final Map<String, Slot> ties = new LinkedHashMap<>();
  private final List<Integer> inputsWithGradient;
  private final long size;
  private final long frozenSize;
  private final long stateSize;
  private final long multiplyAdds;
  private final boolean divisible;
  private final boolean autograd;
  private final boolean descends;
  private final boolean mixed;
  private final boolean recorded;
  private final boolean tensorFloat32;
  private final boolean decaysWeightsOnly;
  private final long floatsForEvaluation;
  private final long floatsForTraining;
  private final long floatsBrought;
  private final long floatsPerPosition;
  private final long floatsRemembered;
  private final Stated<Optimizer> optimizer;
  private final List<Stated<Schedule>> schedules;
  private final TrainingDefaults training;

  /** Takes over what has been stated until now. */
  Network(Blueprint stated) {
    name = stated.name;
    workload = stated.workload;
    signature =
        new Signature(
            name,
            TensorSpecs.of(stated.inputNames, stated.inputs),
            List.copyOf(stated.outputs),
            List.copyOf(stated.losses),
            stated.calledOutput,
            stated.byHand);
    inputsWithGradient = List.copyOf(stated.inputsWithGradient);
    layers = List.copyOf(stated.layers);
    parameters = List.copyOf(stated.parameters);
    List<Slot> all = new ArrayList<>(parameters);
    all.addAll(stated.state);
    slots = List.copyOf(all);
    Map<String, Slot> named = new HashMap<>();
    parameters.forEach(slot -> named.put(slot.name(), slot));
    stated.ties.forEach((alias, owner) -> ties.put(alias, named.get(owner)));
    size = parameters.stream().filter(Slot::learns).mapToLong(Slot::size).sum();
    frozenSize = parameters.stream().mapToLong(Slot::size).sum() - size;
    stateSize = stated.state.stream().mapToLong(Slot::size).sum();
    multiplyAdds = layers.stream().mapToLong(StatedLayer::multiplyAdds).sum();
    divisible = !stated.undivided && !stated.autograd;
    autograd = stated.autograd;
    descends = stated.descends;
    mixed = stated.mixed;
    recorded = stated.recorded;
    tensorFloat32 = stated.tensorFloat32;
    decaysWeightsOnly = stated.decaysWeightsOnly;
    floatsForEvaluation = stated.floatsForEvaluation;
    floatsForTraining = stated.floatsForTraining;
    floatsBrought = stated.floatsBrought;
    floatsPerPosition = stated.floatsPerPosition;
    floatsRemembered = stated.floatsRemembered;
    optimizer = stated.optimizer;
    schedules = List.copyOf(stated.schedules);
    training = new TrainingDefaults(stated.epochs, stated.batchSize, stated.shuffle, stated.seed);
  }

  /** Something as it was written, and what makes a new one. */
  record Stated<T>(String text, Supplier<T> factory) {}

  private Optional<StatedLayer> neediest(Predicate<String> evaluates) {
    StatedLayer most = null;
    for (StatedLayer layer : layers) {
      if (layer.fewestExamples() > (most == null ? 1 : most.fewestExamples())
          && !evaluates.test(layer.path())) {
        most = layer;
      }
    }
    return Optional.ofNullable(most);
  }

  /** The name of the declaring interface: for example {@code Mlp}. */
  public String name() {
    return name;
  }

  /** Whether a GPU's products may round their factors to 11 bits. */
  public boolean allowsTensorFloat32() {
    return tensorFloat32;
  }

  /** Whether a GPU may replay its steps. */
  public boolean isRecorded() {
    return recorded;
  }

  /**
   * Whether on a GPU, too, plain gradient descent is part of the products that give gradients: it
   * saves that many bytes, but where parameters are few the one operation for all is faster, and it
   * alone finds a rate that changes in the GPU's memory.
   */
  public boolean descendsOnGpu() {
    return size > FEW_ON_A_GPU && schedules.isEmpty();
  }

  /** What its time goes into: products, or convolutions. */
  public Workload workload() {
    return workload;
  }

  /** What it is given and gives, and what it learns by. */
  public Signature signature() {
    return signature;
  }

  /** What a checkpoint must have been made of: a line for each layer and setting. */
  public List<String> identity() {
    List<String> lines = new ArrayList<>();
    lines.add("network " + name + ", input " + signature.inputs());
    lines.addAll(signature.namedOutputs());
    layers.forEach(layer -> lines.add(layer.identity()));
    slots.forEach(slot -> lines.add(slot.name() + " " + Shapes.text(slot.shape())));
    parameters.stream()
        .filter(slot -> slot.rate() != 1)
        .map(slot -> slot.name() + (slot.learns() ? " at rate " + slot.rate() : " is frozen"))
        .forEach(lines::add);
    lines.addAll(signature.identityOfLosses());
    lines.add("optimizer " + (optimizer == null ? "" : optimizer.text));
    schedules.forEach(schedule -> lines.add("schedule " + schedule.text));
    if (mixed) {
      lines.add("mixed precision");
    }
    if (decaysWeightsOnly) {
      lines.add("biases do not decay");
    }
    return lines;
  }

  /** What the network consists of: a row for each layer. */
  public Summary summary() {
    List<Summary.Layer> rows = new ArrayList<>();
    Map<String, Long> learned = learned();
    for (StatedLayer layer : layers) {
      rows.add(
          new Summary.Layer(
              layer.path(),
              layer.text(),
              layer.reads(),
              Shapes.batchOf(layer.output()),
              learned.getOrDefault(layer.path(), 0L),
              layer.multiplyAdds()));
    }
    return new Summary(
        name,
        signature.ports(),
        rows,
        signature.lossText(),
        optimizer == null ? "" : optimizer.text,
        Float.BYTES * floatsForEvaluation,
        Float.BYTES * (floatsForTraining + floatsBrought),
        frozenSize,
        remembered(),
        "");
  }

  private int remembered() {
    if (optimizer == null) {
      return 0;
    }
    try (Optimizer some = optimizer.factory.get()) {
      return some.remembers();
    }
  }

  /** How many numbers the layer of each path learns. */
  private Map<String, Long> learned() {
    Map<String, Long> all = new HashMap<>();
    for (Slot slot : parameters) {
      // A name may stand in front of another layer's: the longest is the layer's own.
      layers.stream()
          .map(StatedLayer::path)
          .filter(path -> slot.name().startsWith(path + "."))
          .max(Comparator.comparingInt(String::length))
          .ifPresent(path -> all.merge(path, slot.size(), Long::sum));
    }
    return all;
  }

  /**
   * How many examples a batch must have for all layers to learn from it.
   *
   * @param evaluates whether the layer of a path does not learn from examples, as it is frozen
   * @return at least 1
   */
  public long fewestExamples(Predicate<String> evaluates) {
    return neediest(evaluates).map(StatedLayer::fewestExamples).orElse(1L);
  }

  /**
   * Whether a batch has enough examples to learn from it.
   *
   * @param n how many it has
   * @param evaluates whether the layer of a path does not learn from examples, as it is frozen
   * @return what it lacks, in words; empty where it has them
   */
  public Optional<String> lackOfExamples(long n, Predicate<String> evaluates) {
    return neediest(evaluates)
        .filter(layer -> n < layer.fewestExamples())
        .map(
            layer ->
                String.format(
                    Locale.ROOT,
                    "layer %s %s of %s learns only from batches of at least %d examples",
                    layer.path(),
                    layer.text(),
                    name,
                    layer.fewestExamples()));
  }

  List<StatedLayer> layers() {
    return layers;
  }

  /** The multiplications, each with an addition, of all layers: for one example, forward. */
  public long multiplyAdds() {
    return multiplyAdds;
  }

  /** Which inputs have a gradient: their numbers, ascending. */
  public List<Integer> inputsWithGradient() {
    return inputsWithGradient;
  }

  /** What is learned, and what is frozen: in PyTorch's order. */
  public List<Slot> parameters() {
    return parameters;
  }

  /** All that a file keeps: parameters, then what is remembered besides. */
  public List<Slot> slots() {
    return slots;
  }

  /** How many numbers are learned: the elements of all parameters. */
  public long size() {
    return size;
  }

  /** How many numbers are frozen: the elements of those parameters. */
  public long frozenSize() {
    return frozenSize;
  }

  /** How many numbers are remembered besides: their elements. */
  public long stateSize() {
    return stateSize;
  }

  /** What layers use of others: the parameter, by what it would be called as the layer's own. */
  public Map<String, Slot> ties() {
    return ties;
  }

  /** How many numbers those are whose gradients are added to another's. */
  public long tiedSize() {
    return autograd ? 0 : ties.values().stream().filter(Slot::learns).mapToLong(Slot::size).sum();
  }

  /**
   * Whether workers may divide a batch.
   *
   * @return false where a layer looks at all examples, or autograd computes the gradients
   */
  public boolean isDivisible() {
    return divisible;
  }

  /**
   * Whether losses are means over as many rows as they are told, rather than over those at hand.
   */
  public boolean dividesLosses() {
    return divisible && !autograd;
  }

  /**
   * What a pass needs in memory for each example.
   *
   * @param forTraining with gradients
   * @return in 32-bit floats
   */
  public long floatsPerExample(boolean forTraining) {
    return forTraining ? floatsForTraining : floatsForEvaluation;
  }

  /**
   * What operations bring besides in a pass, in memory of their own, for each example.
   *
   * @param forTraining with gradients
   * @return in 32-bit floats
   */
  public long floatsBrought(boolean forTraining) {
    return forTraining ? floatsBrought : 0;
  }

  /** Whether it writes texts: false unless the annotations ask for it. */
  public boolean writesTexts() {
    return floatsPerPosition > 0;
  }

  /** What positions of a text that are computed together need in memory each, in 32-bit floats. */
  public long floatsPerPosition() {
    return floatsPerPosition;
  }

  /** What is remembered of each position of a text, in 32-bit floats. */
  public long floatsRemembered() {
    return floatsRemembered;
  }

  /** Whether libtorch's autograd computes the gradients: false where all steps are written out. */
  public boolean usesAutograd() {
    return autograd;
  }

  /**
   * Whether weight decay leaves biases and what norms learn alone.
   *
   * @return false unless the annotations say so
   */
  public boolean hasDecayOfWeightsOnly() {
    return decaysWeightsOnly;
  }

  /** Whether products compute in bfloat16 while training: true where the annotations ask for it. */
  public boolean isMixed() {
    return mixed;
  }

  /**
   * Whether shares can do a plain step of gradient descent by themselves.
   *
   * @return true where that is written out
   */
  public boolean canDescend() {
    return descends;
  }

  /** A new optimizer: empty where the annotations state none. */
  public Optional<Optimizer> newOptimizer() {
    return Optional.ofNullable(optimizer).map(stated -> stated.factory.get());
  }

  /** New schedules, for a run: in the order of the annotations. */
  public List<Schedule> newSchedules() {
    return schedules.stream().map(schedule -> schedule.factory.get()).toList();
  }

  /** How the network is trained unless a trainer is told otherwise: as the annotations say. */
  public TrainingDefaults training() {
    return training;
  }
}
