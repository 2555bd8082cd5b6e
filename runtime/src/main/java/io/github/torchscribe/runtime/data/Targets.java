package io.github.torchscribe.runtime.data;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * What is to be learned of each example: a class, or numbers. A dataset has it, a loss takes it.
 */
public final class Targets {
  private final long classes;
  private final long[] shape;

  private Targets(long classes, long... shape) {
    this.classes = classes;
    this.shape = shape;
  }

  /**
   * One class for each example, or for each of its places: a batch's targets are 64-bit integers of
   * shape (N, shape…).
   *
   * @param count how many classes there are; they are counted from 0
   * @param shape of one example's; nothing where it has one class
   * @return targets
   */
  public static Targets classes(long count, long... shape) {
    return new Targets(count, shape.clone());
  }

  /**
   * Numbers for each example: a batch's targets are 32-bit floats of shape (N, shape…).
   *
   * @param shape of one example's
   * @return targets
   */
  public static Targets numbers(long... shape) {
    return new Targets(0, shape.clone());
  }

  /**
   * Whether they are classes.
   *
   * @return false where they are numbers
   */
  public boolean areClasses() {
    return classes > 0;
  }

  /**
   * How many classes there are.
   *
   * @return 0 where the targets are numbers
   */
  public long classes() {
    return classes;
  }

  /**
   * The shape of one example's.
   *
   * @return empty where it is one class
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * Room for a batch of them.
   *
   * @param n how many examples
   * @return a new tensor on the CPU, of any content
   */
  public Tensor empty(long n) {
    return torch.empty(Shapes.batch(n, shape), new TensorOptions(type()), null);
  }

  private torch.ScalarType type() {
    return areClasses() ? torch.ScalarType.Long : torch.ScalarType.Float;
  }

  /**
   * Whether a loss that takes these can be given those. Classes may be fewer.
   *
   * @param others of a dataset
   * @return true when they fit
   */
  public boolean accept(Targets others) {
    return areClasses() == others.areClasses()
        && others.classes <= classes
        && Arrays.equals(shape, others.shape);
  }

  /**
   * Whether a tensor is a batch of such targets.
   *
   * @param batch any
   * @param n how many examples it must have
   * @return true when type and shape fit
   */
  public boolean fit(Tensor batch, long n) {
    return batch.scalar_type().intern() == type()
        && Arrays.equals(Shapes.of(batch), Shapes.batch(n, shape));
  }

  /** For a message: {@code Long (N), classes from 0 to 9}, {@code Float (N, 1)}. */
  @Override
  public String toString() {
    return areClasses()
        ? "Long " + Shapes.batchOf(shape) + ", classes from 0 to " + (classes - 1)
        : "Float " + Shapes.batchOf(shape);
  }
}
