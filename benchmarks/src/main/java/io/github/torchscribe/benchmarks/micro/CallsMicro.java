package io.github.torchscribe.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * What calling libtorch costs, whatever is computed: why generated code makes views and scalars
 * once and writes into memory that is there.
 */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallsMicro extends Micro {
  private final Tensor one = torch.ones(1);
  private final Tensor other = torch.ones(1);
  private final Tensor result = torch.empty(1);

  /** A scope in which nothing is made. */
  @Benchmark
  public void scope() {
    new PointerScope().close();
  }

  /** An operation that writes where it reads. */
  @Benchmark
  public void inPlace() {
    one.relu_();
  }

  /** An operation that writes into memory that is there. */
  @Benchmark
  public Tensor intoATensor() {
    return torch.mul_out(result, one, other);
  }

  /** An operation that allocates its result, which is freed. */
  @Benchmark
  public void intoANewTensor() {
    one.mul(other).close();
  }

  /** A view, which is freed. */
  @Benchmark
  public void view() {
    one.view(1, 1).close();
  }

  /** A number for an operation, which is freed. */
  @Benchmark
  public void scalar() {
    new Scalar(0.5).close();
  }

  /** Telling libtorch that autograd need not watch, and that it may again. */
  @Benchmark
  public void inferenceMode() {
    new InferenceMode(true).close();
  }
}
