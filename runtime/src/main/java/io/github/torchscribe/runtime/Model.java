package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.EngineState;
import io.github.torchscribe.runtime.engine.MetricCheck;
import io.github.torchscribe.runtime.engine.OnnxExport;
import io.github.torchscribe.runtime.engine.Takeover;
import io.github.torchscribe.runtime.engine.Updates;
import io.github.torchscribe.runtime.file.WeightNames;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.GeneratedModel;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.pytorch.Tensor;

/**
 * A neural network with its parameters. The processor writes one subclass per {@code @Network}
 * interface; what is here is what all of them share.
 *
 * <p>All parameters are views of one flat tensor and all gradients of another. One operation runs
 * at a time: a second thread waits. After {@link #close()} every operation throws {@link
 * IllegalStateException}.
 */
public abstract class Model extends GeneratedModel implements Learner, AutoCloseable {
  /** Ends the workers of a model that nobody closed. */
  private static final Cleaner CLEANER = Cleaner.create();

  private static final Updates PLAIN = new Updates();

  private Engine engine;

  /**
   * A model whose memory {@link #start} allocates.
   *
   * @param blueprint what the generated class says of the network
   */
  protected Model(Blueprint blueprint) {
    super(blueprint);
  }

  /**
   * Allocates the parameters and initialises them.
   *
   * @param seed what initial weights and orders are drawn from
   */
  protected final void start(long seed) {
    engine = new Engine(generated(), seed);
    CLEANER.register(this, engine.endOfWorkers());
  }

  /**
   * The name of the declaring interface.
   *
   * @return for example {@code Mlp}
   */
  public final String name() {
    return network().name();
  }

  /**
   * Where the parameters are.
   *
   * @return the CPU until {@link #to} says otherwise
   */
  @Override
  public final Device device() {
    return engine.device();
  }

  /**
   * What initial weights and orders are drawn from.
   *
   * @return the seed
   */
  @Override
  public final long seed() {
    return engine.randomness().seed();
  }

  /**
   * Moves the parameters, in place, {@code model.to(device)}.
   *
   * @param target where to
   * @return this model
   */
  public final Model to(Device target) {
    engine.move(target);
    return this;
  }

  /**
   * All parameters, in PyTorch's order.
   *
   * @return live views, valid until the model moves or is closed
   */
  @Override
  public final List<Parameter> parameters() {
    return engine.parameters();
  }

  /**
   * What is remembered beside parameters, such as running means, {@code named_buffers()}; counts
   * are numbers in 32 bits here.
   *
   * @return live views by PyTorch's names, in its order, valid until the model moves or is closed
   */
  public final Map<String, Tensor> buffers() {
    return engine.buffers();
  }

  /**
   * What the network consists of.
   *
   * @return layers, loss and optimizer as they were written, and how a step is divided among
   *     threads
   */
  @Override
  public final Summary summary() {
    return engine.summary();
  }

  /**
   * What an example consists of.
   *
   * @return by name; a single input may have none
   */
  public final TensorSpecs inputs() {
    return network().signature().inputs();
  }

  /**
   * What the losses take as targets.
   *
   * @return by the names of what has a loss; a single one has none, and a loss that takes no
   *     targets is not among them
   */
  public final TensorSpecs targets() {
    return network().signature().targets();
  }

  /**
   * How many numbers parameters have, also those that are frozen.
   *
   * @return the elements of all parameters
   */
  public final long parameterCount() {
    return network().size() + network().frozenSize();
  }

  /**
   * Runs the network without training it.
   *
   * @param input (N, example…), as the network takes them, on the model's device
   * @return (N, output…): a tensor of the caller's
   */
  public final Tensor forward(Tensor input) {
    network().signature().requireOutput();
    return forward(alone("input", input)).only();
  }

  /**
   * Runs a network of several inputs or outputs without training it.
   *
   * @param inputs by their names, each (N, example…), on the model's device
   * @return all outputs by their names, each (N, output…): tensors of the caller's
   */
  public final Tensors forward(Tensors inputs) {
    return engine.scoring().forward(inputs);
  }

  /** What has no name. */
  private Tensors alone(String what, Tensor tensor) {
    if (tensor == null) {
      throw new IllegalArgumentException("the " + what + " for " + name() + " is null");
    }
    return Tensors.of(tensor);
  }

  /** What an only loss takes, or the gradient of an only output. */
  private Tensors target(Tensor tensor) {
    return alone(network().signature().targetsAre(), tensor);
  }

  @Override
  public final boolean decides() {
    return network().signature().decision() != Decision.NONE;
  }

  @Override
  public final OptionalLong ignored() {
    return network().signature().ignored();
  }

  @Override
  public final List<String> losses() {
    return network().signature().namedLosses();
  }

  @Override
  public final boolean decides(String output) {
    return network().signature().requireLoss(output).decision() != Decision.NONE;
  }

  @Override
  public final OptionalLong ignored(String output) {
    return network().signature().requireLoss(output).ignored();
  }

  /**
   * The classes of each example, by each output that decides.
   *
   * @param inputs by their names, each (N, example…), on the model's device
   * @return for each output whose loss takes classes, by its name, N classes, or N times as many as
   *     it has places; where there is a single loss by an empty name
   */
  @Override
  public final Map<String, long[]> predict(Tensors inputs) {
    return engine.scoring().predict(inputs);
  }

  /**
   * The class of each example: the one with the highest score, {@code argmax(1)}. With
   * {@code @BCEWithLogitsLoss}, for each output whether its probability is above ½: 1 or 0.
   *
   * @param input (N, example…), as the network takes them, on the model's device
   * @return N classes, or N times as many as there are outputs
   */
  @Override
  public final long[] predict(Tensor input) {
    network().signature().requireOutput();
    return engine.scoring().predictAlone(alone("input", input));
  }

  /**
   * Answers from many threads at once.
   *
   * @return to be closed, before or after the model
   */
  public final Predictor predictor() {
    return new ModelPredictor(this);
  }

  /**
   * One training step: forward, loss, backward, update.
   *
   * @param input (N, example…), as the network takes them, on the model's device
   * @param target N targets, as the loss takes them, on the model's device
   * @return the batch's loss before the update
   * @throws IllegalStateException when the network has no loss, also where it is trained by hand
   */
  public final float step(Tensor input, Tensor target) {
    return engine.steps().step(alone("input", input), alone("target", target), PLAIN);
  }

  /**
   * One training step of a network with several inputs or losses.
   *
   * @param inputs by their names, each (N, example…), on the model's device
   * @param targets by the names of what has a loss, each as that takes them, on the model's device
   * @return the batch's loss before the update: the weighted sum of all
   */
  public final float step(Tensors inputs, Tensors targets) {
    return engine.steps().step(inputs, targets, PLAIN);
  }

  /**
   * Forward, loss and backward, without an update: fills the parameters' gradients. A network that
   * has an optimizer and no loss is trained by hand: it takes the gradient of its output in place
   * of targets, PyTorch's {@code output.backward(gradient)}, and gives Σ output·gradient.
   *
   * @param input (N, example…), as the network takes them, on the model's device
   * @param target N targets, as the loss takes them, or (N, output…), the gradient of the output,
   *     on the model's device
   * @return the batch's loss
   */
  public final float backward(Tensor input, Tensor target) {
    return backward(alone("input", input), target(target));
  }

  /**
   * The same for a network with several inputs or losses.
   *
   * @param inputs by their names, each (N, example…), on the model's device
   * @param targets by the names of what has a loss, each as that takes them, on the model's device
   * @return the batch's loss: the weighted sum of all
   */
  public final float backward(Tensors inputs, Tensors targets) {
    return engine.steps().backward(inputs, targets);
  }

  /**
   * Runs the network as a step of training does: dropout drops, batch norms normalise by the batch
   * and remember it, and what backward needs is kept, until the next step, or until the weights are
   * others: an update, a file, another model's.
   *
   * <p>A loss of one's own begins with what it gives, {@code
   * forwardTraining(x).set_requires_grad(true)}; behind its {@code backward()} the network goes
   * back from {@code output.grad()}.
   *
   * <pre>{@code
   * Tensor fake = generator.forwardTraining(noise);
   * critic.backward(fake, ones);                   // fills its gradients, and that of its input
   * generator.backward(critic.inputGradient());
   * generator.update();
   * }</pre>
   *
   * @param input (N, example…), as the network takes them, on the model's device
   * @return (N, output…): a tensor of the caller's
   */
  public final Tensor forwardTraining(Tensor input) {
    network().signature().requireOutput();
    return forwardTraining(alone("input", input)).only();
  }

  /**
   * The same for a network with several inputs or outputs.
   *
   * @param inputs by their names, each (N, example…), on the model's device
   * @return all outputs by their names, each (N, output…): tensors of the caller's
   */
  public final Tensors forwardTraining(Tensors inputs) {
    return engine.steps().forward(inputs);
  }

  /**
   * Goes back from the last {@link #forwardTraining}: fills the parameters' gradients, and those of
   * inputs that require one.
   *
   * @param target N targets, as the loss takes them; where the network is trained by hand (N,
   *     output…), the gradient of the output
   * @return the batch's loss, or Σ output·gradient
   * @throws IllegalStateException when there was none since the last step
   */
  public final float backward(Tensor target) {
    return backward(target(target));
  }

  /**
   * The same for a network with several losses or outputs.
   *
   * @param targets by the names of what has a loss, or, where the network is trained by hand, of
   *     the outputs
   * @return the batch's loss: the weighted sum of all
   * @throws IllegalStateException when there was no forward since the last step
   */
  public final float backward(Tensors targets) {
    return engine.steps().backward(targets);
  }

  /**
   * As {@link #backward(Tensor, Tensor)}, but adds to the gradients that there are, as PyTorch's
   * {@code backward} always does; begin with one that does not.
   *
   * <pre>{@code
   * critic.backward(real, ones);
   * critic.accumulate(fake, zeros);                // a batch of its own: other means and variances
   * critic.update();
   * }</pre>
   *
   * @param input (N, example…), as the network takes them, on the model's device
   * @param target N targets, or the gradient of the output
   * @return this batch's loss alone
   */
  public final float accumulate(Tensor input, Tensor target) {
    return accumulate(alone("input", input), target(target));
  }

  /**
   * The same for a network with several inputs or losses.
   *
   * @param inputs by their names, each (N, example…), on the model's device
   * @param targets by the names of what has a loss, or of the outputs
   * @return this batch's loss alone
   */
  public final float accumulate(Tensors inputs, Tensors targets) {
    return engine.steps().accumulate(inputs, targets);
  }

  /**
   * As {@link #backward(Tensor)}, but adds to the gradients that there are.
   *
   * @param target N targets, or the gradient of the output
   * @return this batch's loss alone
   * @throws IllegalStateException when there was no forward since the last step
   */
  public final float accumulate(Tensor target) {
    return accumulate(target(target));
  }

  /**
   * The same for a network with several losses or outputs.
   *
   * @param targets by the names of what has a loss, or of the outputs
   * @return this batch's loss alone
   * @throws IllegalStateException when there was no forward since the last step
   */
  public final float accumulate(Tensors targets) {
    return engine.steps().accumulate(targets);
  }

  /**
   * The gradient of the input that the last pass backward has computed, {@code input.grad}.
   *
   * @return (N, example…): a tensor of the caller's
   * @throws IllegalStateException where none is asked for ({@code requiresGrad = true} of
   *     {@code @Network} or {@code @Input}), or nothing has gone back yet
   */
  public final Tensor inputGradient() {
    return inputGradients().only();
  }

  /**
   * The same for a network with several inputs.
   *
   * @return those that require a gradient, by their names: tensors of the caller's
   */
  public final Tensors inputGradients() {
    return engine.steps().inputGradients();
  }

  /**
   * Lets the optimizer change the parameters along the gradients that {@code backward} has filled,
   * {@code optimizer.step()}; whoever wants to may change these before ({@link #parameters}).
   */
  public final void update() {
    engine.steps().update();
  }

  /**
   * At which rate the next updates learn, {@code group["lr"] = lr}. Schedules that annotations
   * state are followed by {@link Trainer} alone, which begins with this rate.
   *
   * @param lr a finite number above 0
   */
  public final void learningRate(double lr) {
    double rate = Trainer.aboveZero("the learning rate", lr);
    engine.requireOptimizer().learningRate(rate);
  }

  /**
   * Loss and accuracy on a dataset, in batches of the size that the annotations state.
   *
   * @param data examples with targets
   * @return sums over the data
   */
  public final Evaluation evaluate(Dataset data) {
    return evaluate(data, List.of());
  }

  /**
   * Loss, accuracy and more on a dataset, in batches of the size that the annotations state.
   *
   * @param data examples with targets
   * @param metrics are reset, then told of each batch
   * @return sums over the data
   * @throws IllegalArgumentException when the network has nothing for a metric to measure
   */
  public final Evaluation evaluate(Dataset data, List<Metric> metrics) {
    try (DataLoader loader =
        DataLoader.sequential(data, network().training().batchSize(), null, device())) {
      // Once is not often enough to bring them all to the device first.
      return evaluate(loader.gatheredBy(engine::gather).resident(false), metrics);
    }
  }

  /**
   * Loss and accuracy over one epoch of a loader. Leaves parameters, gradients and what the last
   * training step kept alone.
   *
   * @param loader goes through the data once
   * @return sums over the data
   */
  public final Evaluation evaluate(DataLoader loader) {
    return evaluate(loader, List.of());
  }

  /**
   * Loss, accuracy and more over one epoch of a loader.
   *
   * @param loader goes through the data once
   * @param metrics are reset, then told of each batch
   * @return sums over the data
   * @throws IllegalArgumentException when the network has nothing for a metric to measure
   */
  public final Evaluation evaluate(DataLoader loader, List<Metric> metrics) {
    new MetricCheck(this).require(metrics);
    return engine.scoring().evaluate(loader, metrics);
  }

  /**
   * Trains as the annotations say, writes the course of it to the console and a report into {@code
   * runs/} ({@link RunReport#standard}). {@link Trainer} has the settings.
   *
   * @param train learned from
   * @param test evaluated on after each epoch
   * @return what each epoch came to
   */
  public final History train(Dataset train, Dataset test) {
    Trainer trainer = Trainer.of(this).log(new ConsoleLog());
    RunReport.standard().ifPresent(trainer::log);
    return trainer.run(train, test);
  }

  /**
   * Writes all that is learned and remembered into a <a
   * href="https://github.com/huggingface/safetensors">safetensors</a> file, under PyTorch's names.
   * In Python: {@code net.load_state_dict(safetensors.torch.load_file(path))}, or {@code
   * safetensors.torch.load_model(net, path)} where weights are tied, which has the file hold them
   * once. The file is there as a whole or not at all.
   *
   * @param path where to; what is there is replaced
   * @throws UncheckedIOException when it cannot be written; the message says why
   */
  public final void save(Path path) {
    save(path, Map.of());
  }

  /**
   * The same with texts, for the file to keep: {@link
   * io.github.torchscribe.runtime.data.Encoder#metadata} of a table's columns, or your own. {@link
   * io.github.torchscribe.runtime.file.Safetensors#metadata} reads them, in Python {@code
   * safetensors.safe_open(path, "pt").metadata()}.
   *
   * @param path where to; what is there is replaced
   * @param metadata texts by name; {@code format} is the file's own
   * @throws UncheckedIOException when it cannot be written; the message says why
   */
  public final void save(Path path, Map<String, String> metadata) {
    new EngineState(engine).write(path, WeightNames.none(), metadata);
  }

  /**
   * The same under the names, and in the layouts, that somebody else's file has.
   *
   * @param path where to; what is there is replaced
   * @param names ours and theirs; what they ignore is not in the file
   * @throws IllegalArgumentException when the names do not fit the network: all that is wrong is
   *     listed, and nothing is written
   * @throws UncheckedIOException when it cannot be written; the message says why
   */
  public final void save(Path path, WeightNames names) {
    new EngineState(engine).write(path, names, Map.of());
  }

  /**
   * Writes the network with its weights as an <a href="https://onnx.ai">ONNX</a> file, in 32 bits
   * and as it evaluates: for any number of examples at once, inputs and outputs called as here.
   * ONNX Runtime runs it without Java, and so do others. Needs the artifact {@code
   * torchscribe-onnx}. The file is there as a whole or not at all; the numbers of more than 2 GB
   * lie in a second one beside it, which is called so with {@code .data} behind.
   *
   * @param path where to; what is there is replaced
   * @throws IllegalStateException when ONNX has no counterpart to some of the layers, of which all
   *     are listed, or the artifact is missing
   * @throws UncheckedIOException when it cannot be written; the message says why
   */
  public final void exportOnnx(Path path) {
    exportOnnx(path, Map.of());
  }

  /**
   * The same with texts, for the file to keep: the names of classes, for example. ONNX Runtime
   * gives them as {@code session.getMetadata().getCustomMetadata()}, in Python {@code
   * session.get_modelmeta().custom_metadata_map}.
   *
   * @param path where to; what is there is replaced
   * @param metadata texts by name
   * @throws IllegalStateException when ONNX has no counterpart to some of the layers, of which all
   *     are listed, or the artifact is missing
   * @throws UncheckedIOException when it cannot be written; the message says why
   */
  public final void exportOnnx(Path path, Map<String, String> metadata) {
    new OnnxExport(engine).write(path, metadata);
  }

  /**
   * Reads a safetensors file, from here or from Python: {@code
   * safetensors.torch.save_file(net.state_dict(), path)}, or the weights in a checkpoint of a run,
   * such as its {@code best.safetensors}. Numbers of 16 and 64 bits are converted; counts of
   * batches, which older state dicts do not have, stay as they are.
   *
   * @param path of the file
   * @return this model
   * @throws IllegalArgumentException when it does not fit the network: all that is missing,
   *     unexpected or of another shape is listed, and nothing has changed
   * @throws UncheckedIOException when it cannot be read or is no such file; nothing has changed
   */
  public final Model load(Path path) {
    return load(path, WeightNames.none());
  }

  /**
   * Reads a safetensors file in which weights have other names, or lie otherwise.
   *
   * @param path of the file
   * @param names ours and theirs
   * @return this model
   * @throws IllegalArgumentException when it does not fit the network: all that is missing,
   *     unexpected or of another shape is listed in both names, and nothing has changed
   * @throws UncheckedIOException when it cannot be read or is no such file; nothing has changed
   */
  public final Model load(Path path, WeightNames names) {
    new EngineState(engine).read(path, names, true);
    return this;
  }

  /**
   * Reads what fits from a safetensors file or a checkpoint, {@code load_state_dict(…,
   * strict=False)}.
   *
   * @param path of the file
   * @return what is missing, unexpected or of another shape, a line each
   * @throws UncheckedIOException when it cannot be read or is no such file; nothing has changed
   */
  public final List<String> loadLenient(Path path) {
    return loadLenient(path, WeightNames.none());
  }

  /**
   * Reads what fits from a file in which weights have other names, or lie otherwise.
   *
   * @param path of the file
   * @param names ours and theirs
   * @return what is missing, unexpected or of another shape, a line each, in both names
   * @throws UncheckedIOException when it cannot be read or is no such file; nothing has changed
   */
  public final List<String> loadLenient(Path path, WeightNames names) {
    return new EngineState(engine).read(path, names, false);
  }

  /**
   * Becomes as another model is: takes over all its parameters, also those that are frozen, and
   * what it remembers besides, {@code load_state_dict(other.state_dict())}. So a target network
   * follows the one that learns. What the optimizer remembers stays. With itself nothing happens.
   *
   * @param other of the same names and shapes, on any device; of another network, too
   * @return this model
   * @throws IllegalArgumentException when names or shapes differ: all that does is listed, and
   *     nothing has changed
   * @throws IllegalStateException when one of both is closed
   */
  public final Model copyFrom(Model other) {
    return copyFrom(other, 1);
  }

  /**
   * Comes nearer to another model: own ← tau·other + (1 − tau)·own for each parameter; what is
   * remembered besides is copied. After each step of the other's it is a moving average of that.
   *
   * @param other of the same names and shapes, on any device; of another network, too
   * @param tau how far, from 0 to 1: 1 is a copy
   * @return this model
   * @throws IllegalArgumentException when names or shapes differ: all that does is listed, and
   *     nothing has changed
   * @throws IllegalStateException when one of both is closed
   */
  public final Model copyFrom(Model other, double tau) {
    if (other == null) {
      throw new IllegalArgumentException("the other model for " + name() + " is null");
    }
    new Takeover(engine, other.engine()).go(tau);
    return this;
  }

  /** Frees all native memory. A second call does nothing. */
  @Override
  public final void close() {
    engine.close();
  }

  Engine engine() {
    return engine;
  }
}
