package io.github.torchscribe.samples.tutorial;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.LeakyReLU;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.nn.SELU;
import io.github.torchscribe.dsl.nn.Sigmoid;
import io.github.torchscribe.dsl.nn.Softplus;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.dsl.optim.SGD;

/** One network of six layers, with each activation. */
final class SixLayers {
  private static final int WIDTH = 100;
  private static final int BATCH = 100;
  private static final double LR = 0.1;

  private SixLayers() {}

  /** With {@link Sigmoid}. */
  @SuppressWarnings("torchscribe:TS102") // what the warning is about is what is shown
  @Network(input = {1, 28, 28})
  @Flatten
  @Linear(WIDTH)
  @Sigmoid
  @Linear(WIDTH)
  @Sigmoid
  @Linear(WIDTH)
  @Sigmoid
  @Linear(WIDTH)
  @Sigmoid
  @Linear(WIDTH)
  @Sigmoid
  @Linear(10)
  @CrossEntropyLoss
  @SGD(lr = LR)
  @Training(batchSize = BATCH)
  interface WithSigmoid {}

  /** With {@link Tanh}. */
  @SuppressWarnings("torchscribe:TS102") // what the warning is about is what is shown
  @Network(input = {1, 28, 28})
  @Flatten
  @Linear(WIDTH)
  @Tanh
  @Linear(WIDTH)
  @Tanh
  @Linear(WIDTH)
  @Tanh
  @Linear(WIDTH)
  @Tanh
  @Linear(WIDTH)
  @Tanh
  @Linear(10)
  @CrossEntropyLoss
  @SGD(lr = LR)
  @Training(batchSize = BATCH)
  interface WithTanh {}

  /** With {@link ReLU}. */
  @Network(input = {1, 28, 28})
  @Flatten
  @Linear(WIDTH)
  @ReLU
  @Linear(WIDTH)
  @ReLU
  @Linear(WIDTH)
  @ReLU
  @Linear(WIDTH)
  @ReLU
  @Linear(WIDTH)
  @ReLU
  @Linear(10)
  @CrossEntropyLoss
  @SGD(lr = LR)
  @Training(batchSize = BATCH)
  interface WithReLU {}

  /** With {@link LeakyReLU}. */
  @Network(input = {1, 28, 28})
  @Flatten
  @Linear(WIDTH)
  @LeakyReLU
  @Linear(WIDTH)
  @LeakyReLU
  @Linear(WIDTH)
  @LeakyReLU
  @Linear(WIDTH)
  @LeakyReLU
  @Linear(WIDTH)
  @LeakyReLU
  @Linear(10)
  @CrossEntropyLoss
  @SGD(lr = LR)
  @Training(batchSize = BATCH)
  interface WithLeakyReLU {}

  /** With {@link SELU}. */
  @Network(input = {1, 28, 28})
  @Flatten
  @Linear(WIDTH)
  @SELU
  @Linear(WIDTH)
  @SELU
  @Linear(WIDTH)
  @SELU
  @Linear(WIDTH)
  @SELU
  @Linear(WIDTH)
  @SELU
  @Linear(10)
  @CrossEntropyLoss
  @SGD(lr = LR)
  @Training(batchSize = BATCH)
  interface WithSELU {}

  /** With {@link Softplus}. */
  @Network(input = {1, 28, 28})
  @Flatten
  @Linear(WIDTH)
  @Softplus
  @Linear(WIDTH)
  @Softplus
  @Linear(WIDTH)
  @Softplus
  @Linear(WIDTH)
  @Softplus
  @Linear(WIDTH)
  @Softplus
  @Linear(10)
  @CrossEntropyLoss
  @SGD(lr = LR)
  @Training(batchSize = BATCH)
  interface WithSoftplus {}
}
