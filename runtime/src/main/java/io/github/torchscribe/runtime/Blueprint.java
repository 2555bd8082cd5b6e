package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Shapes;
import io.github.torchscribe.runtime.data.TensorSpec;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.optim.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a generated class says of its network: names, shapes, and what the annotations ask of
 * training. Immutable; each method returns a changed copy.
 */
public final class Blueprint {
  /** A parameter's place in the flat buffer. */
  record Slot(String name, long offset, long[] shape, boolean counts) {
    long size() {
      return Shapes.elements(shape);
    }
  }

  /** A layer as it was written. */
  record Layer(String path, String text, long[] output, long multiplyAdds, long fewestExamples) {
    private Layer multiplyAdds(long count) {
      return new Layer(path, text, output, count, fewestExamples);
    }

    private Layer fewestExamples(long count) {
      return new Layer(path, text, output, multiplyAdds, count);
    }
  }

  /** The loss as it was written, and what it says of targets and outputs. */
  record Loss(String text, TensorSpec targets, Decision decision) {
    /** What it takes, for messages: what is ignored unless asked for is nothing to puzzle over. */
    String takes() {
      boolean isUsual = targets.ignored().equals(OptionalLong.of(TensorSpec.USUALLY_IGNORED));
      TensorSpec said = isUsual ? TensorSpec.indices(targets.count(), targets.shape()) : targets;
      return said.toString();
    }
  }

  /** The optimizer as it was written. */
  record Update(String text, Supplier<Optimizer> factory) {}

  /** A schedule as it was written. */
  private record Plan(String text, Supplier<Schedule> factory) {}

  /** The defaults of training. */
  record Settings(int epochs, int batchSize, boolean shuffle, OptionalLong seed) {}

  private final String name;
  private final Workload workload;
  private TensorSpec input = TensorSpec.numbers();
  private long[] output = {};
  private List<Layer> layers = List.of();
  private Layer needy;
  private List<Slot> parameters = List.of();
  private List<Slot> state = List.of();
  private boolean undivided;
  private long floatsForEvaluation;
  private long floatsForTraining;
  private boolean autograd;
  private boolean descends;
  private boolean mixed;
  private boolean decaysWeightsOnly;
  private Loss loss;
  private double[] classWeights;
  private Update optimizer;
  private List<Plan> schedules = List.of();
  private Settings settings = new Settings(1, 1, true, OptionalLong.empty());

  private Blueprint(String name, Workload workload) {
    this.name = name;
    this.workload = workload;
  }

  private Blueprint(Blueprint other) {
    this(other.name, other.workload);
    input = other.input;
    output = other.output;
    layers = other.layers;
    needy = other.needy;
    parameters = other.parameters;
    state = other.state;
    undivided = other.undivided;
    floatsForEvaluation = other.floatsForEvaluation;
    floatsForTraining = other.floatsForTraining;
    autograd = other.autograd;
    descends = other.descends;
    mixed = other.mixed;
    decaysWeightsOnly = other.decaysWeightsOnly;
    loss = other.loss;
    classWeights = other.classWeights;
    optimizer = other.optimizer;
    schedules = other.schedules;
    settings = other.settings;
  }

  private Blueprint with(Consumer<Blueprint> change) {
    Blueprint copy = new Blueprint(this);
    change.accept(copy);
    return copy;
  }

  /**
   * Begins the description of a network.
   *
   * @param name of the declaring interface
   * @param workload what its time goes into
   * @return a blueprint without parameters
   */
  public static Blueprint of(String name, Workload workload) {
    return new Blueprint(name, workload);
  }

  /**
   * States what one example is.
   *
   * @param spec numbers, or indices
   * @return the changed copy
   */
  public Blueprint input(TensorSpec spec) {
    return with(copy -> copy.input = spec);
  }

  /**
   * States the shape of one output.
   *
   * @param shape without the batch dimension
   * @return the changed copy
   */
  public Blueprint output(long... shape) {
    return with(copy -> copy.output = shape.clone());
  }

  /**
   * Adds a layer.
   *
   * @param path where it stands, as {@code nn.Sequential} names it
   * @param text as it was written
   * @param shape of its output, without the batch dimension
   * @return the changed copy
   */
  public Blueprint layer(String path, String text, long... shape) {
    return with(
        copy -> {
          copy.layers = new ArrayList<>(layers);
          copy.layers.add(new Layer(path, text, shape.clone(), 0, 1));
        });
  }

  /**
   * States the multiplications, each with an addition, of the layer that was added last.
   *
   * @param count for one example, forward
   * @return the changed copy
   */
  public Blueprint multiplyAdds(long count) {
    return with(
        copy -> {
          copy.layers = new ArrayList<>(layers);
          Layer last = copy.layers.remove(layers.size() - 1);
          copy.layers.add(last.multiplyAdds(count));
        });
  }

  /**
   * States how many examples a batch must have for the layer that was added last to learn from it.
   *
   * @param count at least 1
   * @return the changed copy
   */
  public Blueprint fewestExamples(long count) {
    return with(
        copy -> {
          copy.layers = new ArrayList<>(layers);
          Layer last = copy.layers.remove(layers.size() - 1).fewestExamples(count);
          copy.layers.add(last);
          if (needy == null || needy.fewestExamples < count) {
            copy.needy = last;
          }
        });
  }

  /**
   * Adds a parameter.
   *
   * @param parameterName as {@code nn.Sequential} names it
   * @param offset where it begins in the flat buffer, in elements
   * @param shape its shape
   * @return the changed copy
   */
  public Blueprint parameter(String parameterName, long offset, long... shape) {
    return with(
        copy -> {
          copy.parameters = new ArrayList<>(parameters);
          copy.parameters.add(new Slot(parameterName, offset, shape.clone(), false));
        });
  }

  /**
   * Adds something that is remembered besides the parameters and that no optimizer changes.
   *
   * @param stateName as {@code nn.Sequential} names it
   * @param offset where it begins in the flat buffer, in elements, after the parameters
   * @param shape its shape
   * @return the changed copy
   */
  public Blueprint state(String stateName, long offset, long... shape) {
    return with(
        copy -> {
          copy.state = new ArrayList<>(state);
          copy.state.add(new Slot(stateName, offset, shape.clone(), false));
        });
  }

  /**
   * Adds a count that is remembered besides: a 64-bit integer in files.
   *
   * @param countName as {@code nn.Sequential} names it
   * @param offset where it lies in the flat buffer, in elements, after the parameters
   * @return the changed copy
   */
  public Blueprint count(String countName, long offset) {
    return with(
        copy -> {
          copy.state = new ArrayList<>(state);
          copy.state.add(new Slot(countName, offset, new long[0], true));
        });
  }

  /**
   * States that workers may not divide a batch.
   *
   * @return the changed copy
   */
  public Blueprint undivided() {
    return with(copy -> copy.undivided = true);
  }

  /**
   * States what a pass needs in memory for each example of a batch.
   *
   * @param evaluation in 32-bit floats, without gradients
   * @param training in 32-bit floats, with the gradients of layers' outputs
   * @return the changed copy
   */
  public Blueprint floatsPerExample(long evaluation, long training) {
    return with(
        copy -> {
          copy.floatsForEvaluation = evaluation;
          copy.floatsForTraining = training;
        });
  }

  /**
   * States that libtorch's autograd computes the gradients.
   *
   * @return the changed copy
   */
  public Blueprint autograd() {
    return with(copy -> copy.autograd = true);
  }

  /**
   * States that products compute in bfloat16 while training, where the device has that.
   *
   * @return the changed copy
   */
  public Blueprint mixedPrecision() {
    return with(copy -> copy.mixed = true);
  }

  /**
   * States that shares can do a plain step of gradient descent by themselves.
   *
   * @return the changed copy
   */
  public Blueprint descends() {
    return with(copy -> copy.descends = true);
  }

  /**
   * States that weight decay leaves biases and what norms learn alone.
   *
   * @return the changed copy
   */
  public Blueprint decaysWeightsOnly() {
    return with(copy -> copy.decaysWeightsOnly = true);
  }

  /**
   * States the loss.
   *
   * @param text as it was written
   * @param targets what it takes
   * @param decision how it reads an output
   * @return the changed copy
   */
  public Blueprint loss(String text, TensorSpec targets, Decision decision) {
    return with(copy -> copy.loss = new Loss(text, targets, decision));
  }

  /**
   * States what each class weighs in the loss, unless a trainer says otherwise.
   *
   * @param stated a number of at least 0 for each
   * @return the changed copy
   */
  public Blueprint weighsClasses(double... stated) {
    return with(copy -> copy.classWeights = stated.clone());
  }

  /**
   * States the optimizer.
   *
   * @param text as it was written
   * @param factory makes a new one
   * @return the changed copy
   */
  public Blueprint optimizer(String text, Supplier<Optimizer> factory) {
    return with(copy -> copy.optimizer = new Update(text, factory));
  }

  /**
   * Adds a schedule of the learning rate.
   *
   * @param text as it was written
   * @param factory makes a new one
   * @return the changed copy
   */
  public Blueprint schedule(String text, Supplier<Schedule> factory) {
    return with(
        copy -> {
          copy.schedules = new ArrayList<>(schedules);
          copy.schedules.add(new Plan(text, factory));
        });
  }

  /**
   * States how the network is trained unless the trainer is told otherwise.
   *
   * @param epochs at least 1
   * @param batchSize at least 1
   * @param shuffle whether each epoch has its own order
   * @return the changed copy
   */
  public Blueprint training(int epochs, int batchSize, boolean shuffle) {
    return with(copy -> copy.settings = new Settings(epochs, batchSize, shuffle, settings.seed));
  }

  /**
   * States the seed.
   *
   * @param seed as for {@code torch.manual_seed}
   * @return the changed copy
   */
  public Blueprint seed(long seed) {
    return with(
        copy -> {
          copy.settings =
              new Settings(
                  settings.epochs, settings.batchSize, settings.shuffle, OptionalLong.of(seed));
        });
  }

  String name() {
    return name;
  }

  Workload workload() {
    return workload;
  }

  TensorSpec input() {
    return input;
  }

  /** The shape of the output for n examples. */
  long[] batchOutput(long n) {
    return Shapes.batch(n, output);
  }

  Loss requireLoss() {
    if (loss == null) {
      throw new IllegalStateException(
          name + " has no loss: annotate it, for example with @CrossEntropyLoss");
    }
    return loss;
  }

  /** What each class weighs in the loss; null where all weigh the same. */
  double[] classWeights() {
    return classWeights;
  }

  /** The target that does not count; empty where all do. */
  OptionalLong ignored() {
    return loss == null ? OptionalLong.empty() : loss.targets.ignored();
  }

  /** How the output is read as classes. */
  Decision decision() {
    return loss == null ? Decision.ARGMAX : loss.decision;
  }

  /** What a checkpoint must have been made of, a line for each layer and setting. */
  List<String> identity() {
    List<String> lines = new ArrayList<>();
    lines.add("network " + name + ", input " + input);
    layers.forEach(layer -> lines.add(layer.path + " " + layer.text));
    slots().forEach(slot -> lines.add(slot.name + " " + Shapes.text(slot.shape)));
    lines.add("loss " + (loss == null ? "" : loss.text));
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

  Summary summary() {
    List<Summary.Layer> rows = new ArrayList<>();
    for (Layer layer : layers) {
      String prefix = layer.path + ".";
      long size =
          parameters.stream()
              .filter(slot -> slot.name.startsWith(prefix))
              .mapToLong(Slot::size)
              .sum();
      rows.add(
          new Summary.Layer(
              layer.path, layer.text, Shapes.batchOf(layer.output), size, layer.multiplyAdds));
    }
    return new Summary(
        name,
        Shapes.batchOf(input.shape()),
        rows,
        loss == null ? "" : loss.text,
        optimizer == null ? "" : optimizer.text,
        Float.BYTES * floatsForEvaluation,
        Float.BYTES * floatsForTraining);
  }

  /**
   * Whether a batch has enough examples to learn from it.
   *
   * @return what it lacks, in words; empty where it has them
   */
  Optional<String> lackOfExamples(long n) {
    return needy == null || n >= needy.fewestExamples
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "layer %s %s of %s learns only from batches of at least %d examples",
                needy.path,
                needy.text,
                name,
                needy.fewestExamples));
  }

  /** Of all layers, for one example, forward. */
  long multiplyAdds() {
    return layers.stream().mapToLong(Layer::multiplyAdds).sum();
  }

  List<Slot> parameters() {
    return parameters;
  }

  /** All that a file keeps: parameters, then what is remembered besides. */
  List<Slot> slots() {
    List<Slot> all = new ArrayList<>(parameters);
    all.addAll(state);
    return all;
  }

  /** The number of elements of all parameters. */
  long size() {
    return parameters.stream().mapToLong(Slot::size).sum();
  }

  /** The number of elements of all that is remembered besides. */
  long stateSize() {
    return state.stream().mapToLong(Slot::size).sum();
  }

  /** Whether workers may divide a batch. */
  boolean isDivisible() {
    return !undivided && !autograd;
  }

  long floatsPerExample(boolean training) {
    return training ? floatsForTraining : floatsForEvaluation;
  }

  boolean usesAutograd() {
    return autograd;
  }

  boolean hasDecayOfWeightsOnly() {
    return decaysWeightsOnly;
  }

  /** Whether products compute in bfloat16 while training. */
  boolean isMixed() {
    return mixed;
  }

  boolean canDescend() {
    return descends;
  }

  Optional<Supplier<Optimizer>> optimizer() {
    return Optional.ofNullable(optimizer).map(Update::factory);
  }

  /** New ones for a run. */
  List<Schedule> schedules() {
    return schedules.stream().map(schedule -> schedule.factory.get()).toList();
  }

  Settings settings() {
    return settings;
  }
}
