package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.benchmarks.micro.Micro;
import io.github.torchscribe.runtime.process.Hands;
import io.github.torchscribe.runtime.process.Pools;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** 3 × 3 convolutions of a batch, and both gradients, on one thread. */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WinogradMicro extends Micro {
  private static final long[] ONE = {1, 1};
  private static final long[] NONE = {0, 0};

  /** Images, channels, channels of the result, height and width, padding. */
  @Param({
    "64 32 32 28 1",
    "64 64 64 14 1",
    "64 32 64 26 0",
    "16 128 128 28 1",
    "8 256 256 14 1",
    "64 64 64 7 1"
  })
  String sizes;

  private Tensor image;
  private Tensor weight;
  private Tensor result;
  private Tensor gradient;
  private long[] padding;
  private BoolPointer wanted;
  private WinogradBatch batch;

  /** Makes the images. */
  @Setup
  public void fill() {
    torch.set_num_threads(1);
    Pools.openBlas(1);
    long[] all = Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray();
    padding = new long[] {all[4], all[4]};
    image = images(all[0], all[3], all[1]);
    weight = torch.randn(all[2], all[1], 3, 3);
    result = images(all[0], all[3] + 2 * all[4] - 2, all[2]);
    gradient = images(all[0], all[3] + 2 * all[4] - 2, all[2]);
    wanted = new BoolPointer(3).put(0, true).put(1, true).put(2, false);
    batch = new WinogradBatch(new Hands());
  }

  private static Tensor images(long count, long size, long channels) {
    return ChannelsLast.seen(torch.randn(count, size, size, channels));
  }

  /** A convolution by Winograd's way. */
  @Benchmark
  public void forward() {
    PointerScope scope = new PointerScope();
    try {
      batch.convolve(result, image, weight, null, padding);
    } finally {
      scope.close();
    }
  }

  /** libtorch's, which is oneDNN's. */
  @Benchmark
  public void forwardOfLibtorch() {
    PointerScope scope = new PointerScope();
    try {
      torch.convolution(image, weight, new TensorOptional(), ONE, padding, ONE, false, NONE, 1);
    } finally {
      scope.close();
    }
  }

  /** The gradients of image and weight by Winograd's way. */
  @Benchmark
  public void gradients() {
    PointerScope scope = new PointerScope();
    try {
      batch.gradients(gradient, image, weight, padding, wanted);
    } finally {
      scope.close();
    }
  }

  /** libtorch's. */
  @Benchmark
  public void gradientsOfLibtorch() {
    PointerScope scope = new PointerScope();
    try {
      torch.convolution_backward(
          gradient, image, weight, NONE, ONE, padding, ONE, false, NONE, 1, wanted);
    } finally {
      scope.close();
    }
  }
}
