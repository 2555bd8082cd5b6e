package io.github.torchscribe.samples.tutorial;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The images of two digits of MNIST; the target is 1 for the second digit and 0 for the first: a
 * dataset of one's own.
 */
final class TwoDigits implements Dataset {
  private final Subset images;
  private final long yes;

  TwoDigits(Mnist all, long no, long yes) {
    this.yes = yes;
    long[] digits = all.digits();
    images =
        new Subset(
            all,
            IntStream.range(0, digits.length)
                .filter(i -> digits[i] == no || digits[i] == yes)
                .asLongStream()
                .toArray());
  }

  @Override
  public long size() {
    return images.size();
  }

  @Override
  public TensorSpec inputs() {
    return images.inputs();
  }

  @Override
  public TensorSpec targets() {
    return TensorSpec.numbers(1);
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    try (PointerScope scope = new PointerScope()) {
      Tensor digits = images.targets().empty(indices.size(0));
      scope.attach(digits);
      images.gather(indices, inputs, digits);
      targets.copy_(digits.eq(new Scalar(yes)).unsqueeze(1)); // true is 1
    }
  }

  @Override
  public void close() {
    images.close();
  }
}
