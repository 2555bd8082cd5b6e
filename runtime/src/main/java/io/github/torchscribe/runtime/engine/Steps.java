package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Examples;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;

/** The steps of training: forward, loss, backward, update. */
public final class Steps implements AutoCloseable {
  private final Engine engine;
  private final BatchCheck check;
  private final Pass pass;
  private Map<String, Float> losses = Map.of();
  private Arena constants;
  private Scalar minusLr;

  Steps(Engine engine, BatchCheck check) {
    this.engine = engine;
    this.check = check;
    pass = new Pass(engine, true);
  }

  /**
   * Forward, loss and backward: fills the parameters' gradients.
   *
   * @return the batch's loss
   */
  public float backward(Tensors inputs, Tensors targets) {
    Examples batch = learned(inputs, targets);
    return engine.run("backward pass", () -> learn(batch, Share::learnParameters));
  }

  /**
   * A training step.
   *
   * @param updates what becomes of gradients before the optimizer has them
   * @return the batch's loss before the update
   */
  public float step(Tensors inputs, Tensors targets, Updates updates) {
    Examples batch = learned(inputs, targets);
    Optimizer optimizer = engine.requireOptimizer();
    return engine.run("training step", () -> step(batch, optimizer, updates));
  }

  /**
   * What each of several losses came to in the last step, by name, as it is before it is weighed.
   *
   * @return empty where there is one
   */
  public Map<String, Float> losses() {
    return losses;
  }

  private float step(Examples batch, Optimizer optimizer, Updates updates) {
    boolean plain = engine.learning().isPlain();
    if (plain && engine.network().canDescend() && optimizer.isPlainDescent() && updates.isPlain()) {
      Scalar rate = negated(optimizer.learningRate());
      return learn(batch, share -> share.updateParameters(rate));
    }
    Weights weights = engine.weights();
    float loss = learn(batch, Share::learnParameters);
    if (optimizer.reevaluates()) {
      if (!updates.isPlain()) {
        throw new IllegalStateException(
            "an optimizer that evaluates the loss several times in a step, as LBFGS, takes"
                + " gradients as they are: neither clipped nor accumulated");
      }
      Map<String, Float> parts = losses;
      optimizer.step(
          weights.values(), weights.gradients(), loss, () -> learn(batch, Share::learnParameters));
      losses = parts; // before the update, as the loss is
      return loss;
    }
    if (updates.take(weights.gradients(), batch.weight())) {
      update(optimizer);
    }
    return loss;
  }

  /** An update of what has been collected until now, if anything. */
  public void finish(Updates updates) {
    if (!updates.begins()) {
      engine.run(
          "update",
          () -> {
            pass.takeCores();
            Weights weights = engine.weights();
            updates.finish(weights.gradients());
            update(engine.requireOptimizer());
            return null;
          });
    }
  }

  private void update(Optimizer optimizer) {
    Weights weights = engine.weights();
    Learning learning = engine.learning();
    if (learning.isPlain()) {
      optimizer.step(weights.values(), weights.gradients());
    } else {
      optimizer.step(weights.values(), weights.gradients(), learning.groups());
    }
  }

  private Examples learned(Tensors inputs, Tensors targets) {
    Examples batch = check.batch(inputs, targets);
    check.learns(batch);
    return batch;
  }

  private float learn(Examples batch, Consumer<Share> second) {
    pass.begin(batch);
    pass.run(phases(second));
    engine.learning().clear(engine.weights().gradients());
    List<StatedLoss> stated = engine.network().signature().losses();
    if (stated.size() > 1) {
      losses = new LinkedHashMap<>();
      for (int i = 0; i < stated.size(); i++) {
        losses.put(stated.get(i).name(), (float) pass.loss(i));
      }
    }
    return (float) pass.loss();
  }

  private List<Consumer<Share>> phases(Consumer<Share> second) {
    List<Consumer<Share>> phases = new ArrayList<>(List.of(Share::learn, second));
    if (engine.computesMixed()) {
      phases.add(0, Share::lower);
    }
    if (engine.network().tiedSize() > 0) {
      phases.add(Share::addTied);
    }
    return phases;
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

  void freeBuffers() {
    pass.close();
  }

  @Override
  public void close() {
    pass.close();
    if (constants != null) {
      constants.close();
    }
  }
}
