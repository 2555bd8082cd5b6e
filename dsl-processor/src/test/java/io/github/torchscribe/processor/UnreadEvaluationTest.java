package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.data.DataLoader;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Tensors;
import java.lang.reflect.Method;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An evaluation of which nothing is read until it is done, as it is on a GPU: digit for digit that
 * of which each batch is read.
 */
class UnreadEvaluationTest {
  private static final int SIZE = 70;

  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void seed() {
    torch.manual_seed(6);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  /** Classes that weigh differently, and targets that do not count, a whole batch of them. */
  @Test
  void whereTargetsDoNotCount() {
    Tensor targets = drawn(4, SIZE);
    targets.masked_fill_(torch.rand(SIZE).lt(new Scalar(0.3)), new Scalar(-100L));
    targets.narrow(0, 64, 6).fill_(new Scalar(-100L));
    Evaluation evaluation =
        assertSame(
            "@Network(input = 6) @Linear(4) @CrossEntropyLoss(weight = {1, 0.2, 3, 1})"
                + " @SGD(lr = 0.1) public interface Net {}",
            new TensorDataset(torch.randn(SIZE, 6), targets));
    long counting = targets.ne(new Scalar(-100L)).sum().item_long();
    assertEquals(counting, evaluation.decisions());
    assertTrue(counting < SIZE);
    assertTrue(evaluation.correct() > 0);
  }

  /** Each output decides. */
  @Test
  void whereTargetsAreYesAndNo() {
    Evaluation evaluation =
        assertSame(
            "@Network(input = 6) @Linear(3) @BCEWithLogitsLoss @Adam(lr = 0.01)"
                + " public interface Net {}",
            new TensorDataset(torch.randn(SIZE, 6), torch.rand(SIZE, 3).round()));
    assertEquals(3 * SIZE, evaluation.decisions());
  }

  /** Of several losses, one of which decides nothing. */
  @Test
  void ofSeveralLosses() {
    Evaluation evaluation =
        assertSame(
            """
            @Network @Adam(lr = 0.01)
            public interface Net {
              @Linear(8) @Tanh Tensor code(@Input(4) Tensor numbers);
              @Linear({8, 3}) @CrossEntropyLoss Tensor kind(Tensor code);
              @Linear({8, 2}) @MSELoss @LossWeight(0.25) Tensor price(Tensor code);
            }
            """,
            new TensorDataset(
                Tensors.of(torch.randn(SIZE, 4)),
                Tensors.of("price", torch.rand(SIZE, 2)).and("kind", drawn(3, SIZE))));
    assertEquals(SIZE, evaluation.parts().get("kind").decisions());
    assertEquals(0, evaluation.parts().get("price").decisions());
  }

  private static Tensor drawn(long count, long... shape) {
    return torch.randint(count, shape, new TensorOptions(torch.ScalarType.Long));
  }

  private static Evaluation assertSame(String net, Dataset data) {
    try (Model model = Networks.model(net, 3);
        DataLoader loader = DataLoader.sequential(data, 8, null, Device.cpu())) {
      Evaluation expected = model.evaluate(loader);
      Evaluation actual = engine(model).scoring().evaluateUnread(loader);
      assertArrayEquals(expected.numbers(), actual.numbers());
      assertEquals(expected.toString(), actual.toString());
      assertEquals(expected.parts().keySet(), actual.parts().keySet());
      return actual;
    }
  }

  private static Engine engine(Model model) {
    try {
      Method engine = Model.class.getDeclaredMethod("engine");
      engine.setAccessible(true);
      return (Engine) engine.invoke(model);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
