package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A dimension of each example that a layer names in its member {@code dim}: counted with the batch
 * as 0, or from the end.
 */
public final class Dimension {
  private final Written written;
  private final int stated;

  /**
   * Reads it.
   *
   * @param written where it stands
   */
  public Dimension(Written written) {
    this.written = written;
    stated = written.number("dim").intValue();
  }

  /**
   * As it is written, which is how libtorch takes it.
   *
   * @return counted with the batch
   */
  public int stated() {
    return stated;
  }

  /**
   * Says when a shape has no such dimension.
   *
   * @param shape what arrives
   * @param report is told
   * @return whether it has one, and it is known which
   */
  public boolean isIn(Shape shape, Report report) {
    boolean outside = !shape.open() && (of(shape) < 0 || of(shape) >= shape.rank());
    if (stated == 0 || outside) {
      report.say(Message.NO_DIMENSION, written.at("dim"), stated, written.name(), shape);
      return false;
    }
    return !shape.open();
  }

  /**
   * Where it is in a shape.
   *
   * @param shape that has it
   * @return counted without the batch
   */
  public int of(Shape shape) {
    return stated < 0 ? stated + shape.rank() : stated - 1;
  }

  /**
   * Its size.
   *
   * @param shape that has it
   * @return the size
   */
  public long size(Shape shape) {
    return shape.sizes().get(of(shape));
  }

  /**
   * The shape with another size there.
   *
   * @param shape that has it
   * @param size the new one
   * @return the changed copy
   */
  public Shape resized(Shape shape, long size) {
    List<Long> sizes = new ArrayList<>(shape.sizes());
    sizes.set(of(shape), size);
    return new Shape(sizes);
  }

  /**
   * The shape without it.
   *
   * @param shape that has it
   * @return the changed copy
   */
  public Shape removed(Shape shape) {
    List<Long> sizes = new ArrayList<>(shape.sizes());
    sizes.remove(of(shape));
    return new Shape(sizes);
  }

  /**
   * Says when nothing but the batch would be left without the dimension.
   *
   * @param incoming what arrives
   * @param report is told
   * @return whether something is left, as far as is known
   */
  public boolean leavesSome(Incoming incoming, Report report) {
    Shape shape = incoming.shape();
    if (shape.open() || shape.rank() > 1) {
      return true;
    }
    report.say(
        Message.WRONG_RANK, written.at(), written.name(), "(N, *, *)", incoming.from(), shape);
    return false;
  }
}
