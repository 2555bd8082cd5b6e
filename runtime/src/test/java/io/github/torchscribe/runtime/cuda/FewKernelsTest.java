package io.github.torchscribe.runtime.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations that are called by their names give what several with methods give. */
class FewKernelsTest {
  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void draw() {
    torch.manual_seed(1);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private static Tensor drawn(long... shape) {
    return torch.randn(shape);
  }

  private static void assertSame(Tensor expected, Tensor actual) {
    assertTrue(torch.allclose(expected, actual, 1e-5, 1e-6, false), "another number");
  }

  @Test
  void aProductEndsInReLU() {
    Tensor result = drawn(5, 3);
    Tensor shift = drawn(3);
    Tensor left = drawn(5, 4);
    Tensor right = drawn(3, 4).t();
    FewKernels.rectifiedProduct(result, shift, left, right);
    assertSame(torch.relu(torch.addmm(shift, left, right)), result);
    assertEquals(0f, result.min().item_float());
  }

  @Test
  void aLogSoftmaxGoesBackward() {
    Tensor scores = drawn(5, 4).requires_grad_(true);
    Tensor output = torch.log_softmax(scores, 1);
    Tensor gradient = drawn(5, 4);
    output.mul(gradient).sum().backward();
    Tensor result = drawn(5, 4);
    FewKernels.logSoftmaxBackward(result, gradient, output.detach());
    assertSame(scores.grad(), result);
  }

  @Test
  void manyAreCopied() {
    Tensor place = torch.zeros(10);
    List<Tensor> to = List.of(place.narrow(0, 0, 4).view(2, 2), place.narrow(0, 6, 3));
    List<Tensor> from = List.of(drawn(2, 2), drawn(3));
    FewKernels.copy(to, from);
    assertTrue(to.get(0).equal(from.get(0)) && to.get(1).equal(from.get(1)));
    assertEquals(0, place.narrow(0, 4, 2).count_nonzero().item_long());
    assertEquals(0, place.narrow(0, 9, 1).count_nonzero().item_long());
  }
}
