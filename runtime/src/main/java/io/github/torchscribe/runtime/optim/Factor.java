package io.github.torchscribe.runtime.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A number of an optimizer's that may be another one in each step, such as its learning rate. The
 * processor hands it to each operation; on a GPU it lies in the device's memory, so that operations
 * which have been recorded find the one of their step there.
 */
abstract class Factor {
  /** One that the processor hands over. */
  static Factor of(double value) {
    return new Handed(value);
  }

  /**
   * One that lies on a device.
   *
   * @param number a tensor without dimensions
   */
  static Factor at(Tensor number) {
    return new Lying(number);
  }

  /** Where it lies on a device; null where the processor hands it over. */
  Tensor lying() {
    return null;
  }

  /** p ← f·p. */
  abstract void scale(Tensor p);

  /** result ← a/f. */
  abstract void divide(Tensor result, Tensor a);

  /** p ← p + f·a. */
  abstract void add(Tensor p, Tensor a);

  /** p ← p + f·a·b. */
  abstract void addProduct(Tensor p, Tensor a, Tensor b);

  /** p ← p + f·a/b. */
  abstract void addQuotient(Tensor p, Tensor a, Tensor b);

  /** p ← p + f·(a − p). */
  abstract void lerp(Tensor p, Tensor a);

  private static final class Handed extends Factor {
    private final double value;

    Handed(double value) {
      this.value = value;
    }

    /** Made where it is used: each costs more than many an operation's arithmetic. */
    private Scalar scalar() {
      return new Scalar(value);
    }

    @Override
    void scale(Tensor p) {
      p.mul_(scalar());
    }

    @Override
    void divide(Tensor result, Tensor a) {
      torch.div_out(result, a, scalar());
    }

    @Override
    void add(Tensor p, Tensor a) {
      p.add_(a, scalar());
    }

    @Override
    void addProduct(Tensor p, Tensor a, Tensor b) {
      p.addcmul_(a, b, scalar());
    }

    @Override
    void addQuotient(Tensor p, Tensor a, Tensor b) {
      p.addcdiv_(a, b, scalar());
    }

    @Override
    void lerp(Tensor p, Tensor a) {
      p.lerp_(a, scalar());
    }
  }

  private static final class Lying extends Factor {
    private final Tensor number;

    Lying(Tensor number) {
      this.number = number;
    }

    @Override
    Tensor lying() {
      return number;
    }

    @Override
    void scale(Tensor p) {
      p.mul_(number);
    }

    @Override
    void divide(Tensor result, Tensor a) {
      torch.div_out(result, a, number);
    }

    @Override
    void add(Tensor p, Tensor a) {
      p.addcmul_(a, number);
    }

    @Override
    void addProduct(Tensor p, Tensor a, Tensor b) {
      p.addcmul_(a.mul(b), number);
    }

    @Override
    void addQuotient(Tensor p, Tensor a, Tensor b) {
      p.addcmul_(a.div(b), number);
    }

    @Override
    void lerp(Tensor p, Tensor a) {
      p.lerp_(a, number);
    }
  }
}
