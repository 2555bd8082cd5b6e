package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.optim.Schedule;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a generated class says of its network, one statement after the other: names, shapes, and
 * what the annotations ask of training. All of it together is a {@link Network}.
 */
public final class Blueprint {
  final String name;
  final Workload workload;
  final List<StatedLayer> layers = new ArrayList<>();
  final List<Slot> parameters = new ArrayList<>();
  final List<Slot> state = new ArrayList<>();
  final Map<String, String> ties = new LinkedHashMap<>();
  final List<Network.Stated<Schedule>> schedules = new ArrayList<>();
  final List<String> inputNames = new ArrayList<>();
  final List<TensorSpec> inputs = new ArrayList<>();
  final List<StatedOutput> outputs = new ArrayList<>();
  final List<StatedLoss> losses = new ArrayList<>();
  final Set<Integer> inputsWithGradient = new TreeSet<>();
  boolean byHand;
  String calledOutput = "output";
  boolean undivided;
  boolean tensorFloat32;
  boolean recorded = true;
  long floatsForEvaluation;
  long floatsForTraining;
  long floatsBrought;
  long floatsPerPosition;
  long floatsRemembered;
  boolean autograd;
  boolean descends;
  boolean mixed;
  boolean decaysWeightsOnly;
  Network.Stated<Optimizer> optimizer;
  int epochs = 1;
  int batchSize = 1;
  boolean shuffle = true;
  OptionalLong seed = OptionalLong.empty();

  private Blueprint(String name, Workload workload) {
    this.name = name;
    this.workload = workload;
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
   * States what one example is, where it is one thing.
   *
   * @param spec numbers, or indices
   * @return this
   */
  public Blueprint input(TensorSpec spec) {
    return input("", spec);
  }

  /**
   * States one of several things that an example consists of.
   *
   * @param inputName what users call it
   * @param spec numbers, or indices
   * @return this
   */
  public Blueprint input(String inputName, TensorSpec spec) {
    inputNames.add(inputName);
    inputs.add(spec);
    return this;
  }

  /**
   * States the shape of one output, where there is no other.
   *
   * @param shape without the batch dimension
   * @return this
   */
  public Blueprint output(long... shape) {
    return output("", shape);
  }

  /**
   * States the shape of one of several outputs.
   *
   * @param outputName what users call it
   * @param shape without the batch dimension
   * @return this
   */
  public Blueprint output(String outputName, long... shape) {
    outputs.add(new StatedOutput(outputName, shape.clone()));
    return this;
  }

  /**
   * States what users call the only output.
   *
   * @param outputName a method's name
   * @return this
   */
  public Blueprint outputCalled(String outputName) {
    calledOutput = outputName;
    return this;
  }

  /**
   * Adds a layer.
   *
   * @param path where it stands, as {@code nn.Sequential} names it
   * @param text as it was written
   * @param shape of its output, without the batch dimension
   * @return this
   */
  public Blueprint layer(String path, String text, long... shape) {
    layers.add(new StatedLayer(path, text, shape.clone()));
    return this;
  }

  /**
   * States what the layer that was added last reads, where that is not the layer above.
   *
   * @param paths of layers before it; {@code input} for the network's input, or for what the user's
   *     own forward gives a stack
   * @return this
   */
  public Blueprint reads(String... paths) {
    return again(last -> last.reading(List.of(paths)));
  }

  /**
   * States the multiplications, each with an addition, of the layer that was added last.
   *
   * @param count for one example, forward
   * @return this
   */
  public Blueprint multiplyAdds(long count) {
    return again(last -> last.multiplying(count));
  }

  /**
   * States how many examples a batch must have for the layer that was added last to learn from it.
   *
   * @param count at least 1
   * @return this
   */
  public Blueprint fewestExamples(long count) {
    return again(last -> last.needing(count));
  }

  private Blueprint again(UnaryOperator<StatedLayer> change) {
    layers.add(change.apply(layers.remove(layers.size() - 1)));
    return this;
  }

  /**
   * Adds a parameter.
   *
   * @param parameterName as {@code nn.Sequential} names it
   * @param offset where it begins in the flat buffer, in elements
   * @param shape its shape
   * @return this
   */
  public Blueprint parameter(String parameterName, long offset, long... shape) {
    parameters.add(new Slot(parameterName, offset, shape.clone(), false, 1));
    return this;
  }

  /**
   * Adds a parameter that stays as it is.
   *
   * @param parameterName as {@code nn.Sequential} names it
   * @param offset where it begins in the flat buffer, in elements, after those that learn
   * @param shape its shape
   * @return this
   */
  public Blueprint frozen(String parameterName, long offset, long... shape) {
    parameters.add(new Slot(parameterName, offset, shape.clone(), false, 0));
    return this;
  }

  /**
   * States at which rate the parameter learns that was added last.
   *
   * @param factor what the optimizer's rate is multiplied by
   * @return this
   */
  public Blueprint rate(double factor) {
    parameters.add(parameters.remove(parameters.size() - 1).at(factor));
    return this;
  }

  /**
   * States that a layer uses the parameter of another.
   *
   * @param alias what it would be called if it were the layer's own
   * @param owner the parameter's name
   * @return this
   */
  public Blueprint tied(String alias, String owner) {
    ties.put(alias, owner);
    return this;
  }

  /**
   * Adds something that is remembered besides the parameters and that no optimizer changes.
   *
   * @param stateName as {@code nn.Sequential} names it
   * @param offset where it begins in the flat buffer, in elements, after the parameters
   * @param shape its shape
   * @return this
   */
  public Blueprint state(String stateName, long offset, long... shape) {
    state.add(new Slot(stateName, offset, shape.clone(), false, 0));
    return this;
  }

  /**
   * Adds a count that is remembered besides: a 64-bit integer in files.
   *
   * @param countName as {@code nn.Sequential} names it
   * @param offset where it lies in the flat buffer, in elements, after the parameters
   * @return this
   */
  public Blueprint count(String countName, long offset) {
    state.add(new Slot(countName, offset, new long[0], true, 0));
    return this;
  }

  /**
   * States that whoever trains the network gives the gradients of its outputs, in place of targets.
   *
   * @return this
   */
  public Blueprint byHand() {
    byHand = true;
    return this;
  }

  /**
   * States that the gradient of an input is computed.
   *
   * @param which counted from 0
   * @return this
   */
  public Blueprint requiresGrad(int which) {
    inputsWithGradient.add(which);
    return this;
  }

  /**
   * States that a GPU does a step one operation after the other, and replays none.
   *
   * @return this
   */
  public Blueprint unrecorded() {
    recorded = false;
    return this;
  }

  /**
   * States that workers may not divide a batch.
   *
   * @return this
   */
  public Blueprint undivided() {
    undivided = true;
    return this;
  }

  /**
   * States what a pass needs in memory for each example of a batch.
   *
   * @param evaluation in 32-bit floats, without gradients
   * @param training in 32-bit floats, with the gradients of layers' outputs
   * @return this
   */
  public Blueprint floatsPerExample(long evaluation, long training) {
    floatsForEvaluation = evaluation;
    floatsForTraining = training;
    return this;
  }

  /**
   * States what a step needs besides, in memory that operations take for themselves.
   *
   * @param perExample in 32-bit floats, for each example of a batch
   * @return this
   */
  public Blueprint brings(long perExample) {
    floatsBrought = perExample;
    return this;
  }

  /**
   * States that the network writes texts, and what that needs in memory for each position.
   *
   * @param atHand in 32-bit floats, for positions that are computed together
   * @param remembered in 32-bit floats, for all positions of a text
   * @return this
   */
  public Blueprint floatsPerPosition(long atHand, long remembered) {
    floatsPerPosition = atHand;
    floatsRemembered = remembered;
    return this;
  }

  /**
   * States that libtorch's autograd computes the gradients.
   *
   * @return this
   */
  public Blueprint autograd() {
    autograd = true;
    return this;
  }

  /**
   * States that products compute in bfloat16 while training, where the device has that.
   *
   * @return this
   */
  public Blueprint mixedPrecision() {
    mixed = true;
    return this;
  }

  /**
   * States that a GPU's products may round their factors to 11 bits.
   *
   * @return this
   */
  public Blueprint tensorFloat32() {
    tensorFloat32 = true;
    return this;
  }

  /**
   * States that shares can do a plain step of gradient descent by themselves.
   *
   * @return this
   */
  public Blueprint descends() {
    descends = true;
    return this;
  }

  /**
   * States that weight decay leaves biases and what norms learn alone.
   *
   * @return this
   */
  public Blueprint decaysWeightsOnly() {
    decaysWeightsOnly = true;
    return this;
  }

  /**
   * States the loss, where there is no other, nor another output.
   *
   * @param text as it was written
   * @param targets what it takes
   * @param decision how it reads an output
   * @return this
   */
  public Blueprint loss(String text, TensorSpec targets, Decision decision) {
    return loss("", text, targets, decision);
  }

  /**
   * Adds a loss, of the output of the same name.
   *
   * @param lossName what users call it
   * @param text as it was written
   * @param targets what it takes
   * @param decision how it reads an output
   * @return this
   */
  public Blueprint loss(String lossName, String text, TensorSpec targets, Decision decision) {
    losses.add(new StatedLoss(lossName, text, Optional.of(targets), decision));
    return this;
  }

  /**
   * Adds a loss that compares outputs with each other.
   *
   * @param lossName what users call it
   * @param text as it was written
   * @param decision how it reads an output
   * @return this
   */
  public Blueprint loss(String lossName, String text, Decision decision) {
    losses.add(new StatedLoss(lossName, text, Optional.empty(), decision));
    return this;
  }

  /**
   * States that the loss that was added last leaves padding out.
   *
   * @param input which of the network's inputs says what is padding, counted from 0
   * @return this
   */
  public Blueprint lossWithoutPadding(int input) {
    return againLoss(last -> last.withoutPadding(input));
  }

  /**
   * States what the loss that was added last reads, where that is not the output of its name.
   *
   * @param names of outputs
   * @return this
   */
  public Blueprint lossOf(String... names) {
    return againLoss(last -> last.reading(List.of(names)));
  }

  /**
   * States what the loss that was added last counts among others.
   *
   * @param weight above 0
   * @return this
   */
  public Blueprint lossWeight(double weight) {
    return againLoss(last -> last.counting(weight));
  }

  /**
   * States what each class weighs in the loss that was added last, unless a trainer says otherwise.
   *
   * @param stated a number of at least 0 for each
   * @return this
   */
  public Blueprint weighsClasses(double... stated) {
    return againLoss(last -> last.weighing(stated));
  }

  private Blueprint againLoss(UnaryOperator<StatedLoss> change) {
    losses.add(change.apply(losses.remove(losses.size() - 1)));
    return this;
  }

  /**
   * States the optimizer.
   *
   * @param text as it was written
   * @param factory makes a new one
   * @return this
   */
  public Blueprint optimizer(String text, Supplier<Optimizer> factory) {
    optimizer = new Network.Stated<>(text, factory);
    return this;
  }

  /**
   * Adds a schedule of the learning rate.
   *
   * @param text as it was written
   * @param factory makes a new one
   * @return this
   */
  public Blueprint schedule(String text, Supplier<Schedule> factory) {
    schedules.add(new Network.Stated<>(text, factory));
    return this;
  }

  /**
   * States how the network is trained unless the trainer is told otherwise.
   *
   * @param epochs at least 1
   * @param batchSize at least 1
   * @param shuffle whether each epoch has its own order
   * @return this
   */
  public Blueprint training(int epochs, int batchSize, boolean shuffle) {
    this.epochs = epochs;
    this.batchSize = batchSize;
    this.shuffle = shuffle;
    return this;
  }

  /**
   * States the seed.
   *
   * @param seed as for {@code torch.manual_seed}
   * @return this
   */
  public Blueprint seed(long seed) {
    this.seed = OptionalLong.of(seed);
    return this;
  }

  /** All that has been stated. */
  public Network network() {
    return new Network(this);
  }
}
