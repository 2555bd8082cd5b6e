package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks, residual ones inside each other: the generated forward, backward and update
 * against libtorch's autograd. {@code -Drandom.networks=COUNT} tries more of them.
 */
class RandomNetworksTest {
  private static final long COUNT = Long.getLong("random.networks", 48);

  /** The first is divided among workers, where it may be. */
  private static final long[] BATCHES = {64, 3};

  private static final double TOLERANCE = 5e-5;

  static Stream<RandomNetwork> networks() {
    return LongStream.range(0, COUNT).mapToObj(RandomNetwork::new);
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(
        networks().flatMap(one -> Stream.of("GENERATED", "AUTOGRAD").map(one::declaration)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void equalsAutograd(RandomNetwork network) {
    torch.manual_seed(11);
    try (Model generated = Networks.model(network.declaration("GENERATED"), 3);
        Model autograd = Networks.model(network.declaration("AUTOGRAD"), 3)) {
      for (long n : BATCHES) {
        try (PointerScope scope = new PointerScope()) {
          Tensor input = network.inputs(n);
          scope.attach(input);
          compare(input, autograd, generated);
        }
      }
    }
  }

  private static void compare(Tensor input, Model autograd, Model generated) {
    Tensor output = autograd.forward(input);
    Tensor target = torch.rand_like(output);
    assertNear("output", output, generated.forward(input), 0);
    float loss = autograd.backward(input, target);
    assertEquals(loss, generated.backward(input, target), TOLERANCE * Math.max(loss, 0.1));
    compare("gradient of ", Parameter::gradient, autograd.parameters(), generated.parameters());
    loss = autograd.step(input, target);
    assertEquals(loss, generated.step(input, target), TOLERANCE * Math.max(loss, 0.1));
    compare("", Parameter::value, autograd.parameters(), generated.parameters());
  }

  private static void compare(
      String what,
      Function<Parameter, Tensor> of,
      List<Parameter> expected,
      List<Parameter> actual) {
    // Where terms cancel, as in a bias before a norm, what is left is rounding.
    double floor =
        expected.stream().map(of).mapToDouble(RandomNetworksTest::largest).max().orElse(0) / 5;
    for (int i = 0; i < expected.size(); i++) {
      Parameter parameter = expected.get(i);
      assertEquals(parameter.name(), actual.get(i).name());
      assertNear(what + parameter.name(), of.apply(parameter), of.apply(actual.get(i)), floor);
    }
    assertEquals(expected.size(), actual.size());
  }

  /** The largest difference, relative to the largest value, or to a floor where that is higher. */
  private static void assertNear(String what, Tensor expected, Tensor actual, double floor) {
    double difference = largest(expected.sub(actual));
    double scale = Math.max(Math.max(largest(expected), floor), 1e-6);
    assertTrue(
        difference <= TOLERANCE * scale, () -> what + " differs by " + difference + " of " + scale);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }
}
