package io.github.torchscribe.runtime;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Memory that a generated model reuses from step to step. One block holds all of a pass' results,
 * at offsets that the processor chose; the generated subclass has a field for each, shaped for the
 * batch at hand. A batch that is not larger than the largest so far allocates nothing.
 */
public abstract class Buffers {
  private final Model model;
  private final long floatsPerExample;
  private long capacity;
  private long rows;
  private Arena block;
  private Arena views;
  private Tensor memory;

  /**
   * Buffers of a model; they are freed with it.
   *
   * @param model the owner
   * @param floatsPerExample what the block needs for each example, in 32-bit floats
   */
  protected Buffers(Model model, long floatsPerExample) {
    this.model = model;
    this.floatsPerExample = floatsPerExample;
    model.owns(this);
  }

  /**
   * Shapes the fields for a batch.
   *
   * @param n the number of examples
   */
  public final void resize(long n) {
    if (n == rows) {
      return;
    }
    if (n > capacity) {
      release();
      block = Arena.filledBy(() -> memory = allocate(n * floatsPerExample));
      capacity = n;
    } else if (views != null) {
      views.close();
    }
    views = Arena.filledBy(() -> bind(n));
    rows = n;
  }

  /**
   * Assigns every field.
   *
   * @param n the number of examples
   */
  protected abstract void bind(long n);

  /**
   * A piece of the block, as a contiguous tensor.
   *
   * @param offset where it begins, in floats per example
   * @param shape the whole shape, the batch dimension included
   * @return a view
   */
  protected final Tensor rows(long offset, long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    return memory.narrow(0, offset * capacity, count).view(shape);
  }

  /**
   * A single number with memory of its own.
   *
   * @return a tensor without dimensions
   */
  protected final Tensor number() {
    return torch.empty(new long[0], model.device().options(torch.ScalarType.Float), null);
  }

  /**
   * A constant tensor with memory of its own.
   *
   * @param value everywhere
   * @param shape the whole shape
   * @return 32-bit floats
   */
  protected final Tensor filled(double value, long... shape) {
    return torch.full(shape, new Scalar(value), model.device().options(torch.ScalarType.Float));
  }

  /** Frees everything; the next {@link #resize} allocates anew. */
  final void release() {
    if (views != null) {
      views.close();
      views = null;
    }
    if (block != null) {
      block.close();
      block = null;
    }
    rows = 0;
    capacity = 0;
  }

  private Tensor allocate(long floats) {
    return torch.empty(new long[] {floats}, model.device().options(torch.ScalarType.Float), null);
  }
}
