package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the parity table: the generated backward pass against libtorch's autograd. */
class GradientTest {
  private static final double TOLERANCE = 1e-5;

  /** The first is divided among workers, where it may be; the third is not contiguous. */
  private static final long[] BATCHES = {64, 2, 7, 1};

  @BeforeAll
  static void prepare() {
    Networks.prepare(
        ParityTable.chosen()
            .flatMap(row -> Stream.of("GENERATED", "AUTOGRAD").map(row::declaration)));
  }

  @ParameterizedTest
  @MethodSource("io.github.torchscribe.processor.ParityTable#chosen")
  void equalsAutograd(ParityTable.Row some) {
    torch.manual_seed(11); // the same numbers in whatever order tests run
    try (Model generated = Networks.model(some.declaration("GENERATED"), 3);
        Model autograd = Networks.model(some.declaration("AUTOGRAD"), 3)) {
      for (long n : BATCHES) {
        if (n >= fewest(some)) {
          compare(some, n, generated, autograd);
        }
      }
    }
  }

  private static void compare(ParityTable.Row some, long n, Model generated, Model autograd) {
    try (PointerScope scope = new PointerScope()) {
      Tensor input = input(some, n);
      Tensor output = autograd.forward(input);
      Tensor target = some.targets(output);
      scope.attach(input);

      assertNear("output", output, generated.forward(input), 0);
      float expectedLoss;
      try {
        expectedLoss = autograd.backward(input, target);
      } catch (IllegalArgumentException e) {
        assertEquals(1, n, e.getMessage()); // of which some layers learn nothing
        Executable same = () -> generated.backward(input, target);
        assertEquals(
            e.getMessage(), assertThrows(IllegalArgumentException.class, same).getMessage());
        return;
      }
      assertEquals(
          expectedLoss, generated.backward(input, target), TOLERANCE * Math.max(expectedLoss, 0.1));
      compare(autograd.parameters(), generated.parameters(), true);

      for (int step = 0; step < 3; step++) {
        expectedLoss = autograd.step(input, target);
        assertEquals(
            expectedLoss, generated.step(input, target), TOLERANCE * Math.max(expectedLoss, 0.1));
      }
      compare(autograd.parameters(), generated.parameters(), false);
    }
  }

  /** A mean needs a target that is not ignored. */
  private static long fewest(ParityTable.Row row) {
    return row.ignores() ? 7 : 1;
  }

  private static Tensor input(ParityTable.Row row, long n) {
    Tensor numbers = row.inputs(n);
    return n == BATCHES[2] ? numbers.transpose(0, 1).contiguous().transpose(0, 1) : numbers;
  }

  private static void compare(List<Parameter> expected, List<Parameter> actual, boolean gradients) {
    assertEquals(
        expected.stream().map(Parameter::name).toList(),
        actual.stream().map(Parameter::name).toList());
    // Where terms cancel, as in a bias that a softmax does not see, what is left is rounding.
    double largest =
        expected.stream()
            .map(parameter -> gradients ? parameter.gradient() : parameter.value())
            .mapToDouble(GradientTest::largest)
            .max()
            .orElse(0);
    for (int i = 0; i < expected.size(); i++) {
      String name = expected.get(i).name();
      if (gradients) {
        Tensor gradient = expected.get(i).gradient();
        assertNear("gradient of " + name, gradient, actual.get(i).gradient(), largest / 10);
      } else {
        assertNear(name, expected.get(i).value(), actual.get(i).value(), largest / 10);
      }
    }
  }

  /** The largest difference, relative to the largest value, or to a floor where that is higher. */
  private static void assertNear(String what, Tensor expected, Tensor actual, double floor) {
    double difference = largest(expected.sub(actual));
    double scale = Math.max(Math.max(largest(expected), floor), 1e-12);
    assertTrue(
        difference <= TOLERANCE * scale, () -> what + " differs by " + difference + " of " + scale);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }
}
