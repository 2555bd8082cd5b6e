package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.process.Hands;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * An operation of libtorch's that knows nothing of other rows, or of other numbers: several threads
 * have some each.
 */
final class Rowwise extends InParts {
  /** What a part has at least, in numbers: some ten microseconds, as each takes an exponential. */
  private static final long LEAST = 12_000;

  /** Numbers of which each is by itself are divided by whole vectors. */
  private static final long ALONE = 64;

  private final Pair whole;
  private final Pair[] parts;

  private Rowwise(Hands hands, Kind kind, Pair whole, Pair... parts) {
    super(
        hands,
        parts.length,
        () -> isSame(kind, whole, parts.length),
        kind,
        whole.to.size(0),
        whole.to.size(1));
    this.whole = whole;
    this.parts = parts;
  }

  /** What is computed. */
  enum Kind {
    GELU(torch::gelu_out),
    GELU_BY_TANH((to, from) -> torch.gelu_out(to, from, "tanh")),
    SOFTMAX((to, from) -> torch.softmax_out(to, from, -1));

    private final BiConsumer<Tensor, Tensor> operation;

    Kind(BiConsumer<Tensor, Tensor> operation) {
      this.operation = operation;
    }

    /** Computes all of it. */
    void compute(Tensor to, Tensor from) {
      operation.accept(to, from);
    }

    private long width(Tensor some) {
      return this == SOFTMAX ? some.size(-1) : ALONE;
    }
  }

  /** Rows, and where their results go. */
  private record Pair(Kind kind, Tensor to, Tensor from) {
    void compute() {
      kind.compute(to, from);
    }

    Pair[] divided(int among) {
      Pair[] all = new Pair[among];
      for (int i = 0; i < among; i++) {
        long begin = first(i, among, to.size(0), 1);
        long count = first(i + 1, among, to.size(0), 1) - begin;
        all[i] = new Pair(kind, to.narrow(0, begin, count), from.narrow(0, begin, count));
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
  static Rowwise of(Hands hands, Kind kind, Tensor to, Tensor from) {
    int among = (int) Math.min(hands.most(), to.numel() / LEAST);
    if (among < 2 || !to.is_contiguous() || !from.is_contiguous()) {
      return null;
    }
    long width = kind.width(to);
    if (to.numel() % width != 0 || to.numel() / width < among) {
      return null;
    }
    Pair whole = new Pair(kind, to.view(-1, width), from.view(-1, width));
    return new Rowwise(hands, kind, whole, whole.divided(among));
  }

  private static boolean isSame(Kind kind, Pair sizes, int among) {
    Tensor from = SameBits.like(sizes.from);
    Pair whole = new Pair(kind, torch.empty_like(sizes.to), from);
    whole.compute();
    Pair divided = new Pair(kind, torch.empty_like(sizes.to), from);
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
