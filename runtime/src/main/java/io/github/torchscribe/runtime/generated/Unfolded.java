package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A convolution of a single small image in grey, as a product: what each place of a window sees is
 * a row of the image, or nearly. libtorch does so for images that are not worth oneDNN's
 * preparations, place by place, into memory that it takes and gives back.
 */
final class Unfolded extends Prepared {
  /** What libtorch leaves to oneDNN is larger. */
  private static final long MOST = 20_480;

  private final Tensor windows;
  private final Tensor seen;
  private final Tensor columns;
  private final Tensor weight;
  private final Tensor bias;
  private final Tensor result;

  private Unfolded(Tensor to, Tensor from, Tensor weight, Tensor bias, long[] stride) {
    long height = weight.size(2);
    long width = weight.size(3);
    long[] sizes = {height, width, to.size(2), to.size(3)};
    long row = from.stride(2);
    long place = from.stride(3);
    seen = from.as_strided(sizes, new long[] {row, place, stride[0] * row, stride[1] * place});
    windows = torch.empty(sizes, from.options(), null);
    columns = windows.view(height * width, -1).t();
    this.weight = weight.view(weight.size(0), -1).t();
    this.bias = bias;
    result = to.permute(0, 2, 3, 1).view(-1, to.size(1));
  }

  /**
   * A convolution whose numbers stay where they are.
   *
   * @return null where it is another kind of convolution
   */
  static Unfolded of(
      Tensor to, Tensor from, Tensor weight, Tensor bias, long[] stride, boolean isPlain) {
    boolean suits = isPlain && from.size(1) == 1 && from.numel() <= MOST && weight.size(2) <= 3;
    return suits ? new Unfolded(to, from, weight, bias, stride) : null;
  }

  @Override
  public void compute() {
    windows.copy_(seen);
    if (bias == null) {
      torch.mm_out(result, columns, weight);
    } else {
      torch.addmm_out(result, bias, columns, weight);
    }
  }
}
