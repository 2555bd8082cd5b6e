package io.github.torchscribe.processor;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** The networks whose generated gradients are compared with autograd's: every layer and loss. */
final class GradientCases {
  private GradientCases() {}

  /**
   * A network.
   *
   * @param input the shape of one example
   * @param classes of the targets; 0 where they are numbers of the output's shape
   * @param batches whose gradients are compared, one after the other
   */
  record Case(String input, String layers, String loss, int classes, List<Long> batches) {
    Case(String input, String layers, int classes) {
      this(input, layers, "@CrossEntropyLoss", classes);
    }

    Case(String input, String layers, String loss, int classes) {
      this(input, layers, loss, classes, List.of(1L, 7L, 200L, 3L));
    }

    /** With batches of at least 2, as batch normalisation needs them, and none that takes long. */
    Case small() {
      return new Case(input, layers, loss, classes, List.of(2L, 5L, 3L));
    }

    /** Random numbers; for the second batch size not contiguous. */
    Tensor input(long n) {
      Tensor numbers = torch.randn(batch(n));
      return n == batches.get(1) ? numbers.transpose(0, 1).contiguous().transpose(0, 1) : numbers;
    }

    String declaration(String gradient) {
      return "@Network(input = {"
          + input
          + "}, gradient = Network.Gradient."
          + gradient
          + ")\n"
          + layers
          + "\n"
          + loss
          + "\n@SGD(lr = 0.1)\n"
          + "@SuppressWarnings({\"torchscribe:TS101\", \"torchscribe:TS102\"}) public interface Net {}";
    }

    private long[] batch(long n) {
      String[] sizes = input.split(", *");
      long[] shape = new long[sizes.length + 1];
      shape[0] = n;
      for (int i = 0; i < sizes.length; i++) {
        shape[i + 1] = Long.parseLong(sizes[i]);
      }
      return shape;
    }

    /** Classes, or numbers of the output's shape. */
    Tensor targets(long n, Tensor output) {
      return loss.startsWith("@CrossEntropyLoss")
          ? torch.randint(classes, new long[] {n}, new TensorOptions(torch.ScalarType.Long))
          : torch.rand_like(output);
    }

    @Override
    public String toString() {
      return "{" + input + "} " + layers + " " + loss;
    }
  }

  static Stream<Case> all() {
    return Stream.of(basic(), activations(), images(), norms()).flatMap(cases -> cases);
  }

  private static Stream<Case> basic() {
    return Stream.of(
        new Case("6", "@Linear(3)", 3),
        new Case("6", "@Linear(8) @Linear(3)", 3),
        new Case("6", "@Linear(value = 8, bias = false) @Linear(value = {8, 3}, bias = false)", 3),
        new Case("4, 6", "@Linear(5) @ReLU @Linear(2) @Flatten @Linear(3)", 3),
        new Case("2, 3, 4", "@Flatten @Linear(5) @ReLU @Linear(3)", 3),
        new Case("2, 3, 4", "@Linear(5) @Flatten @Linear(3)", 3),
        new Case(
            "2, 3, 4", "@Linear(5) @Flatten(startDim = 1, endDim = 2) @Linear(2) @Flatten", 12),
        new Case("2, 3", "@Flatten @ReLU @Flatten @Linear(3)", 3),
        new Case("6", "@Linear(8) @ReLU @Linear(3)", 3),
        new Case("6", "@Linear(8) @LeakyReLU @Linear(3)", 3),
        new Case("6", "@Linear(8) @LeakyReLU(negativeSlope = -0.3) @Linear(3)", 3),
        new Case("6", "@Linear(8) @LeakyReLU(negativeSlope = 0) @LeakyReLU @Linear(3)", 3),
        new Case("6", "@Linear(8) @Sigmoid @Linear(3)", 3),
        new Case("6", "@Linear(8) @Tanh @Linear(3)", 3),
        new Case("6", "@Linear(8) @SELU @Linear(3)", 3),
        new Case("6", "@Linear(8) @Softplus @Linear(3)", 3),
        new Case("6", "@Linear(8) @Softplus(beta = 3, threshold = 0.5) @Linear(3)", 3),
        // Results that a later layer must not overwrite, and activations at both ends.
        new Case("6", "@Tanh @Linear(8) @Sigmoid @ReLU @Softplus @Tanh @SELU @Linear(3)", 3),
        new Case("6", "@Linear(8) @Softplus @Softplus @LeakyReLU @Sigmoid @Linear(3) @Tanh", 3),
        new Case("6", "@ReLU @SELU @Sigmoid @Softplus @LeakyReLU @Linear(3)", 3),
        new Case(
            "1, 28, 28",
            "@Flatten @Linear({784, 200}) @ReLU @Linear({200, 200}) @ReLU @Linear({200, 10})",
            10),
        new Case("6", "@Linear(8) @ReLU @Linear(1)", "@BCEWithLogitsLoss", 0),
        new Case("2, 3", "@Linear(8) @Tanh @Linear(4)", "@BCEWithLogitsLoss", 0));
  }

  /** Each in three places: in between, first, and over images. */
  private static Stream<Case> activations() {
    return Stream.of(
            "@ELU",
            "@ELU(alpha = 0.5)",
            "@GELU",
            "@GELU(approximate = GELU.Approximate.TANH)",
            "@SiLU",
            "@Mish",
            "@Hardtanh",
            "@Hardtanh(minVal = -0.2, maxVal = 0.4)",
            "@ReLU6",
            "@Hardswish",
            "@LogSigmoid",
            "@Softmax",
            "@LogSoftmax",
            "@PReLU",
            "@PReLU(init = -0.1)")
        .flatMap(
            activation ->
                Stream.of(
                    new Case("6", "@Linear(8) " + activation + " @Linear(3)", 3),
                    new Case(
                        "6", activation + " @Linear(5) " + activation + " @Tanh @Linear(3)", 3),
                    new Case(
                            "2, 5, 4",
                            "@Conv2d(value = 3, kernelSize = 2) "
                                + activation
                                + " @Flatten @Linear(3)",
                            3)
                        .small()));
  }

  private static Stream<Case> images() {
    return Stream.of(
            new Case(
                "2, 9", "@Conv1d(value = {2, 4}, kernelSize = 3) @ReLU @Flatten @Linear(3)", 3),
            new Case(
                "4, 9",
                "@Conv1d(value = 6, kernelSize = 3, stride = 2, padding = 1, groups = 2) @Tanh"
                    + " @Conv1d(value = 4, kernelSize = 2, dilation = 2, bias = false) @Flatten"
                    + " @Linear(3)",
                3),
            new Case("1, 6, 7", "@Conv2d(value = {1, 4}, kernelSize = 3) @Flatten @Linear(3)", 3),
            new Case(
                "2, 6, 7",
                "@Conv2d(value = 4, kernelSize = {3, 2}, stride = {2, 1}, padding = {1, 0}) @ReLU"
                    + " @Conv2d(value = 4, kernelSize = 3, padding = Conv2d.SAME, groups = 4, bias ="
                    + " false) @Flatten @Linear(3)",
                3),
            new Case(
                "3, 8, 8",
                "@Conv2d(value = 6, kernelSize = 3, dilation = 2, groups = 3) @Sigmoid"
                    + " @Conv2d(value = 2, kernelSize = 1) @Flatten",
                32),
            new Case(
                "4, 3, 3",
                "@ConvTranspose2d(value = {4, 6}, kernelSize = 2, stride = 2) @ReLU"
                    + " @ConvTranspose2d(value = 2, kernelSize = 3, stride = 2, padding = 1,"
                    + " outputPadding = 1, groups = 2) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 3, 4",
                "@ConvTranspose2d(value = 3, kernelSize = {2, 3}, dilation = {1, 2}, bias = false)"
                    + " @Flatten @Linear(3)",
                3),
            new Case(
                "2, 6, 6",
                "@Conv2d(value = 3, kernelSize = 3) @MaxPool2d(2) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 7, 6",
                "@Conv2d(value = 3, kernelSize = 1) @ReLU"
                    + " @MaxPool2d(value = {3, 2}, stride = {2, 1}, padding = 1) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 7, 8",
                "@Conv2d(value = 3, kernelSize = 1)"
                    + " @MaxPool2d(value = 2, stride = 3, ceilMode = true, dilation = 2) @Flatten"
                    + " @Linear(3)",
                3),
            new Case(
                "2, 6, 6",
                "@Conv2d(value = 3, kernelSize = 3) @AvgPool2d(2) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 7, 6",
                "@Conv2d(value = 3, kernelSize = 1) @AvgPool2d(value = {3, 2}, stride = 2, padding ="
                    + " 1, countIncludePad = false) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 7, 8",
                "@Conv2d(value = 3, kernelSize = 1) @AvgPool2d(value = 3, stride = 2, ceilMode ="
                    + " true) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 7, 5", "@Conv2d(value = 3, kernelSize = 1) @AdaptiveAvgPool2d(1) @Flatten", 3),
            new Case(
                "2, 7, 5",
                "@Conv2d(value = 3, kernelSize = 1) @AdaptiveAvgPool2d({3, 2}) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 3, 4",
                "@Conv2d(value = 3, kernelSize = 1) @AdaptiveAvgPool2d({5, 4}) @Flatten @Linear(3)",
                3),
            new Case(
                "6",
                "@Linear(24) @Unflatten({2, 3, 4}) @Conv2d(value = 3, kernelSize = 2) @Flatten",
                18),
            new Case("12, 2", "@Linear(4) @Unflatten(value = {3, -1}, dim = 1) @Flatten", 48),
            new Case("2, 8", "@Linear(6) @Unflatten(value = {-1, 2}, dim = -1) @Flatten", 12),
            new Case(
                "2, 3, 4",
                "@Conv2d(value = 3, kernelSize = 1) @Upsample(scaleFactor = 2) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 3, 4",
                "@Conv2d(value = 3, kernelSize = 1) @Upsample(scaleFactor = {2, 3}, mode ="
                    + " Upsample.Mode.BILINEAR) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 2, 2",
                "@Upsample(scaleFactor = 3) @Conv2d(value = 3, kernelSize = 3) @Upsample(scaleFactor"
                    + " = 2) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 5, 4",
                "@Conv2d(value = 6, kernelSize = 2) @PReLU(numParameters = 6) @Flatten @Linear(3)",
                3),
            new Case("6", "@PReLU(numParameters = 6) @Linear(3)", 3),
            new Case(
                "3, 4, 5",
                "@Conv2d(value = 3, kernelSize = 2) @Softmax(dim = 1) @Flatten @Linear(3)",
                3),
            new Case(
                "3, 4, 5",
                "@Conv2d(value = 3, kernelSize = 2) @LogSoftmax(dim = -2) @Flatten @Linear(3)",
                3))
        .map(Case::small);
  }

  private static Stream<Case> norms() {
    return Stream.of(
            new Case("6", "@Linear(value = 8, bias = false) @BatchNorm1d @ReLU @Linear(3)", 3),
            new Case(
                "6",
                "@BatchNorm1d(6) @Linear(value = 8, bias = false) @BatchNorm1d(affine = false, momentum = 0.3) @Linear(3)",
                3),
            new Case(
                "2, 9",
                "@Conv1d(value = 4, kernelSize = 3, bias = false) @BatchNorm1d(eps = 1e-3) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 5, 4",
                "@Conv2d(value = 6, kernelSize = 2, bias = false) @BatchNorm2d @ReLU @Flatten @Linear(3)",
                3),
            new Case(
                "2, 5, 4",
                "@BatchNorm2d(2) @Conv2d(value = 6, kernelSize = 2) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 5, 4",
                "@Conv2d(value = 6, kernelSize = 2, bias = false) @BatchNorm2d(affine = false) @Flatten @Linear(3)",
                3),
            new Case("6", "@Linear(8) @LayerNorm @ReLU @Linear(3)", 3),
            new Case(
                "2, 3, 4",
                "@LayerNorm({3, 4}) @Linear(5) @LayerNorm(value = 5, bias = false) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 6",
                "@Linear(8) @LayerNorm(elementwiseAffine = false, eps = 1e-3) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 5, 4",
                "@Conv2d(value = 6, kernelSize = 2) @GroupNorm(3) @ReLU @Flatten @Linear(3)",
                3),
            new Case(
                "6",
                "@GroupNorm(2) @Linear(8) @GroupNorm(value = 2, affine = false) @Linear(3)",
                3),
            new Case("4, 5", "@Linear(6) @GroupNorm(value = 1, eps = 1e-3) @Flatten @Linear(3)", 3),
            new Case("6", "@Linear(8) @RMSNorm @ReLU @Linear(3)", 3),
            new Case(
                "2, 3, 4",
                "@RMSNorm({3, 4}) @Linear(5) @RMSNorm(value = 5, eps = 1e-3) @Flatten @Linear(3)",
                3),
            new Case(
                "2, 6", "@Linear(8) @RMSNorm(elementwiseAffine = false) @Flatten @Linear(3)", 3),
            new Case("6", "@Linear(20) @ReLU @Dropout @Linear(3)", 3),
            new Case(
                "2, 3, 4",
                "@Dropout(0.2) @Linear(6) @Dropout(0) @Flatten @Dropout(0.7) @Linear(3)",
                3),
            new Case(
                "2, 5, 4",
                "@Conv2d(value = 6, kernelSize = 2) @Dropout2d(0.4) @Tanh @Flatten @Linear(3)",
                3),
            new Case(
                "6, 4",
                "@Linear(5) @Dropout2d @Linear(5) @Sigmoid @Dropout2d(0.1) @Flatten @Linear(3)",
                3),
            new Case(
                "3, 2, 2",
                "@Dropout2d @Conv2d(value = 6, kernelSize = 2) @ReLU @Dropout2d(0.3) @Flatten @Linear(3)",
                3))
        .map(Case::small);
  }
}
