package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.dsl.Input;
import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.BCEWithLogitsLoss;
import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.dsl.nn.Flatten;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.MaxPool2d;
import io.github.torchscribe.dsl.nn.ReLU;
import io.github.torchscribe.dsl.nn.Sigmoid;
import io.github.torchscribe.dsl.optim.Adam;
import org.bytedeco.pytorch.Tensor;

/**
 * Whether two images show the same digit (Koch, Zemel, Salakhutdinov, 2015): both go through one
 * encoder; from how far their codes are apart follows the answer.
 */
@Network(input = {2, 28, 28})
@BCEWithLogitsLoss
@Adam
@Training(epochs = 3, batchSize = 100, seed = 1)
public interface Siamese {
  /** The code of an image. */
  @Conv2d(value = 16, kernelSize = 3)
  @ReLU
  @MaxPool2d(2)
  @Conv2d(value = 32, kernelSize = 3)
  @ReLU
  @MaxPool2d(2)
  @Flatten
  @Linear(128)
  @Sigmoid
  Tensor encode(@Input({1, 28, 28}) Tensor image);

  /** The score of two codes' distance: above 0 where they stand for the same. */
  @Linear({128, 1})
  Tensor compare(Tensor distance);

  /** Both images of each pair through the encoder, and their distance into the score. */
  default Tensor forward(Tensor pairs) {
    Tensor left = encode(pairs.narrow(1, 0, 1));
    Tensor right = encode(pairs.narrow(1, 1, 1));
    return compare(left.sub(right).abs());
  }
}
