package io.github.torchscribe.samples.tables;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.Concat;
import io.github.torchscribe.dsl.nn.Embedding;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MSELoss;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.optim.AdamW;
import org.bytedeco.pytorch.Tensor;

/**
 * How heavy a penguin is, by three sizes, and by what and where it is. Of each word a vector is
 * learned; index 0 is for words that the table did not have.
 */
@Network
@AdamW(lr = 0.01, weightDecay = 0.1)
@Training(epochs = 200, batchSize = 32, seed = 1)
public interface Penguins {
  @Embedding({4, 2})
  Tensor kind(@Input(indices = 4) Tensor species);

  @Embedding({4, 2})
  Tensor place(@Input(indices = 4) Tensor island);

  @Embedding({4, 2})
  Tensor gender(@Input(indices = 4) Tensor sex);

  @Concat
  @Linear({9, 32})
  @ReLU
  @Linear({32, 1})
  @MSELoss
  Tensor mass(@Input(3) Tensor sizes, Tensor kind, Tensor place, Tensor gender);
}
