package io.github.torchscribe.runtime.generated;

import org.bytedeco.pytorch.Tensor;

/**
 * A batch as a pass takes it: everything in the network's order, nothing by name.
 *
 * @param inputs (N, example…), at least one
 * @param targets for each loss, as it takes them; null where it takes none; empty where nothing is
 *     learned or measured
 * @param counted for each loss what counts of its targets
 */
public record Examples(Tensor[] inputs, Tensor[] targets, Counted[] counted) {
  private static final Tensor[] NO_TARGETS = {};
  private static final Counted[] NOTHING_COUNTED = {};

  /** A batch without targets. */
  public static Examples without(Tensor... inputs) {
    return new Examples(inputs, NO_TARGETS, NOTHING_COUNTED);
  }

  /** How many examples there are. */
  public long size() {
    return inputs[0].size(0);
  }

  /** The same, each tensor in one piece. */
  public Examples contiguous() {
    Tensor[] all = new Tensor[inputs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = inputs[i].contiguous();
    }
    return new Examples(all, targets, counted);
  }

  /** The same, kept alive whatever becomes of the caller's tensors, in a scope that is open. */
  public Examples held() {
    Tensor[] all = new Tensor[inputs.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Tensor(inputs[i]);
    }
    return new Examples(all, targets, counted);
  }

  /** Whether no target of a loss counts: then the batch has no such loss. */
  public boolean countsNothing(int loss) {
    return counted[loss].counting() == 0;
  }

  /**
   * What the batch counts where several are put together: what its targets weigh, or, of several
   * losses, its examples.
   */
  public double weight() {
    return counted.length == 1 ? counted[0].weight() : size();
  }
}
