package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.learner.Parameter;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** What becomes of gradients where several numbers are the largest. */
class TiesTest {
  /**
   * As {@code torch.max(x, dim)} has it; {@code torch.amax} would divide the gradient. All four
   * features are 0 at each of three places, and the bias of one of them gets −2/3 from each.
   */
  @Test
  void oneOfTheLargestGetsTheWholeGradient() {
    String declaration =
        "@Network(input = {3, 2}) @Linear(4) @MaxOver(dim = 2) @MSELoss public interface Net {}";
    try (Model model = Networks.model(declaration, 3);
        PointerScope scope = new PointerScope()) {
      for (Parameter parameter : model.parameters()) {
        parameter.value().zero_();
      }
      Tensor input = torch.ones(1, 3, 2);
      scope.attach(input);
      model.backward(input, torch.ones(1, 3));
      Tensor gradient = model.parameters().get(1).gradient();
      assertEquals(-2, gradient.min().item_double(), 1e-6);
      assertEquals(1, gradient.count_nonzero().item_long());
    }
  }
}
