package io.github.torchscribe.runtime.generated;

import io.github.torchscribe.runtime.cuda.FewKernels;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Copies that nobody reads before a phase's end, and that are made there by one operation. */
final class LateCopies {
  /** So many numbers may wait: beyond that what they come from takes too much memory. */
  private static final long MOST = 8_000_000;

  private final List<Tensor> to = new ArrayList<>();
  private final List<Tensor> from = new ArrayList<>();
  private long size;

  /**
   * Promises a copy: what it is made of stays until then. Where one tensor lies in another way than
   * its copy libtorch would copy all of them one by one, so that one is copied at once.
   */
  void add(Tensor goal, Tensor source) {
    if (!lieAlike(goal, source)) {
      goal.copy_(source);
      return;
    }
    to.add(goal);
    from.add(new Tensor(source)); // else it would go with what it is a part of
    size += source.numel();
    if (size > MOST) {
      copy();
    }
  }

  private static boolean lieAlike(Tensor goal, Tensor source) {
    if (goal.scalar_type().intern() != source.scalar_type().intern()
        || goal.dim() != source.dim()) {
      return false;
    }
    for (int i = 0; i < goal.dim(); i++) {
      if (goal.size(i) != source.size(i) || goal.stride(i) != source.stride(i)) {
        return false;
      }
    }
    return true;
  }

  /** Makes all that have been promised. */
  void copy() {
    if (!to.isEmpty()) {
      FewKernels.copy(to, from);
      forget();
    }
  }

  /** Makes none of them: a phase has failed. */
  void forget() {
    from.forEach(Tensor::close);
    from.clear();
    to.clear();
    size = 0;
  }
}
