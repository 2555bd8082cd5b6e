package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Datasets whose examples and targets have several parts. */
class PartsTest {
  /** Adds something that depends on the random stream alone. */
  private static final Transform NOISE =
      new Transform() {
        @Override
        public long[] shape(long... shape) {
          return shape;
        }

        @Override
        public Tensor apply(Tensor batch, RandomGenerator random) {
          return batch.add(new Scalar(random.nextInt(1000)));
        }
      };

  /** Of example i: the number i, the indices i and i + 1; its class i % 3, and 2i. */
  private static Dataset parts(int size) {
    Tensor all = torch.tensor(LongStream.range(0, size).toArray());
    Tensor numbers = all.to(torch.ScalarType.Float).unsqueeze(1);
    return new TensorDataset(
        Tensors.of("age", numbers)
            .and("words", torch.stack(new TensorVector(all, all.add(new Scalar(1L))), 1)),
        Tensors.of("kind", all.remainder(new Scalar(3L))).and("price", numbers.mul(new Scalar(2))));
  }

  @Test
  void areKnownByName() {
    try (Dataset data = parts(7)) {
      assertEquals(
          "age: Float (N, 1); words: Long (N, 2), indices from 0 to 7",
          data.inputSpecs().toString());
      assertEquals(
          "kind: Long (N), indices from 0 to 2; price: Float (N, 1)",
          data.targetSpecs().toString());
    }
  }

  /** Shuffled, by a crew that divides each batch, and of a subset. */
  @Test
  void ofAnExampleStayTogether() {
    Crew crew =
        (size, part) -> {
          part.gather(size / 2, size);
          part.gather(0, size / 2);
        };
    try (Dataset data = parts(20);
        Subset some = new Subset(data, LongStream.range(3, 20).toArray());
        Randomness randomness = new Randomness(4);
        DataLoader loader =
            DataLoader.shuffled(some, 6, randomness, Device.cpu()).gatheredBy(crew)) {
      List<Long> seen = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      for (Batch batch : loader) {
        sizes.add(batch.size());
        assertArrayEquals(new long[] {batch.size(), 2}, Shapes.of(batch.input("words")));
        for (int i = 0; i < batch.size(); i++) {
          long number = (long) batch.input("age").get(i).item_float();
          seen.add(number);
          assertEquals(number, batch.input("words").get(i).get(0).item_long());
          assertEquals(number + 1, batch.input("words").get(i).get(1).item_long());
          assertEquals(number % 3, batch.target("kind").get(i).item_long());
          assertEquals(2 * number, batch.target("price").get(i).item_float());
        }
      }
      assertEquals(List.of(6, 6, 5), sizes);
      assertEquals(LongStream.range(3, 20).boxed().toList(), seen.stream().sorted().toList());
    }
  }

  @Test
  void thatAreNoFiniteNumberAreSaid() {
    try (Dataset data = parts(7);
        DataLoader loader = DataLoader.sequential(data, 3, null, Device.cpu())) {
      Iterator<Batch> epoch = loader.iterator();
      epoch.next();
      Batch batch = epoch.next();
      assertEquals(Optional.empty(), loader.notFinite(batch));
      batch.target("price").get(1).fill_(new Scalar(Float.NaN));
      assertEquals(Optional.of(new NotFinite(4, "its target price")), loader.notFinite(batch));
      batch.input("age").get(2).fill_(new Scalar(Float.POSITIVE_INFINITY));
      assertEquals(Optional.of(new NotFinite(5, "its input age")), loader.notFinite(batch));
    }
  }

  @Test
  void mustBeOfAsManyExamples() {
    Tensor two = torch.zeros(2);
    Tensor three = torch.zeros(3);
    assertRefused(
        "there are 2 of inputs \"a\" and 3 of inputs \"b\"; give as many of both",
        Tensors.of("a", two).and("b", three),
        Tensors.of(two));
    assertRefused(
        "there are 2 inputs and 3 of targets \"price\"; give as many of both",
        Tensors.of(two),
        Tensors.of("kind", two).and("price", three));
    assertRefused(
        "example 1, counted from 0, has NaN or infinity among its inputs \"b\"",
        Tensors.of("a", two).and("b", torch.tensor(1f, Float.NaN)),
        Tensors.of(two));
    assertRefused(
        "inputs \"b\" are indices, counted from 0, but one of them is -1",
        Tensors.of("a", two).and("b", torch.tensor(1L, -1L)),
        Tensors.of(torch.tensor(0L, -1L)));
    assertRefused("there are no inputs", Tensors.none(), Tensors.of(two));
  }

  @Test
  void targetsMayBeNone() {
    try (Dataset data = new TensorDataset(Tensors.of("left", torch.rand(5, 2)), Tensors.none());
        DataLoader loader = DataLoader.sequential(data, 2, null, Device.cpu())) {
      int examples = 0;
      for (Batch batch : loader) {
        examples += batch.size();
        assertEquals(0, batch.allTargets().size());
        assertEquals(Optional.empty(), loader.notFinite(batch));
      }
      assertEquals(5, examples);
      assertEquals("", data.targetSpecs().toString());
    }
  }

  private static void assertRefused(String message, Tensors inputs, Tensors targets) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new TensorDataset(inputs, targets).close());
    assertEquals(message, e.getMessage());
  }

  @Test
  void areTransformedOneByOne() {
    try (PointerScope scope = new PointerScope();
        Dataset data = parts(7);
        Dataset changed = new Transformed(data, "age", 1, NOISE)) {
      Tensors before = data.allExamples(5, 6);
      Tensors after = changed.allExamples(5, 6);
      scope.attach(before.get(0));
      assertEquals(data.inputSpecs().toString(), changed.inputSpecs().toString());
      assertEquals(1, after.get("age").sub(before.get("age")).std().eq(new Scalar(0)).item_int());
      assertEquals(0, after.get("age").equal(before.get("age")) ? 1 : 0);
      assertEquals(1, after.get("words").equal(before.get("words")) ? 1 : 0);
      assertEquals(
          "transforms are for numbers, but the examples' part words are Long (N, 2), indices from"
              + " 0 to 7",
          assertThrows(
                  IllegalArgumentException.class, () -> new Transformed(data, "words", 1, NOISE))
              .getMessage());
      assertEquals(
          "there is not one, but age, words; say which by name",
          assertThrows(IllegalStateException.class, () -> new Transformed(data, 1, NOISE))
              .getMessage());
    }
  }

  /** Transforms take time: batches are made ready in the background. */
  @Test
  void areStandardizedOneByOne() {
    try (Dataset data = parts(8);
        Dataset changed = new Transformed(data, "age", 1, Transforms.standardize(data, "age"));
        DataLoader loader = DataLoader.sequential(changed, 3, null, Device.cpu())) {
      double sum = 0;
      double squares = 0;
      for (Batch batch : loader) {
        for (int i = 0; i < batch.size(); i++) {
          double age = batch.input("age").get(i).item_float();
          long number = batch.input("words").get(i).get(0).item_long();
          assertEquals((number - 3.5) / Math.sqrt(5.25), age, 1e-6);
          sum += age;
          squares += age * age;
        }
      }
      assertEquals(0, sum, 1e-6);
      assertEquals(8, squares, 1e-5);
    }
  }

  /** A run that goes on draws for both what it would have drawn. */
  @Test
  void transformedTwiceGoOnFromWhereARunWas() {
    try (PointerScope scope = new PointerScope();
        Dataset data =
            new Transformed(new Transformed(parts(7), "age", 1, NOISE), "age", 2, NOISE)) {
      Tensor first = data.allExamples(5).get("age");
      scope.attach(first);
      Tensor second = data.allExamples(5).get("age");
      data.position(0);
      assertEquals(first.item_float(), data.allExamples(5).get("age").item_float());
      assertEquals(second.item_float(), data.allExamples(5).get("age").item_float());
    }
  }
}
