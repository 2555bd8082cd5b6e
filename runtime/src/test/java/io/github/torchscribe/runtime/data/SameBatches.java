package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Tensors;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Batches that come from different places, and are the same digit for digit. */
final class SameBatches {
  private SameBatches() {}

  /** Of example i: the number i, the indices i and i + 1; its class i % 3 or none, and 2i. */
  static Dataset parts(int size) {
    Tensor all = torch.tensor(LongStream.range(0, size).toArray());
    Tensor numbers = all.to(torch.ScalarType.Float).unsqueeze(1).div(new Scalar(3f));
    Tensor classes = all.remainder(new Scalar(4L));
    classes.masked_fill_(classes.eq(new Scalar(3L)), new Scalar(-100L));
    return new TensorDataset(
        Tensors.of("age", numbers)
            .and("words", torch.stack(new TensorVector(all, all.add(new Scalar(1L))), 1)),
        Tensors.of("kind", classes).and("price", numbers.mul(new Scalar(2))));
  }

  static void assertSame(Batch expected, Batch actual) {
    assertEquals(expected.size(), actual.size());
    // Written elsewhere before it is asked for, and read before it is.
    Tensors inputs = expected.allInputs().map(torch::zeros_like);
    Tensors targets = expected.allTargets().map(torch::zeros_like);
    actual.write(inputs, targets);
    assertSame(expected.allInputs(), inputs);
    assertSame(expected.allTargets(), targets);
    assertSame(expected.allTargets(), byName(expected.allTargets(), actual::targetToRead));
    assertSame(expected.allInputs(), byName(expected.allInputs(), actual::inputToRead));
    assertSame(expected.allInputs(), actual.allInputs());
    assertSame(expected.allTargets(), actual.allTargets());
  }

  private static Tensors byName(Tensors all, Function<String, Tensor> toRead) {
    return Tensors.of(all.names(), all.names().stream().map(toRead).toList());
  }

  private static void assertSame(Tensors expected, Tensors actual) {
    assertEquals(expected.names(), actual.names());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).scalar_type().intern(), actual.get(i).scalar_type().intern());
      assertTrue(actual.get(i).is_contiguous());
      assertTrue(expected.get(i).equal(actual.get(i)), expected.names().get(i));
    }
  }
}
