package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Windows that are chosen for the wanted output, in ONNX, which knows none: a window for all, or
 * such that lie side by side, where the sizes divide; else one dimension after the other.
 */
final class AdaptiveWindows {
  private static final int BEFORE = 2; // N and C

  private AdaptiveWindows() {}

  /** The mean of each. */
  static Expression means(long[] size, OnnxCode code) {
    if (Arrays.stream(size).allMatch(one -> one == 1)) {
      return code.op("GlobalAveragePool", code.input());
    }
    if (isDivided(size, code)) {
      return sideBySide("AveragePool", size, code);
    }
    List<Long> sizes = new ArrayList<>(code.inputShape().sizes());
    Expression means = code.input();
    for (int i = size.length - 1; i >= 0; i--) {
      Expression matrix = call("windowMeans", sizes.get(i + 1), size[i]);
      sizes.set(i + 1, size[i]);
      if (i == size.length - 1) {
        means = code.product(means, matrix);
      } else {
        long behind = new Shape(sizes.subList(i + 2, sizes.size())).elements();
        long before = code.inputShape().sizes().get(i + 1);
        List<Long> others = code.inputShape().sizes().subList(0, i + 1);
        Expression rows =
            code.reshaped(code.let("dimension" + (i + 2), means), others, before, behind);
        means = code.reshaped(code.op("MatMul", matrix, rows), sizes);
      }
    }
    return means;
  }

  /** The largest number of each. */
  static Expression maxima(long[] size, OnnxCode code) {
    if (Arrays.stream(size).allMatch(one -> one == 1)) {
      return code.op("GlobalMaxPool", code.input());
    }
    if (isDivided(size, code)) {
      return sideBySide("MaxPool", size, code);
    }
    Expression maxima = code.input();
    for (int i = size.length - 1; i >= 0; i--) {
      Expression from = i == size.length - 1 ? maxima : code.let("dimension" + (i + 1), maxima);
      long in = code.inputShape().sizes().get(i + 1);
      List<Expression> each = new ArrayList<>();
      for (long j = 0; j < size[i]; j++) {
        Expression window =
            code.op(
                "Slice",
                from,
                code.integers(j * in / size[i]),
                code.integers(((j + 1) * in + size[i] - 1) / size[i]),
                code.integers(i + BEFORE));
        each.add(code.op("ReduceMax", window, code.integers(i + BEFORE)));
      }
      maxima = code.op("Concat", each).call("with", "axis", i + BEFORE);
    }
    return maxima;
  }

  private static boolean isDivided(long[] size, OnnxCode code) {
    for (int i = 0; i < size.length; i++) {
      if (code.inputShape().sizes().get(i + 1) % size[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static Expression sideBySide(String operator, long[] size, OnnxCode code) {
    List<Long> window = new ArrayList<>();
    for (int i = 0; i < size.length; i++) {
      window.add(code.inputShape().sizes().get(i + 1) / size[i]);
    }
    return code.op(operator, code.input())
        .call("withAll", "kernel_shape", window)
        .call("withAll", "strides", window);
  }
}
