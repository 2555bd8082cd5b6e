package io.github.torchscribe.runtime.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SgdTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 0,   0,   0,    false",
    "0.1, 0,   0,   0.01, false",
    "0.1, 0.9, 0,   0,    false",
    "0.1, 0.9, 0.3, 0,    false",
    "0.1, 0.9, 0.3, 0.02, false",
    "0.1, 0.9, 0,   0,    true",
    "0.1, 0.9, 0,   0.02, true"
  })
  void stepsAsLibtorchs(
      double lr, double momentum, double dampening, double weightDecay, boolean nesterov) {
    try (PointerScope scope = new PointerScope();
        Sgd ours = new Sgd(lr, momentum, dampening, weightDecay, nesterov)) {
      Tensor expected = torch.randn(1000).set_requires_grad(true);
      scope.attach(expected);
      Tensor actual = expected.detach().clone();
      SGDOptions options = new SGDOptions(lr);
      options.momentum().put(momentum);
      options.dampening().put(dampening);
      options.weight_decay().put(weightDecay);
      options.nesterov().put(nesterov);
      SGD theirs = new SGD(new TensorVector(expected), options);
      for (int step = 0; step < 5; step++) {
        Tensor gradient = torch.randn(1000);
        expected.mutable_grad().put(gradient.clone());
        theirs.step();
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(false);
        ours.step(actual, gradient);
        GradMode.set_enabled(before);
        double difference = expected.detach().sub(actual).abs().max().item_double();
        assertTrue(difference <= 1e-6, "step " + step + " differs by " + difference);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALearningRateThatIsNone(double lr) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> new Sgd(lr, 0, 0, 0, false).close());
    assertEquals("the learning rate must be a number above 0 but is " + lr, e.getMessage());
  }

  @Test
  void refusesNesterovWithoutMomentum() {
    assertThrows(IllegalArgumentException.class, () -> new Sgd(0.1, 0, 0, 0, true).close());
    assertThrows(IllegalArgumentException.class, () -> new Sgd(0.1, 0.9, 0.1, 0, true).close());
  }
}
