package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsTest {
  @AfterEach
  void asChosen() {
    System.clearProperty(Pools.SHARES);
  }

  /** Linear layers of these widths, with {@code each} rows for each example. */
  private static Blueprint layers(long each, long... widths) {
    Blueprint blueprint =
        Blueprint.of("Net", Workload.MATRIX_PRODUCTS)
            .input(TensorSpec.numbers(each, widths[0]))
            .output(each, widths[widths.length - 1]);
    long offset = 0;
    for (int i = 1; i < widths.length; i++) {
      long size = widths[i - 1] * widths[i];
      blueprint =
          blueprint
              .layer("" + i, "@Linear(" + widths[i] + ")", each, widths[i])
              .multiplyAdds(each * size)
              .parameter(i + ".weight", offset, widths[i], widths[i - 1]);
      offset += size;
    }
    return blueprint;
  }

  private static Division way(Blueprint blueprint, long batch, int threads) {
    return new Costs(blueprint.network()).division(batch, threads);
  }

  /** As docs/speed.md has it; with two threads what is measured there is as it was. */
  @ParameterizedTest
  @CsvSource({
    "200, 2, 2, 2",
    "1000, 16, 16, 16", // the usual MLP
    "200, 64, 7, 7", // no more than have enough to do
    "32, 16, 1, 1"
  })
  void narrowLayersAreDividedByRows(long batch, int threads, int shares, int workers) {
    assertEquals(new Division(shares, workers), way(layers(1, 784, 200, 200, 10), batch, threads));
  }

  @ParameterizedTest
  @CsvSource({
    "200, 1, 1, 1",
    "200, 2, 2, 2",
    "200, 4, 1, 4",
    "200, 16, 1, 16",
    "200, 64, 2, 64",
    "8, 2, 1, 2",
    "8, 16, 1, 16"
  })
  void wideLayersAreDividedByColumns(long batch, int threads, int shares, int workers) {
    assertEquals(
        new Division(shares, workers), way(layers(1, 784, 4096, 4096, 10), batch, threads));
  }

  /**
   * What OpenBLAS was seen to copy for the worker that has most to do, in megabytes a step: by
   * probes at its four kernels that copy.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 2, 163.1",
    "1, 2, 93.1",
    "4, 4, 158.8",
    "1, 4, 54.4",
    "8, 8, 156.7",
    "1, 8, 34.3",
    "16, 16, 155.1",
    "1, 16, 24.9"
  })
  void asMuchIsCopiedAsWasSeen(int shares, int workers, double megabytes) {
    Costs costs = new Costs(layers(1, 784, 4096, 4096, 10).network());
    Load load = costs.load(new Division(shares, workers), 200);
    double counted = 4e-6 * (load.weights() + load.activations());
    assertEquals(megabytes, counted, 0.05 * megabytes);
  }

  /** Each of the texts has rows enough to pay for what it reads of weights. */
  @Test
  void textsAreDividedByRowsUntilThereAreMoreThreadsThanTexts() {
    Blueprint texts = layers(64, 128, 512, 128, 512, 128);
    assertEquals(Division.byRows(16), way(texts, 32, 16));
    assertEquals(Division.byRows(32), way(texts, 32, 32));
    assertEquals(new Division(16, 64), way(texts, 32, 64));
  }

  @Test
  void noWayIsChosenThatCostsMore() {
    for (long width : new long[] {16, 100, 300, 1000, 3000, 10_000}) {
      Costs costs = new Costs(layers(1, width, width, width).network());
      for (long batch : new long[] {1, 7, 64, 500, 4096}) {
        for (int threads = 1; threads <= 64; threads++) {
          Division way = costs.division(batch, threads);
          assertTrue(way.workers() <= threads && way.workers() % way.shares() == 0, way::toString);
          int most = (int) Math.max(1, Math.min(threads, batch / 32));
          double byRows = costs.nanos(Division.byRows(most), batch);
          assertTrue(way.each() == 1 || costs.nanos(way, batch) < byRows, way::toString);
        }
      }
    }
  }

  /** What libtorch records of such a layer is no product that several workers compute together. */
  @Test
  void weightsOfTheUsersOwnLayersAreNoReasonToDivideProducts() {
    Blueprint own =
        Blueprint.of("Net", Workload.MATRIX_PRODUCTS)
            .input(TensorSpec.numbers(1, 4096))
            .output(1, 10)
            .layer("0", "Own", 1, 4096)
            .parameter("0.weight", 0, 4096, 4096)
            .layer("1", "@Linear(10)", 1, 10)
            .multiplyAdds(40_960)
            .parameter("1.weight", 4096 * 4096, 10, 4096);
    assertEquals(Division.byRows(6), way(own, 200, 16));
  }

  @Test
  void whatLooksAtAllRowsIsNotDivided() {
    assertEquals(Division.NONE, way(layers(1, 4096, 4096, 10).undivided(), 200, 16));
  }

  @Test
  void anotherWayCanBeStated() {
    System.setProperty(Pools.SHARES, "2");
    assertEquals(new Division(2, 6), way(layers(1, 10, 10), 64, 7));
    assertEquals(new Division(1, 7), way(layers(1, 10, 10), 1, 7));
    assertEquals(new Division(1, 7), way(layers(1, 10, 10), 0, 7)); // an empty batch
    System.setProperty(Pools.SHARES, "none");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> way(layers(1, 10, 10), 64, 7));
    assertTrue(e.getMessage().contains("-Dtorchscribe.shares=none"), e.getMessage());
  }

  @Test
  void aWayIsSaidInWords() {
    assertEquals("by rows among 2 workers", Division.byRows(2).toString());
    assertEquals("products among 16 workers", new Division(1, 16).toString());
    assertEquals(
        "by rows into 4 shares, products of each among 3 workers", new Division(4, 12).toString());
    assertEquals("not divided", Division.NONE.toString());
  }

  @Test
  void aProductIsDividedSoThatLittleIsCopied() {
    assertEquals(new Grid(1, 16), Grid.of(200, 4096, 16));
    assertEquals(new Grid(4, 4), Grid.of(4096, 4096, 16));
    assertEquals(new Grid(16, 1), Grid.of(2048, 128, 16));
    assertEquals(new Grid(1, 1), Grid.of(1, 2, 3));
    for (long size : new long[] {7, 100, 1000, 4097}) {
      long end = 0;
      for (int part = 0; part < 7; part++) {
        assertEquals(end, Grid.boundary(part, 7, size));
        end = Grid.boundary(part + 1, 7, size);
        assertTrue(end > Grid.boundary(part, 7, size));
      }
      assertEquals(size, end);
    }
  }
}
