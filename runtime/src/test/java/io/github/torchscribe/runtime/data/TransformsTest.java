package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Shapes;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transforms: what they do, and that a seed makes them the same again. */
class TransformsTest {
  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void normalisesChannels() {
    Tensor images = torch.ones(2, 2, 3, 3);
    Tensor result =
        Transforms.normalize(new double[] {0.5, 0}, new double[] {0.25, 2})
            .apply(images, new SplittableRandom(1));
    assertEquals(2, result.select(1, 0).mean().item_float());
    assertEquals(0.5f, result.select(1, 1).mean().item_float());
  }

  @Test
  void standardisesByWhatIsMeasured() {
    torch.manual_seed(1);
    Tensor numbers = torch.randn(2500, 3).mul(torch.tensor(5f, 0, 0.01f)).add(new Scalar(100f));
    try (Dataset data = new TensorDataset(numbers, torch.zeros(2500, 1));
        Dataset same = new Transformed(data, 1, Transforms.standardize(data))) {
      Tensor all = same.examples(java.util.stream.LongStream.range(0, 2500).toArray());
      Tensor columns = all.t();
      assertEquals(0, columns.select(0, 0).mean().item_float(), 1e-3);
      assertEquals(1, columns.select(0, 0).std().item_float(), 1e-3);
      assertEquals(0, columns.select(0, 1).abs().max().item_float(), 1e-6);
      assertEquals(1, columns.select(0, 2).std().item_float(), 1e-2);
    }
  }

  @Test
  void cropsTheMiddleAndAnywhere() {
    Tensor image = torch.arange(new Scalar(36f)).view(1, 1, 6, 6);
    Tensor middle = Transforms.centerCrop(2, 2).apply(image.clone(), null);
    assertEquals(14, middle.flatten().select(0, 0).item_float());
    Transform anywhere = Transforms.randomCrop(6, 6, 2);
    boolean moved = false;
    RandomGenerator random = new SplittableRandom(1);
    for (int i = 0; i < 10; i++) {
      Tensor piece = anywhere.apply(image.clone(), random);
      assertEquals("Float (1, 1, 6, 6) on the CPU", Shapes.describe(piece));
      moved |= !piece.equal(image);
    }
    assertTrue(moved);
  }

  /** As a GPU does it. */
  @Test
  void cropsAllAtOnce() {
    Tensor images = torch.randn(5, 3, 9, 7);
    Crop crop = new Crop(4, 6, 0, true);
    long[] tops = {0, 5, 3, 1, 2};
    long[] lefts = {1, 0, 1, 0, 1};
    Tensor pieces = crop.atOnce(images, tops, lefts);
    assertEquals("Float (5, 3, 4, 6) on the CPU", Shapes.describe(pieces));
    assertTrue(pieces.equal(crop.oneByOne(images, tops, lefts)));
  }

  /** Where {@code torchvision.transforms.CenterCrop} begins, for pieces of 1 to n rows. */
  @Test
  void theMiddleIsTorchvisions() {
    int[][] firsts = {{2, 1, 0, 0}, {2, 2, 1, 0, 0}, {4, 3, 2, 2, 2, 1, 0, 0}};
    for (int[] first : firsts) {
      int n = first.length;
      Tensor image = torch.arange(new Scalar((float) n * n)).view(1, 1, n, n);
      for (int size = 1; size <= n; size++) {
        Tensor piece = Transforms.centerCrop(size, size).apply(image.clone(), null);
        float corner = piece.flatten().select(0, 0).item_float();
        assertEquals(first[size - 1] * (n + 1), corner, size + " of " + n);
      }
    }
  }

  @Test
  void mirrors() {
    Tensor image = torch.arange(new Scalar(12f)).view(2, 1, 2, 3);
    Tensor always =
        Transforms.randomHorizontalFlip(1).apply(image.clone(), new SplittableRandom(1));
    assertTrue(always.equal(image.flip(-1)));
    Tensor never = Transforms.randomHorizontalFlip(0).apply(image.clone(), new SplittableRandom(1));
    assertTrue(never.equal(image));
    Tensor upsideDown =
        Transforms.randomVerticalFlip(1).apply(image.clone(), new SplittableRandom(1));
    assertTrue(upsideDown.equal(image.flip(-2)));
  }

  /** As a GPU does it, and whoever has small images. */
  @Test
  void mirrorsAllAtOnce() {
    Tensor images = torch.randn(5, 3, 4, 6);
    Tensor others = images.clone();
    Flip flip = new Flip(0.5, -1);
    flip.atOnce(images, 0, 3, 4);
    flip.oneByOne(others, 0, 3, 4);
    assertTrue(images.equal(others));
  }

  /** A quarter turn is exact, also where an image is wider than high. */
  @Test
  void rotates() {
    RandomGenerator quarter = () -> Long.MAX_VALUE; // 2·0.5 − 1 = 0 and so on: see nextDouble below
    RandomGenerator always =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return quarter.nextLong();
          }

          @Override
          public double nextDouble() {
            return 1; // the largest angle
          }
        };
    Tensor square = torch.randn(2, 3, 5, 5);
    Tensor turned = Transforms.randomRotation(90).apply(square, always);
    Tensor clockwise = torch.rot90(square, -1, 2, 3);
    Tensor counter = torch.rot90(square, 1, 2, 3);
    float difference =
        Math.min(
            turned.sub(clockwise).abs().max().item_float(),
            turned.sub(counter).abs().max().item_float());
    assertEquals(0, difference, 1e-4);

    Tensor wide = torch.randn(1, 1, 3, 7);
    Tensor inside = torch.rot90(wide.narrow(3, 2, 3), 1, 2, 3);
    Tensor other = torch.rot90(wide.narrow(3, 2, 3), -1, 2, 3);
    Tensor turnedWide = Transforms.randomRotation(90).apply(wide, always).narrow(3, 2, 3);
    assertEquals(
        0,
        Math.min(
            turnedWide.sub(inside).abs().max().item_float(),
            turnedWide.sub(other).abs().max().item_float()),
        1e-4);
  }

  @Test
  void aSeedMakesThemTheSameAgain() {
    torch.manual_seed(1);
    Tensor images = torch.randn(20, 1, 8, 8);
    Tensor classes = torch.zeros(20).to(torch.ScalarType.Long);
    Transform[] all = {
      Transforms.randomCrop(6, 6, 1),
      Transforms.randomHorizontalFlip(0.5),
      Transforms.randomRotation(20)
    };
    long[] some = {3, 1, 4};
    try (Dataset one = new Transformed(new TensorDataset(images, classes), 5, all);
        Dataset two = new Transformed(new TensorDataset(images, classes), 5, all);
        Dataset other = new Transformed(new TensorDataset(images, classes), 6, all)) {
      assertEquals("Float (N, 1, 6, 6)", one.inputs().toString());
      Tensor first = one.examples(some);
      assertTrue(first.equal(two.examples(some)));
      assertFalse(first.equal(one.examples(some)), "each time anew");
      assertFalse(first.equal(other.examples(some)));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Dataset vectors = new TensorDataset(torch.randn(4, 3), torch.randn(4, 1));
        Dataset images = new TensorDataset(torch.randn(4, 1, 3, 3), torch.randn(4, 1))) {
      assertRefused(
          "an image is (C, H, W), but an example has the shape (N, 3)",
          () -> new Transformed(vectors, 1, Transforms.randomRotation(5)));
      assertRefused(
          "no piece of 6 × 6 can be cut out of an image of 3 × 3 with 1 zeros around",
          () -> new Transformed(images, 1, Transforms.randomCrop(6, 6, 1)));
      assertRefused(
          "there are 2 means, but an example has the shape (N, 1, 3, 3)",
          () ->
              new Transformed(images, 1, Transforms.normalize(new double[2], new double[] {1, 1})));
      assertRefused(
          "a deviation must be above 0 but is 0.0",
          () -> Transforms.normalize(new double[1], new double[1]));
    }
  }

  private static void assertRefused(String message, org.junit.jupiter.api.function.Executable bad) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, bad).getMessage());
  }
}
