package io.github.torchscribe.processor.layer.activation;

import io.github.torchscribe.dsl.nn.ELU;
import io.github.torchscribe.dsl.nn.GELU;
import io.github.torchscribe.dsl.nn.GLU;
import io.github.torchscribe.dsl.nn.Hardswish;
import io.github.torchscribe.dsl.nn.Hardtanh;
import io.github.torchscribe.dsl.nn.LeakyReLU;
import io.github.torchscribe.dsl.nn.LogSigmoid;
import io.github.torchscribe.dsl.nn.LogSoftmax;
import io.github.torchscribe.dsl.nn.Mish;
import io.github.torchscribe.dsl.nn.PReLU;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.nn.ReLU6;
import io.github.torchscribe.dsl.nn.SELU;
import io.github.torchscribe.dsl.nn.SiLU;
import io.github.torchscribe.dsl.nn.Sigmoid;
import io.github.torchscribe.dsl.nn.Softmax;
import io.github.torchscribe.dsl.nn.Softplus;
import io.github.torchscribe.dsl.nn.Softsign;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.processor.declaration.Kinds;
import io.github.torchscribe.processor.layer.Layer;

/** The activation functions: a line for each annotation, with the class that knows it. */
public final class Activations {
  private Activations() {}

  /**
   * Adds them.
   *
   * @param layers gets a line for each
   */
  public static void addTo(Kinds<Layer> layers) {
    layers
        .add(ELU.class, EluLayer::new)
        .add(GELU.class, GeluLayer::new)
        .add(GLU.class, GluLayer::new)
        .add(Hardswish.class, HardswishLayer::new)
        .add(Hardtanh.class, HardtanhLayer::new)
        .add(LeakyReLU.class, LeakyReluLayer::new)
        .add(LogSigmoid.class, LogSigmoidLayer::new)
        .add(LogSoftmax.class, LogSoftmaxLayer::new)
        .add(Mish.class, MishLayer::new)
        .add(PReLU.class, PreluLayer::new)
        .add(ReLU.class, ReluLayer::new)
        .add(ReLU6.class, Relu6Layer::new)
        .add(SELU.class, SeluLayer::new)
        .add(Sigmoid.class, SigmoidLayer::new)
        .add(SiLU.class, SiluLayer::new)
        .add(Softmax.class, SoftmaxLayer::new)
        .add(Softplus.class, SoftplusLayer::new)
        .add(Softsign.class, SoftsignLayer::new)
        .add(Tanh.class, TanhLayer::new);
  }
}
