package io.github.torchscribe.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Adam's update of the MLP's 199,210 parameters, on one thread. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class UpdatesMicro extends Micro {
  private static final long[][] SHAPES = {{200, 784}, {200}, {200, 200}, {200}, {10, 200}, {10}};
  private static final long COUNT = 199_210;

  private final Tensor parameters = torch.rand(COUNT);
  private final Tensor gradients = torch.rand(COUNT);
  private final io.github.torchscribe.runtime.optim.Adam ours =
      new io.github.torchscribe.runtime.optim.Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, false);

  private final TensorVector each = new TensorVector();
  private final Adam theirs;

  /** Parameters of their own for libtorch's optimizer. */
  public UpdatesMicro() {
    torch.set_num_threads(1);
    for (long[] shape : SHAPES) {
      Tensor parameter = torch.rand(shape).requires_grad_(true);
      parameter.mutable_grad().put(torch.rand(shape));
      each.push_back(parameter);
    }
    theirs = new Adam(each);
  }

  /** All parameters side by side. */
  @Benchmark
  public void flat() {
    PointerScope scope = new PointerScope();
    try {
      ours.step(parameters, gradients);
    } finally {
      scope.close();
    }
  }

  /** libtorch's {@code torch::optim::Adam}: one parameter after the other. */
  @Benchmark
  public void libtorch() {
    try (PointerScope scope = new PointerScope()) {
      scope.attach(theirs.step());
    }
  }
}
