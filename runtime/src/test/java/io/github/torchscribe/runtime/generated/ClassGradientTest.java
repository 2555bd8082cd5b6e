package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient of a cross entropy, by either way, is that of libtorch's autograd. */
class ClassGradientTest {
  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 7, false",
    "0, 7, true",
    "0.1, 7, false",
    "0.1, 7, true",
    "1, 7, true",
    "0.1, 1500, true"
  })
  void isThatOfAutograd(double smoothing, long classes, boolean isRecorded) {
    torch.manual_seed(2);
    Tensor scores = torch.randn(5, classes).requires_grad_(true);
    Tensor targets =
        torch.randint(classes, new long[] {5}, new TensorOptions(torch.ScalarType.Long));
    torch.cross_entropy_loss(scores, targets, new TensorOptional(), 1, -100, smoothing).backward();
    Tensor output = torch.log_softmax(scores.detach(), 1);
    Tensor gradient = torch.full(new long[] {5, classes}, new Scalar(9.0));
    new ClassGradient(gradient, output, 1.0 / 5, smoothing, isRecorded).of(targets);
    assertTrue(torch.allclose(scores.grad(), gradient, 1e-5, 1e-7, false));
  }
}
