package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.onnx.OnnxNetwork;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;

/** What the processor writes of a model, as the engine wants it. */
public interface Generated {
  /**
   * What is known of the network.
   *
   * @return always the same
   */
  Network network();

  /**
   * Makes the views of all parameters and gradients.
   *
   * @param values all parameters, then what is remembered besides, flat
   * @param gradients all gradients, flat
   */
  void bind(Tensor values, Tensor gradients);

  /**
   * Draws all parameters, in the order that PyTorch draws them.
   *
   * @param generator drawn from
   */
  void initialize(GeneratorOptional generator);

  /**
   * A share of the network's passes.
   *
   * @return a new one
   */
  Share share();

  /**
   * Positions of a text, where the network writes texts.
   *
   * @return a new one
   */
  Positions positions();

  /**
   * The network as ONNX' operators.
   *
   * @return a new description
   */
  OnnxNetwork onnx();

  /**
   * The class that was written, for errors that say in which line of it something failed.
   *
   * @return a subclass of {@code Model}
   */
  Class<?> type();
}
