package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variances below 0, which PyTorch refuses, too: taken for eps they would be learned from. */
class VariancesTest {
  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void belowZeroAreRefused(String gradient) {
    String net =
        "@Network(gradient = Network.Gradient."
            + gradient
            + ") @SGD(lr = 0.1) public interface Net { @Linear(2) Tensor mean(@Input(2) Tensor x);\n"
            + "@Linear(2) @Tanh Tensor variance(Tensor x);\n"
            + "@GaussianNLLLoss Tensor price(Tensor mean, Tensor variance); }";
    try (PointerScope scope = new PointerScope();
        Model model = Networks.model(net, 3)) {
      Tensor weight = model.parameters().get(2).value();
      Tensor bias = model.parameters().get(3).value();
      scope.attach(weight.zero_());
      Tensors inputs = Tensors.of(torch.randn(400, 2));
      Tensors targets = Tensors.of(torch.randn(400, 2));
      bias.copy_(torch.tensor(0.5f, 0.25f));
      assertTrue(Float.isFinite(model.step(inputs, targets)));
      weight.zero_();
      bias.copy_(torch.tensor(0.5f, -0.25f));
      Tensor before = model.parameters().get(0).value().clone();
      assertEquals(
          "@GaussianNLLLoss reads variances, of which none is below 0, but one is -0.24491866; let"
              + " what gives them end in @Softplus",
          assertThrows(IllegalArgumentException.class, () -> model.step(inputs, targets))
              .getMessage());
      assertTrue(torch.equal(before, model.parameters().get(0).value()));
    }
  }
}
