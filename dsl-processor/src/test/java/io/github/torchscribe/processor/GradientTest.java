package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each generated backward pass against libtorch's autograd of the same declaration. */
class GradientTest {
  private static final double TOLERANCE = 1e-5;
  private static final long[] BATCHES = {1, 7, 200, 3};

  record Case(String input, String layers, String loss, int classes) {
    Case(String input, String layers, int classes) {
      this(input, layers, "@CrossEntropyLoss", classes);
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

    long[] batch(long n) {
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

  static Stream<Case> cases() {
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

  @ParameterizedTest
  @MethodSource("cases")
  void equalsAutograd(Case some) {
    try (Model generated = Networks.model(some.declaration("GENERATED"), 3);
        Model autograd = Networks.model(some.declaration("AUTOGRAD"), 3)) {
      for (long n : BATCHES) {
        compare(some, n, generated, autograd);
      }
    }
  }

  private static void compare(Case some, long n, Model generated, Model autograd) {
    try (PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(some.batch(n));
      Tensor output = autograd.forward(input);
      Tensor target = some.targets(n, output);
      scope.attach(input);

      assertNear("output", output, generated.forward(input));
      float expectedLoss = autograd.backward(input, target);
      assertEquals(expectedLoss, generated.backward(input, target), 1e-5 * expectedLoss);
      compare(autograd.parameters(), generated.parameters(), true);

      for (int step = 0; step < 3; step++) {
        expectedLoss = autograd.step(input, target);
        assertEquals(expectedLoss, generated.step(input, target), 1e-5 * expectedLoss);
      }
      compare(autograd.parameters(), generated.parameters(), false);
    }
  }

  private static void compare(List<Parameter> expected, List<Parameter> actual, boolean gradients) {
    assertEquals(
        expected.stream().map(Parameter::name).toList(),
        actual.stream().map(Parameter::name).toList());
    for (int i = 0; i < expected.size(); i++) {
      String name = expected.get(i).name();
      if (gradients) {
        assertNear("gradient of " + name, expected.get(i).gradient(), actual.get(i).gradient());
      } else {
        assertNear(name, expected.get(i).value(), actual.get(i).value());
      }
    }
  }

  /** The largest difference, relative to the largest value. */
  private static void assertNear(String what, Tensor expected, Tensor actual) {
    double difference = expected.sub(actual).abs().max().item_double();
    double scale = expected.abs().max().item_double();
    assertTrue(
        difference <= TOLERANCE * Math.max(scale, 1e-12),
        () -> what + " differs by " + difference + " of " + scale);
  }
}
