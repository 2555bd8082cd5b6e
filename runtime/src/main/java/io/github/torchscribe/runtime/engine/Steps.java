package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The steps of training: forward, loss, backward, update. */
public final class Steps implements AutoCloseable {
  private final Engine engine;
  private final BatchCheck check;
  private final Pass pass;
  private final RecordedSteps recorded;
  private final InputGradients inputGradients;
  private Map<String, Float> losses = Map.of();
  private Forward forward = Forward.NONE;
  private Arena constants;
  private Scalar minusLr;
  private boolean keepsGradients;
  private boolean areGradientsKept;

  /** Whether the pass has memory for a step that would else have been replayed. */
  private boolean isBeside;

  Steps(Engine engine, BatchCheck check) {
    this.engine = engine;
    this.check = check;
    pass = new Pass(engine, true);
    recorded = new RecordedSteps(engine);
    inputGradients = new InputGradients(engine);
  }

  /**
   * A pass forward that waits for its backward.
   *
   * @param batch as the pass has it
   * @param memory what forward has made, each share in its own thread, and autograd has recorded
   */
  private record Forward(Examples batch, List<Arena> memory) implements AutoCloseable {
    static final Forward NONE = new Forward(null, List.of());

    @Override
    public void close() {
      memory.forEach(Arena::close);
    }
  }

  /**
   * The network's outputs as in a training step: what backward needs is kept.
   *
   * @return tensors of the caller's, by the outputs' names
   */
  public Tensors forward(Tensors inputs) {
    Examples batch = check.inputs(inputs);
    check.learns(batch);
    engine.network().signature().requireLosses(); // else there is no backward
    Tensor[] results = engine.scoring().outputs(batch.size());
    engine.run(
        "forward pass",
        () -> {
          forget();
          forward = new Forward(batch, Collections.synchronizedList(new ArrayList<>()));
          try {
            forward(results);
          } catch (RuntimeException | Error e) {
            forget();
            throw e;
          }
          for (Tensor result : results) {
            result.detach_(); // else it would keep all that autograd has recorded
          }
          return null;
        });
    List<Tensor> given = Arrays.stream(results).map(Arena::given).toList();
    return Tensors.of(engine.network().signature().outputNames(), given);
  }

  private void forward(Tensor... results) {
    List<Arena> memory = forward.memory;
    Examples batch = forward.batch;
    memory.add(
        Arena.filledBy(
            () -> {
              forward = new Forward(batch.held(), memory);
              pass.begin(forward.batch);
            }));
    List<Consumer<Share>> phases = new ArrayList<>();
    lower(phases);
    phases.add(share -> memory.add(Arena.filledBy(() -> share.infer(results))));
    pass.run(phases);
  }

  /**
   * Goes back from the last {@link #forward}: fills the parameters' gradients.
   *
   * @param targets of the losses, or the gradients of the outputs
   * @return the batch's loss
   * @throws IllegalStateException when there was none since the last step
   */
  public float backward(Tensors targets) {
    return engine.run("backward pass", () -> learnFromForward(targets));
  }

  /** The same, but what the gradients were is added. */
  public float accumulate(Tensors targets) {
    return engine.run("backward pass", () -> added(() -> learnFromForward(targets)));
  }

  private float learnFromForward(Tensors targets) {
    if (forward == Forward.NONE) {
      throw new IllegalStateException(
          engine.network().name()
              + " has nothing to go back from: call forwardTraining before each backward");
    }
    Examples batch = check.withTargets(forward.batch, targets);
    try {
      pass.goOn(batch);
      return goBack(batch, Share::learnFromForward, List.of(Share::learnParameters));
    } finally {
      forget();
    }
  }

  private float added(Supplier<Float> pass) {
    Tensor gradients = engine.weights().gradients();
    Tensor before = gradients.clone();
    float loss = pass.get();
    gradients.add_(before);
    return loss;
  }

  /** What forward has kept goes with the weights as they were then. */
  void forget() {
    forward.close();
    forward = Forward.NONE;
  }

  /** Lets the optimizer change the parameters along the gradients that there are. */
  public void update() {
    Optimizer optimizer = engine.requireOptimizer();
    engine.run(
        "update",
        () -> {
          forget();
          pass.takeCores();
          update(optimizer);
          return null;
        });
  }

  /** The gradients of the inputs of the last pass backward, by the inputs' names: copies. */
  public Tensors inputGradients() {
    return inputGradients.copies();
  }

  /**
   * Forward, loss and backward: fills the parameters' gradients.
   *
   * @return the batch's loss
   */
  public float backward(Tensors inputs, Tensors targets) {
    Examples batch = learned(inputs, targets);
    return engine.run("backward pass", () -> learn(batch, List.of(Share::learnParameters)));
  }

  /** The same, but what the gradients were is added. */
  public float accumulate(Tensors inputs, Tensors targets) {
    Examples batch = learned(inputs, targets);
    return engine.run(
        "backward pass", () -> added(() -> learn(batch, List.of(Share::learnParameters))));
  }

  /**
   * A training step.
   *
   * @param updates what becomes of gradients before the optimizer has them
   * @return the batch's loss before the update
   */
  public float step(Tensors inputs, Tensors targets, Updates updates) {
    engine.network().signature().requireLossOfItsOwn(); // a target would be taken for a gradient
    return step(learned(inputs, targets), updates);
  }

  /**
   * The same with a batch of a loader's, which does not wait for a GPU.
   *
   * @return may be known only once {@link #readLosses} has been called
   */
  public StepLoss step(Batch batch, Updates updates) {
    engine.network().signature().requireLossOfItsOwn();
    boolean isWritten = recorded.known(batch.size()).isPresent();
    Examples checked = isWritten ? null : check.batch(batch);
    Optimizer optimizer = engine.requireOptimizer();
    return engine.run(
        "training step",
        () -> {
          Examples examples = isWritten ? written(batch) : checked;
          check.learns(examples);
          Optional<Pass> replayed = replayed(examples, optimizer, updates);
          areGradientsKept = keepsGradients && replayed.isEmpty();
          StepLoss loss =
              replayed.isPresent()
                  ? recorded.unread().add(replayed.get())
                  : step(examples, optimizer, updates);
          updates.updated();
          return loss;
        });
  }

  /**
   * A batch's tensors: where steps of its size are replayed it is written to where they read it.
   */
  private Examples written(Batch batch) {
    Optional<RecordedStep> known = recorded.known(batch.size());
    return known.isPresent()
        ? known.get().place().write(batch, check, engine.network().signature())
        : check.batch(batch);
  }

  /**
   * Has the steps to come leave the gradients as the optimizer gets them, for who wants to look at
   * them. No number of the step is another for that.
   *
   * @param wanted false unless stated otherwise: an optimizer may overwrite them, plain descent
   *     makes none, and where steps are replayed those that leave them take memory of their own,
   *     which this gives back
   */
  public void keepGradients(boolean wanted) {
    keepsGradients = wanted;
    if (!wanted && isBeside) {
      isBeside = false;
      forget(); // what a log has asked in between
      pass.close();
    }
  }

  /**
   * Whether the last step has left the gradients, as it was asked to.
   *
   * @return false where a GPU has replayed it, since it has no memory for another pass
   */
  public boolean areGradientsKept() {
    return areGradientsKept;
  }

  /** Has all losses of steps known, and waits for that. */
  public void readLosses() {
    engine.run(
        "reading losses",
        () -> {
          recorded.read();
          return null;
        });
  }

  private float step(Examples batch, Updates updates) {
    Optimizer optimizer = engine.requireOptimizer();
    return engine.run(
        "training step",
        () -> {
          Optional<Pass> replayed = replayed(batch, optimizer, updates);
          replayed.ifPresent(Pass::readLosses);
          float loss =
              replayed.isPresent()
                  ? losses(replayed.get())
                  : step(batch, optimizer, updates).whole();
          updates.updated();
          return loss;
        });
  }

  /**
   * What each of several losses came to in the last step, by name, as it is before it is weighed.
   *
   * @return empty where there is one
   */
  public Map<String, Float> losses() {
    return losses;
  }

  private StepLoss step(Examples batch, Optimizer optimizer, Updates updates) {
    if (descends(optimizer, updates)) {
      Scalar rate = negated(optimizer.learningRate());
      float loss =
          keepsGradients
              ? learnAndDescend(batch, rate)
              : learn(batch, List.of(share -> share.updateParameters(rate)));
      return new StepLoss(loss, losses); // set by the pass
    }
    StepLoss loss = learned(batch, updates);
    if (optimizer.reevaluates()) {
      if (!updates.keepsGradients()) {
        throw new IllegalStateException(
            "an optimizer that evaluates the loss several times in a step, as LBFGS, takes"
                + " gradients as they are: neither clipped nor accumulated");
      }
      Weights weights = engine.weights();
      Map<String, Float> parts = losses;
      updates.exchange().ifPresent(others -> others.share(weights, batch));
      keeping(
          weights.gradients(),
          () ->
              optimizer.step(
                  weights.values(),
                  weights.gradients(),
                  loss.whole(),
                  () -> relearned(batch, updates)));
      losses = parts; // before the update, as the loss is
      return loss;
    }
    if (updates.take(engine.weights(), batch)) {
      update(optimizer);
    }
    return loss;
  }

  /** Forward and backward; what that came to, with others once they have been told. */
  private StepLoss learned(Examples batch, Updates updates) {
    float loss = learn(batch, List.of(Share::learnParameters));
    return updates.exchange().isPresent()
        ? updates.exchange().get().add(pass, batch)
        : new StepLoss(loss, losses); // set by the pass
  }

  /**
   * A step of plain descent that also leaves gradients: the second phase is done twice, for these
   * and as ever. What shares have computed of them before is put back in between.
   */
  private float learnAndDescend(Examples batch, Scalar rate) {
    Tensor gradients = engine.weights().gradients();
    Tensor pieces = torch.empty_like(gradients);
    Tensor sums = torch.empty_like(gradients);
    List<Consumer<Share>> second =
        List.of(
            share -> share.copyPart(gradients, pieces),
            Share::learnParameters,
            share -> {
              share.copyPart(gradients, sums);
              share.copyPart(pieces, gradients);
            },
            share -> share.updateParameters(rate));
    float loss = learn(batch, second);
    gradients.copy_(sums);
    return loss;
  }

  private float relearned(Examples batch, Updates updates) {
    StepLoss loss = learned(batch, updates);
    updates.exchange().ifPresent(others -> others.share(engine.weights(), batch));
    return loss.whole();
  }

  /** Whether the products that would give gradients may update the weights. */
  private boolean descends(Optimizer optimizer, Updates updates) {
    return descendsAnywhere(optimizer, updates)
        && (engine.device().type() == Device.Type.CPU || engine.network().descendsOnGpu());
  }

  private boolean descendsAnywhere(Optimizer optimizer, Updates updates) {
    return engine.learning().isPlain()
        && engine.network().canDescend()
        && optimizer.isPlainDescent()
        && updates.isPlain();
  }

  /**
   * Does the step by replaying what has been recorded, or what will be.
   *
   * @return has its losses; empty where it is not done so, and not done
   */
  private Optional<Pass> replayed(Examples batch, Optimizer optimizer, Updates updates) {
    if (keepsGradients && recorded.replays(batch, optimizer, updates) && hasRoomBeside(batch)) {
      isBeside = true;
      return Optional.empty();
    }
    Optional<RecordedStep> step = recorded.of(batch, optimizer, updates);
    step.ifPresent(it -> replay(it, batch, optimizer, updates));
    return step.map(RecordedStep::pass);
  }

  /** Whether a step can be done one operation at a time, beside what has been recorded. */
  private boolean hasRoomBeside(Examples batch) {
    try {
      pass.begin(batch);
      return true;
    } catch (NoRoom e) {
      return false;
    }
  }

  private void replay(RecordedStep step, Examples batch, Optimizer optimizer, Updates updates) {
    forget();
    try {
      if (descendsAnywhere(optimizer, updates)
          && engine.network().descendsOnGpu()
          && step.keepsRate(optimizer.learningRate())) {
        Scalar rate = negated(optimizer.learningRate());
        step.descend(
            batch,
            rate,
            phases(Share::learn, List.of(share -> share.updateParameters(rate))),
            updates);
      } else if (updates.areAlike()) {
        step.step(batch, optimizer, phases(Share::learn, List.of(Share::learnParameters)), updates);
      } else {
        step.gradients(batch, phases(Share::learn, List.of(Share::learnParameters)), updates);
        if (updates.take(engine.weights(), batch)) {
          update(optimizer);
        }
      }
    } catch (NoRoom e) {
      recorded.close(); // a smaller batch needs the memory
      throw e;
    }
  }

  /**
   * Before a checkpoint: what the processes of a group have collected is with the first of them.
   */
  public void bringTogether(Updates updates) {
    engine.run(
        "bringing gradients together",
        () -> {
          updates.bringTogether();
          return null;
        });
  }

  /** An update of what has been collected until now, if anything. */
  public void finish(Updates updates) {
    if (!updates.begins()) {
      engine.run(
          "update",
          () -> {
            pass.takeCores();
            updates.finish(engine.weights());
            update(engine.requireOptimizer());
            updates.updated();
            return null;
          });
    }
  }

  private void update(Optimizer optimizer) {
    Weights weights = engine.weights();
    Learning learning = engine.learning();
    keeping(
        weights.gradients(),
        () -> {
          if (learning.isPlain()) {
            optimizer.step(weights.values(), weights.gradients());
          } else {
            optimizer.step(weights.values(), weights.gradients(), learning.groups());
          }
        });
  }

  /** An optimizer may add decay to gradients, or evaluate them anew; who looks has them before. */
  private void keeping(Tensor gradients, Runnable optimizing) {
    Tensor kept = keepsGradients ? gradients.clone() : null;
    optimizing.run();
    if (kept != null) {
      gradients.copy_(kept);
    }
  }

  private Examples learned(Tensors inputs, Tensors targets) {
    Examples batch = check.batch(inputs, targets);
    check.learns(batch);
    return batch;
  }

  private float learn(Examples batch, List<Consumer<Share>> second) {
    forget();
    try {
      pass.begin(batch);
    } catch (NoRoom e) {
      boolean givesWay = recorded.giveWay();
      if (!engine.scoring().giveWay() && !givesWay) {
        throw e;
      }
      pass.begin(batch);
    }
    return goBack(batch, Share::learn, second);
  }

  private float goBack(Examples batch, Consumer<Share> first, List<Consumer<Share>> second) {
    pass.run(phases(first, second));
    inputGradients.take(pass, batch.size());
    engine.learning().clear(engine.weights().gradients());
    return losses(pass);
  }

  private float losses(Pass done) {
    List<StatedLoss> stated = engine.network().signature().losses();
    if (stated.size() > 1) {
      losses = new LinkedHashMap<>();
      for (int i = 0; i < stated.size(); i++) {
        losses.put(stated.get(i).name(), (float) done.loss(i));
      }
    }
    return (float) done.loss();
  }

  private List<Consumer<Share>> phases(Consumer<Share> first, List<Consumer<Share>> second) {
    List<Consumer<Share>> phases = new ArrayList<>();
    if (forward == Forward.NONE) {
      lower(phases);
    }
    phases.add(first);
    phases.addAll(second);
    if (engine.network().tiedSize() > 0) {
      phases.add(Share::addTied);
    }
    return phases;
  }

  private void lower(List<Consumer<Share>> phases) {
    if (engine.computesMixed()) {
      phases.add(Share::lower);
    }
  }

  /** The learning rate, negated, made anew only when it has changed. */
  private Scalar negated(double lr) {
    if (minusLr == null || -lr != minusLr.toDouble()) {
      if (constants != null) {
        constants.close();
      }
      constants = Arena.filledBy(() -> minusLr = new Scalar(-lr));
    }
    return minusLr;
  }

  /** What has been recorded holds no longer. */
  void forgetRecorded() {
    recorded.close();
  }

  void freeBuffers() {
    forget();
    recorded.close();
    inputGradients.close();
    pass.close();
  }

  @Override
  public void close() {
    freeBuffers();
    if (constants != null) {
      constants.close();
    }
  }
}
