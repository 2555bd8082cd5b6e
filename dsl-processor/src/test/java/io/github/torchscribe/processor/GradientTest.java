package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parity table and graphs: the generated backward pass against libtorch's autograd. */
class GradientTest {
  /** The first is divided among workers, where it may be; the third is not contiguous. */
  private static final long[] BATCHES = {64, 2, 7, 1};

  static Stream<Compared> networks() {
    return Stream.concat(ParityTable.chosen(), ParityGraphs.chosen());
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(
        networks().flatMap(one -> Stream.of("GENERATED", "AUTOGRAD").map(one::declaration)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void equalsAutograd(Compared some) {
    compare(some, BATCHES);
  }

  /** Where a batch is not divided, as it is where there are two workers. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("io.github.torchscribe.processor.ParityGraphs#chosen")
  void equalsAutogradOnOneWorker(Compared some) {
    int before = Threads.count();
    try {
      Threads.set(1);
      compare(some, BATCHES[0]);
    } finally {
      Threads.set(before);
    }
  }

  /** Two of one network. */
  private record Both(Model generated, Model autograd) implements AutoCloseable {
    static Both of(Compared some) {
      return new Both(
          Networks.model(some.declaration("GENERATED"), 3),
          Networks.model(some.declaration("AUTOGRAD"), 3));
    }

    @Override
    public void close() {
      generated.close();
      autograd.close();
    }
  }

  private static void compare(Compared some, long... batches) {
    torch.manual_seed(11); // the same numbers in whatever order tests run
    Both both = Both.of(some);
    try {
      for (long n : batches) {
        int left = n < some.fewest() ? 0 : some.draws();
        while (left > 0) {
          try {
            compare(some, n, both.generated(), both.autograd());
            left = 0;
          } catch (AssertionError e) {
            if (--left == 0) {
              throw e;
            }
            both.close();
            both = Both.of(some);
          }
        }
      }
    } finally {
      both.close();
    }
  }

  private static void compare(Compared some, long n, Model generated, Model autograd) {
    try (PointerScope scope = new PointerScope()) {
      Tensors input = input(some, n);
      Tensors outputs = autograd.forward(input);
      Tensors target = some.allTargets(outputs);
      scope.attach(input.get(0));

      Tensors others = generated.forward(input);
      assertEquals(outputs.names(), others.names());
      for (int i = 0; i < outputs.size(); i++) {
        assertNear("output " + outputs.names().get(i), outputs.get(i), others.get(i), 0, 1e-5);
      }
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
          expectedLoss,
          generated.backward(input, target),
          some.rounding() * Math.max(expectedLoss, 0.1));
      compare(autograd.parameters(), generated.parameters(), true, some.rounding());

      for (int step = 0; step < 3; step++) {
        expectedLoss = autograd.step(input, target);
        assertEquals(
            expectedLoss,
            generated.step(input, target),
            some.drift() * Math.max(expectedLoss, 0.1));
      }
      compare(autograd.parameters(), generated.parameters(), false, some.drift());
    }
  }

  private static Tensors input(Compared row, long n) {
    Tensors inputs = row.allInputs(n);
    return n == BATCHES[2] ? inputs.map(GradientTest::scattered) : inputs;
  }

  private static Tensor scattered(Tensor input) {
    return input.dim() < 2 ? input : input.transpose(0, 1).contiguous().transpose(0, 1);
  }

  private static void compare(
      List<Parameter> all, List<Parameter> others, boolean gradients, double tolerance) {
    List<Parameter> expected = compared(all, gradients);
    List<Parameter> actual = compared(others, gradients);
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
        assertNear(
            "gradient of " + name, gradient, actual.get(i).gradient(), largest / 10, tolerance);
      } else {
        assertNear(name, expected.get(i).value(), actual.get(i).value(), largest / 10, tolerance);
      }
    }
  }

  private static List<Parameter> compared(List<Parameter> all, boolean gradients) {
    return all.stream().filter(parameter -> parameter.learns() || !gradients).toList();
  }

  /** The largest difference, relative to the largest value, or to a floor where that is higher. */
  private static void assertNear(
      String what, Tensor expected, Tensor actual, double floor, double tolerance) {
    double difference = largest(expected.sub(actual));
    double scale = Math.max(Math.max(largest(expected), floor), 1e-12);
    assertTrue(
        difference <= tolerance * scale, () -> what + " differs by " + difference + " of " + scale);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }
}
