package io.github.torchscribe.benchmarks.micro;

import io.github.torchscribe.runtime.data.Batch;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/** A shuffled batch of 200 of MNIST, from bytes to normalised floats, on one thread. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchesMicro extends Micro {
  private static final int SIZE = 200;
  private static final int EXAMPLES = 60_000;

  private final Mnist data = Mnist.train();
  private final Randomness randomness = new Randomness(1);
  private final DataLoader loader = DataLoader.shuffled(data, SIZE, randomness, Device.cpu());
  private Iterator<Batch> batches = loader.iterator();

  private final Tensor bytes =
      torch.randint(
          256, new long[] {EXAMPLES, 1, 28, 28}, new TensorOptions(torch.ScalarType.Byte));
  private final Tensor rows =
      torch.randint(EXAMPLES, new long[] {SIZE}, new TensorOptions(torch.ScalarType.Long));
  private final Scalar most = new Scalar(255.0);
  private final Scalar mean = new Scalar(0.1307);
  private final Scalar deviation = new Scalar(0.3081);

  /** On one thread, as the loader does it. */
  public BatchesMicro() {
    torch.set_num_threads(1);
  }

  /** Frees the data. */
  @TearDown
  public void close() {
    loader.close();
    data.close();
    randomness.close();
  }

  /** As {@link DataLoader} does it, with all that it does besides. */
  @Benchmark
  public Batch loader() {
    if (!batches.hasNext()) {
      batches = loader.iterator();
    }
    return batches.next();
  }

  /** One operation of libtorch's for each thing that has to be done. */
  @Benchmark
  public long operations() {
    try (PointerScope scope = new PointerScope()) {
      Tensor batch = bytes.index_select(0, rows).to(torch.ScalarType.Float);
      scope.attach(batch);
      return batch.div_(most).sub_(mean).div_(deviation).numel();
    }
  }
}
