package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.generated.Weights;
import io.github.torchscribe.runtime.optim.Optimizer;
import io.github.torchscribe.runtime.torch.Arena;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The steps of training: forward, loss, backward, update. */
public final class Steps implements AutoCloseable {
  private final Engine engine;
  private final BatchCheck check;
  private final Pass pass;
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
  public float backward(Tensor input, Tensor target) {
    Counted counted = learned(input, target);
    return engine.run("backward pass", () -> learn(input, target, counted, Share::learnParameters));
  }

  /**
   * A training step.
   *
   * @param updates what becomes of gradients before the optimizer has them
   * @return the batch's loss before the update
   */
  public float step(Tensor input, Tensor target, Updates updates) {
    Counted counted = learned(input, target);
    Optimizer optimizer = engine.requireOptimizer();
    return engine.run("training step", () -> step(input, target, counted, optimizer, updates));
  }

  private float step(
      Tensor input, Tensor target, Counted counted, Optimizer optimizer, Updates updates) {
    if (engine.network().canDescend() && optimizer.isPlainDescent() && updates.isPlain()) {
      Scalar rate = negated(optimizer.learningRate());
      return learn(input, target, counted, share -> share.updateParameters(rate));
    }
    Weights weights = engine.weights();
    float loss = learn(input, target, counted, Share::learnParameters);
    if (optimizer.reevaluates()) {
      if (!updates.isPlain()) {
        throw new IllegalStateException(
            "an optimizer that evaluates the loss several times in a step, as LBFGS, takes"
                + " gradients as they are: neither clipped nor accumulated");
      }
      optimizer.step(
          weights.values(),
          weights.gradients(),
          loss,
          () -> learn(input, target, counted, Share::learnParameters));
      return loss;
    }
    if (updates.take(weights.gradients(), counted.weight())) {
      optimizer.step(weights.values(), weights.gradients());
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
            engine.requireOptimizer().step(weights.values(), weights.gradients());
            return null;
          });
    }
  }

  private Counted learned(Tensor input, Tensor target) {
    Counted counted = check.batch(input, target);
    check.learns(input);
    return counted;
  }

  private float learn(Tensor input, Tensor target, Counted counted, Consumer<Share> second) {
    pass.begin(input, target, counted);
    if (engine.computesMixed()) {
      pass.run(List.of(Share::lower, Share::learn, second));
    } else {
      pass.run(List.of(Share::learn, second));
    }
    return (float) pass.loss();
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
