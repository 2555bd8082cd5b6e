package io.github.torchscribe.runtime.torch;

import io.github.torchscribe.runtime.process.Native;
import io.github.torchscribe.runtime.process.Pools;

/**
 * Sets the two thread pools of the stack.
 *
 * <p>OpenBLAS has its own threads, libtorch those of OpenMP, and both spin while they wait. With
 * both at full size, which is their default, a training step of a small network takes up to 38
 * times as long as with one of them at 1. So the pool that does the network's work gets the cores
 * and the other gets one thread. After an operation libtorch's pool is as it was, and after the
 * last model has been closed OpenBLAS', for whatever else uses them in this JVM.
 *
 * <p>Models that compute at the same time share the cores, and none of their numbers depends on it.
 */
public final class Threads {
  /** The system property that overrides the number of threads. */
  public static final String PROPERTY = Pools.PROPERTY;

  private Threads() {}

  /**
   * Sets how many threads do the work, for all models of this JVM, from their next step on.
   *
   * @param count at least 1
   * @throws IllegalArgumentException when it is less
   */
  public static void set(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "the number of threads must be at least 1 but is " + count);
    }
    Pools.threads(count);
  }

  /**
   * How many threads do the work: what was {@link #set}, otherwise the system property {@value
   * #PROPERTY}, otherwise the cores that this JVM may use: of a container's quota, such as {@code
   * docker run --cpus 1.25}, as many as it comes to when rounded, at least 1.
   *
   * @return at least 1
   */
  public static int count() {
    return Pools.threads();
  }

  /**
   * Makes both pools fit the work that is about to be done. Models do so by themselves; who
   * computes with tensors by hand calls this once before. Cheap when the pools fit already; waits
   * for what models compute at the moment.
   *
   * @param workload what takes the time
   */
  public static void prepareFor(Workload workload) {
    Native.load();
    int count = count();
    boolean products = workload == Workload.MATRIX_PRODUCTS;
    Pools.libtorch(products ? 1 : count);
    Pools.openBlas(products ? count : 1);
  }

  /**
   * Computes in the calling thread alone. For what comes between two steps of a model: libtorch's
   * threads, once they have helped, go on spinning for a while, and take a core from the model's.
   * With three busy threads on two cores a step of a small network takes three times as long.
   *
   * @param work any
   */
  public static void alone(Runnable work) {
    Native.load();
    int before = Pools.libtorch(1);
    try {
      work.run();
    } finally {
      Pools.libtorch(before);
    }
  }
}
