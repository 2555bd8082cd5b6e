package example;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.Training;
import io.github.torchscribe.dsl.nn.CrossEntropyLoss;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.dsl.optim.SGD;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Exclusive or, learned. */
@Network(input = 2)
@Linear({2, 8}) @Tanh
@Linear({8, 2})
@CrossEntropyLoss
@SGD(lr = 0.5, momentum = 0.9)
@Training(epochs = 200, batchSize = 4, seed = 1)
public interface Xor {
  static void main(String[] args) {
    Tensor inputs = torch.tensor(0f, 0f, 0f, 1f, 1f, 0f, 1f, 1f).view(4, 2);
    try (XorModel model = XorModel.create();
        Dataset data = new TensorDataset(inputs, torch.tensor(0L, 1L, 1L, 0L))) {
      Trainer.of(model).run(data, data);
      System.out.println("after training: " + model.evaluate(data));
    }
  }
}
