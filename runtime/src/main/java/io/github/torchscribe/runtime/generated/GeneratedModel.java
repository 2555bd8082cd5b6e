package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.onnx.OnnxNetwork;
import java.util.concurrent.ThreadLocalRandom;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;

/** What the processor writes of a model, and what it writes it with. */
public abstract class GeneratedModel {
  private final Network network;

  /**
   * A model of a network.
   *
   * @param blueprint what the generated class says of it
   */
  protected GeneratedModel(Blueprint blueprint) {
    network = blueprint.network();
  }

  /**
   * Makes the views of all parameters and gradients.
   *
   * @param values all parameters, flat
   * @param gradients all gradients, flat
   */
  protected abstract void bind(Tensor values, Tensor gradients);

  /**
   * Draws all parameters, in the order that PyTorch draws them.
   *
   * @param generator drawn from
   */
  protected abstract void initialize(GeneratorOptional generator);

  /**
   * A share of the network's passes.
   *
   * @return a new one
   */
  protected abstract Share share();

  /**
   * Positions of a text, where the network writes texts.
   *
   * @return a new one
   */
  protected Positions positions() {
    throw new IllegalStateException(network.name() + " writes no texts");
  }

  /**
   * The network as ONNX' operators.
   *
   * @return a new description
   * @throws IllegalStateException where a method of the user's puts layers together
   */
  protected OnnxNetwork onnx() {
    throw new IllegalStateException(
        network.name()
            + " cannot be exported to ONNX: its forward is a method of yours, which Java alone can"
            + " run. Where methods without a body take each other's values by the names of their"
            + " parameters, the whole network is known, and can be exported.");
  }

  /**
   * The seed that the annotations state, or another one for every model.
   *
   * @param blueprint of the network
   * @return a seed
   */
  protected static long seed(Blueprint blueprint) {
    return blueprint
        .network()
        .training()
        .seed()
        .orElseGet(() -> ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE);
  }

  /**
   * A piece of a flat tensor.
   *
   * @param flat one dimension
   * @param offset where it begins
   * @param shape of the view
   * @return a view
   */
  protected static Tensor view(Tensor flat, long offset, long... shape) {
    return Weights.view(flat, offset, shape);
  }

  /**
   * A piece of a flat tensor as a leaf of autograd's graph, whose gradient goes into another.
   *
   * @param values holds the leaf's value
   * @param gradients receives its gradient
   * @param offset where it begins in both
   * @param shape of the leaf
   * @return a tensor that requires a gradient
   */
  protected static Tensor leaf(Tensor values, Tensor gradients, long offset, long... shape) {
    // With a version counter of its own: autograd must not take a change of what lies beside it in
    // the same memory, such as a running mean, for one of the leaf.
    Tensor leaf = view(values, offset, shape).variable_data().requires_grad_(true);
    leaf.mutable_grad().put(view(gradients, offset, shape));
    return leaf;
  }

  /**
   * What is known of the network.
   *
   * @return as the generated class says it
   */
  protected final Network network() {
    return network;
  }

  /**
   * What was written, for the engine; users of a model do not see it.
   *
   * @return of this model
   */
  protected final Generated generated() {
    return new Written(this);
  }

  private record Written(GeneratedModel model) implements Generated {
    @Override
    public Network network() {
      return model.network;
    }

    @Override
    public void bind(Tensor values, Tensor gradients) {
      model.bind(values, gradients);
    }

    @Override
    public void initialize(GeneratorOptional generator) {
      model.initialize(generator);
    }

    @Override
    public Share share() {
      return model.share();
    }

    @Override
    public Positions positions() {
      return model.positions();
    }

    @Override
    public OnnxNetwork onnx() {
      return model.onnx();
    }

    @Override
    public Class<?> type() {
      return model.getClass();
    }
  }
}
