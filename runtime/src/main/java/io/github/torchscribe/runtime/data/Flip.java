package io.github.torchscribe.runtime.data;

import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Mirrors an image now and then.
 *
 * @param probability from 0 to 1
 * @param dimension that is turned around
 */
record Flip(double probability, long dimension) implements Transform {
  /** So many numbers are copied once more in less time than it takes to call libtorch for each. */
  private static final long SMALL = 20_000;

  @Override
  public boolean isForAnyDevice() {
    return true;
  }

  @Override
  public Tensor apply(Tensor images, RandomGenerator random) {
    long n = images.size(0);
    long[] drawn =
        LongStream.range(0, n).filter(image -> random.nextDouble() < probability).toArray();
    if (drawn.length > 0) {
      if (images.is_cuda() || images.numel() / n <= SMALL) {
        atOnce(images, drawn);
      } else {
        oneByOne(images, drawn);
      }
    }
    return images;
  }

  void atOnce(Tensor images, long... drawn) {
    Tensor which = Transforms.beside(images, torch.tensor(drawn));
    images.index_copy_(0, which, images.index_select(0, which).flip(dimension));
  }

  void oneByOne(Tensor images, long... drawn) {
    for (long i : drawn) {
      Tensor image = images.select(0, i);
      image.copy_(image.flip(dimension));
    }
  }
}
