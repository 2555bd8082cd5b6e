package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * An operation of libtorch's that knows nothing of other rows, or of other numbers: several threads
 * have some each.
 */
final class Rowwise extends InParts {
  /** Numbers of which each is by itself are divided by whole vectors. */
  private static final long ALONE = 64;

  private final Pair whole;
  private final Pair[] parts;

  private Rowwise(Hands hands, Operation operation, Pair whole, Pair... parts) {
    super(
        hands,
        parts.length,
        () -> isSame(operation, whole, parts.length),
        operation.name,
        whole.to.size(0),
        whole.to.size(1));
    this.whole = whole;
    this.parts = parts;
  }

  /**
   * What is computed.
   *
   * @param name says what it is
   * @param least what a part has at least, in numbers: some ten microseconds
   * @param isByRow whether a number depends on others of its row
   * @param whole gives a place the result for what lies elsewhere, some rows or all
   */
  record Operation(String name, long least, boolean isByRow, BiConsumer<Tensor, Tensor> whole) {
    static final Operation GELU = new Operation("GELU", 12_000, false, torch::gelu_out);

    static final Operation GELU_BY_TANH =
        new Operation(
            "GELU by tanh", 12_000, false, (to, from) -> torch.gelu_out(to, from, "tanh"));

    static final Operation SOFTMAX =
        new Operation("softmax", 12_000, true, (to, from) -> torch.softmax_out(to, from, -1));

    /** Over the last dimension. */
    static Operation layerNorm(
        long[] shape, TensorOptional weight, TensorOptional bias, double eps) {
      return new Operation(
          "layer norm",
          9_000,
          true,
          (to, from) -> {
            try (Tensor normalized = torch.layer_norm(from, shape, weight, bias, eps, false)) {
              to.copy_(normalized);
            }
          });
    }

    /** Computes all of it. */
    void compute(Tensor to, Tensor from) {
      whole.accept(to, from);
    }

    private long width(Tensor some) {
      return isByRow ? some.size(-1) : ALONE;
    }
  }

  /** Rows, and where their results go. */
  private record Pair(Operation operation, Tensor to, Tensor from) {
    void compute() {
      operation.compute(to, from);
    }

    Pair[] divided(int among) {
      Pair[] all = new Pair[among];
      for (int i = 0; i < among; i++) {
        long begin = first(i, among, to.size(0), 1);
        long count = first(i + 1, among, to.size(0), 1) - begin;
        all[i] = new Pair(operation, to.narrow(0, begin, count), from.narrow(0, begin, count));
      }
      return all;
    }
  }

  /**
   * An operation whose tensors stay where they are.
   *
   * @param hands who computes it
   * @param to gets the result
   * @param from of the same shape
   * @return null where it is not to be divided
   */
  static Rowwise of(Hands hands, Operation operation, Tensor to, Tensor from) {
    int among = (int) Math.min(hands.most(), to.numel() / operation.least);
    if (among < 2 || !to.is_contiguous() || !from.is_contiguous()) {
      return null;
    }
    long width = operation.width(to);
    if (to.numel() % width != 0 || to.numel() / width < among) {
      return null;
    }
    Pair whole = new Pair(operation, to.view(-1, width), from.view(-1, width));
    return new Rowwise(hands, operation, whole, whole.divided(among));
  }

  private static boolean isSame(Operation operation, Pair sizes, int among) {
    Tensor from = SameBits.like(sizes.from);
    Pair whole = new Pair(operation, torch.empty_like(sizes.to), from);
    whole.compute();
    Pair divided = new Pair(operation, torch.empty_like(sizes.to), from);
    for (Pair part : divided.divided(among)) {
      part.compute();
    }
    return torch.equal(whole.to, divided.to);
  }

  @Override
  void computeWhole() {
    whole.compute();
  }

  @Override
  void computePart(int number) {
    parts[number].compute();
  }
}
