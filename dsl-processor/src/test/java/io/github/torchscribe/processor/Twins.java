package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Two models of one network.
 *
 * @param autograd differentiated by libtorch
 * @param generated with all steps written out
 * @param tolerance of rounding, relative to the largest value
 */
record Twins(Model autograd, Model generated, double tolerance) {
  /** What the parameters are, to {@linkplain #beginWith begin with} it again. */
  List<Tensor> weights() {
    return autograd.parameters().stream().map(parameter -> parameter.value().clone()).toList();
  }

  /** So that what two roundings have come to does not grow from step to step. */
  void beginWith(List<Tensor> weights) {
    for (int i = 0; i < weights.size(); i++) {
      autograd.parameters().get(i).value().copy_(weights.get(i));
      generated.parameters().get(i).value().copy_(weights.get(i));
    }
  }

  /** Both give the same. */
  Tensors forward(Tensors input) {
    Tensors outputs = autograd.forward(input);
    Tensors others = generated.forward(input);
    for (int i = 0; i < outputs.size(); i++) {
      assertNear("output " + i, outputs.get(i), others.get(i), 0);
    }
    return outputs;
  }

  /** Both give the same and learn the same of it, by a step. */
  void learn(Tensor input) {
    learn(Tensors.of(input), outputs -> Tensors.of(torch.rand_like(outputs.only())));
  }

  /** Both give the same and learn the same of it, by a step. */
  void learn(Tensors input, UnaryOperator<Tensors> targets) {
    Tensors target = targets.apply(forward(input));
    float loss = autograd.backward(input, target);
    assertEquals(loss, generated.backward(input, target), tolerance * Math.max(loss, 0.1));
    compare("gradient of ", Parameter::gradient, autograd.parameters(), generated.parameters());
    loss = autograd.step(input, target);
    assertEquals(loss, generated.step(input, target), tolerance * Math.max(loss, 0.1));
    compare("", Parameter::value, autograd.parameters(), generated.parameters());
  }

  private void compare(
      String what,
      Function<Parameter, Tensor> of,
      List<Parameter> expected,
      List<Parameter> actual) {
    // Where terms cancel, as in a bias before a norm, what is left is rounding.
    double floor = expected.stream().map(of).mapToDouble(Twins::largest).max().orElse(0) / 5;
    for (int i = 0; i < expected.size(); i++) {
      Parameter parameter = expected.get(i);
      assertEquals(parameter.name(), actual.get(i).name());
      assertNear(what + parameter.name(), of.apply(parameter), of.apply(actual.get(i)), floor);
    }
    assertEquals(expected.size(), actual.size());
  }

  /** The largest difference, relative to the largest value, or to a floor where that is higher. */
  private void assertNear(String what, Tensor expected, Tensor actual, double floor) {
    double difference = largest(expected.sub(actual));
    double scale = Math.max(Math.max(largest(expected), floor), 1e-6);
    assertTrue(
        difference <= tolerance * scale, () -> what + " differs by " + difference + " of " + scale);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }
}
