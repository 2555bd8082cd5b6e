package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.benchmarks.micro.Micro;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Max pooling of 64 channels of 24 × 24 by 2 × 2 in a prediction, on one thread. */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WindowsMicro extends Micro {
  private static final long CHANNELS = 64;
  private static final long SIZE = 24;

  /** Images at once. */
  @Param({"1", "2", "4", "8", "32"})
  long images;

  /** Whether channels lie last. */
  @Param({"true", "false"})
  boolean channelsLast;

  private Tensor input;
  private Tensor result;
  private Prepared windows;

  /** Makes the images. */
  @Setup
  public void fill() {
    torch.set_num_threads(1);
    input = images(SIZE);
    result = images(SIZE / 2);
    windows = Windows.of(result, input, 2, 2, true);
  }

  private Tensor images(long size) {
    return channelsLast
        ? torch.rand(images, size, size, CHANNELS).permute(0, 3, 1, 2)
        : torch.rand(images, CHANNELS, size, size);
  }

  /** As predictions do it: by whole rows at a time, which for few images are found once. */
  @Benchmark
  public void ours() {
    PointerScope scope = new PointerScope();
    try {
      windows.compute();
    } finally {
      scope.close();
    }
  }

  /** libtorch's pool. */
  @Benchmark
  public void libtorch() {
    PointerScope scope = new PointerScope();
    try {
      result.copy_(torch.max_pool2d(input, 2, 2));
    } finally {
      scope.close();
    }
  }
}
