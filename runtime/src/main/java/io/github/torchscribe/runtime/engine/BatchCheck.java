package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.generated.Counted;
import io.github.torchscribe.runtime.generated.StatedLoss;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Refuses batches that do not fit the network, before libtorch sees them: an index out of range
 * would be read past the end of a table, or end a GPU's whole process.
 */
record BatchCheck(Engine engine) {
  void input(Tensor input) {
    Device device = engine.device();
    TensorSpec wanted = engine.network().input();
    requireThere("input", input);
    long n = input.dim() > 0 ? input.size(0) : 0;
    if (n == 0 || !wanted.fit(input, n) || input.is_cuda() != onGpu(device)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s on %s, with N at least 1, but was given %s",
              engine.network().name(),
              wanted,
              device,
              Shapes.describe(input)));
    }
    if (wanted.areIndices()) {
      requireInRange("input", input, wanted, null);
    }
  }

  /** There must be enough to learn from. */
  void learns(Tensor input) {
    long n = input.size(0);
    engine
        .network()
        .lackOfExamples(n)
        .ifPresent(
            lack -> {
              throw new IllegalArgumentException(lack + ", but was given " + n);
            });
  }

  /** Gives what counts among the targets. */
  Counted batch(Tensor input, Tensor target) {
    input(input);
    StatedLoss loss = engine.network().requireLoss();
    TensorSpec wanted = loss.targets();
    requireThere("target", target);
    if (!wanted.fit(target, input.size(0)) || target.is_cuda() != input.is_cuda()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s as targets, with N %d as for the inputs, on %s, but was given %s",
              engine.network().name(),
              loss.takes(),
              input.size(0),
              engine.device(),
              Shapes.describe(target)));
    }
    return wanted.areIndices()
        ? requireInRange("target", target, wanted, engine.classWeights())
        : Counted.examples(input.size(0));
  }

  private void requireThere(String what, Tensor tensor) {
    if (tensor == null || tensor.isNull() || !tensor.defined()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s for %s is %s",
              what,
              engine.network().name(),
              tensor == null
                  ? "null"
                  : tensor.isNull() ? "a tensor that has been freed" : "an undefined tensor"));
    }
  }

  private static boolean onGpu(Device device) {
    return device.type() == Device.Type.CUDA;
  }

  /** The indices are gone through but once: what counts among them is found out on the way. */
  private Counted requireInRange(
      String what, Tensor indices, TensorSpec wanted, double[] classWeights) {
    PointerScope scope = new PointerScope();
    try {
      long[] values = Longs.of(indices);
      boolean ignores = wanted.ignored().isPresent();
      long ignored = wanted.ignored().orElse(0);
      long counting = 0;
      double weight = 0;
      for (int i = 0; i < values.length; i++) {
        if (ignores && values[i] == ignored) {
          continue;
        }
        if (values[i] < 0 || values[i] >= wanted.count()) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s takes indices from 0 to %d%s as %ss, but example %d of the batch has %d",
                  engine.network().name(),
                  wanted.count() - 1,
                  ignores && (ignored != TensorSpec.USUALLY_IGNORED || values[i] < 0)
                      ? " and " + ignored + ", which does not count,"
                      : "",
                  what,
                  i / (values.length / indices.size(0)),
                  values[i]));
        }
        counting++;
        weight += classWeights == null ? 1 : classWeights[(int) values[i]];
      }
      return new Counted(values.length, counting, weight);
    } finally {
      scope.close();
    }
  }
}
