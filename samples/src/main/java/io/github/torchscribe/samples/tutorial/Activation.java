package io.github.torchscribe.samples.tutorial;

import io.github.torchscribe.runtime.Model;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * An activation function.
 *
 * @param name PyTorch's
 * @param function libtorch's
 * @param network makes the network of six layers with it, from a seed
 */
record Activation(String name, UnaryOperator<Tensor> function, LongFunction<Model> network) {
  static final List<Activation> ALL =
      List.of(
          new Activation("Sigmoid", torch::sigmoid, SixLayers_WithSigmoidModel::create),
          new Activation("Tanh", torch::tanh, SixLayers_WithTanhModel::create),
          new Activation("ReLU", torch::relu, SixLayers_WithReLUModel::create),
          new Activation("LeakyReLU", torch::leaky_relu, SixLayers_WithLeakyReLUModel::create),
          new Activation("SELU", torch::selu, SixLayers_WithSELUModel::create),
          new Activation("Softplus", torch::softplus, SixLayers_WithSoftplusModel::create));

  /** The function's value and its derivative, which autograd gives, at each x. */
  double[][] at(double[] x) {
    float[] floats = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      floats[i] = (float) x[i];
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor input = torch.tensor(floats).set_requires_grad(true);
      scope.attach(input);
      Tensor value = function.apply(input);
      value.sum().backward();
      double[][] result = new double[x.length][2];
      for (int i = 0; i < x.length; i++) {
        result[i][0] = value.select(0, i).item_float();
        result[i][1] = input.grad().select(0, i).item_float();
      }
      return result;
    }
  }
}
