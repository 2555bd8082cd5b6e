package io.github.torchscribe.samples.tables;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What tests of runs train on, and what they look at afterwards. */
final class Points {
  private Points() {}

  /** Three classes that noise makes overlap; tensors of the caller's scope. */
  static Dataset of(long seed, long count) {
    torch.manual_seed(seed);
    Tensor classes = torch.rand(count).mul(new Scalar(3)).to(torch.ScalarType.Long);
    Tensor inputs = torch.randn(count, 2);
    inputs.select(1, 0).add_(classes);
    return new TensorDataset(inputs, classes);
  }
}
