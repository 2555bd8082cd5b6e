package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** {@code @Training(decayBiases = false)}: weights are pulled on, biases and norms are not. */
class DecayTest {
  @Test
  void leavesBiasesAndNormsAlone() {
    torch.manual_seed(11);
    try (PointerScope scope = new PointerScope()) {
      Tensor input = torch.randn(8, 4);
      scope.attach(input);
      Tensor target = torch.tensor(0L, 1L, 2L, 0L, 1L, 2L, 0L, 1L);
      Map<String, Float> all = after("weightDecay = 1", "", input, target);
      Map<String, Float> some =
          after("weightDecay = 1", "@Training(decayBiases = false)", input, target);
      Map<String, Float> none = after("weightDecay = 0", "", input, target);
      for (String weight : new String[] {"0.weight", "3.weight"}) {
        assertEquals(all.get(weight), some.get(weight), 1e-6, weight);
        assertNotEquals(none.get(weight), some.get(weight), 1e-3, weight);
      }
      for (String other : new String[] {"0.bias", "1.weight", "3.bias"}) {
        assertEquals(none.get(other), some.get(other), 1e-6, other);
        assertNotEquals(all.get(other), some.get(other), 1e-3, other);
      }
    }
  }

  /** The sum of each parameter after one step. */
  private static Map<String, Float> after(
      String decay, String training, Tensor input, Tensor target) {
    String declaration =
        "@Network(input = 4) @Linear(6) @LayerNorm @Tanh @Linear(3) @CrossEntropyLoss @SGD(lr = 0.1, "
            + decay
            + ") "
            + training
            + " public interface Net {}";
    try (Model model = Networks.model(declaration, 3)) {
      model.step(input, target);
      return model.parameters().stream()
          .collect(Collectors.toMap(Parameter::name, p -> p.value().sum().item_float()));
    }
  }
}
