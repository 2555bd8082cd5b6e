package io.github.torchscribe.spark;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.Concat;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.SGD;
import org.bytedeco.pytorch.Tensor;

/** Several inputs, outputs and losses. */
@Network
@SGD(lr = 0.1)
@Training(epochs = 2, batchSize = 4, seed = 1)
public interface Home {
  /** Where it is. */
  @Embedding({5, 2})
  Tensor place(@Input(indices = 5) Tensor city);

  /** What is known of it. */
  @Concat
  @Linear(4)
  @ReLU
  Tensor code(@Input(2) Tensor numbers, Tensor place);

  /** What it is. */
  @Linear(3)
  @CrossEntropyLoss
  Tensor kind(Tensor code);

  /** What it costs. */
  @Linear(1)
  @MSELoss
  Tensor price(Tensor code);
}
