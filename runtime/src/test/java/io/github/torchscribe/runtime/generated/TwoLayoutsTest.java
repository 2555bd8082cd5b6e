package io.github.torchscribe.runtime.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Where the results of forward lie: while training each in its own place, otherwise one where
 * another was, also one of another size, whatever another share is at.
 */
class TwoLayoutsTest {
  private static final int ROWS = 7;
  private static final Network NETWORK =
      Blueprint.of("Layouts", Workload.MATRIX_PRODUCTS)
          .input(TensorSpec.numbers(1))
          .output(3)
          .floatsPerExample(64, 96)
          .network();

  private final PointerScope scope = new PointerScope();
  private final Weights weights = new Weights(NETWORK, Device.cpu(), null);

  /** A result of 40 numbers, then one of 16, then one of 3 where nobody needs the first. */
  private static final class Rows extends Share {
    private Tensor first;
    private Tensor second;
    private Tensor third;
    private Tensor allThird;

    @Override
    protected void bind() {
      first = rows(0, 40);
      second = rows(48, 16);
      third = rows(at(64, 0), 3);
    }

    @Override
    protected void bindTraining() {
      allThird = all(64, 1, 3);
    }

    @Override
    protected Tensor forward(Tensor input) {
      first.fill_(new Scalar(1.0));
      second.fill_(new Scalar(2.0));
      third.fill_(new Scalar(3.0));
      return third;
    }
  }

  @AfterEach
  void close() {
    weights.close();
    scope.close();
  }

  private Buffers buffers(boolean training, int capacity) {
    Buffers buffers = new Buffers(NETWORK, training);
    GeneratorOptional none = new GeneratorOptional();
    buffers.allocate(
        capacity, new Buffers.Setting(Device.cpu(), weights, false, none, Peers.NONE, null, 0));
    buffers.take(Examples.without(torch.ones(ROWS, 1)), Division.byRows(2));
    return buffers;
  }

  private static Rows share(Buffers buffers, int number) {
    Rows share = new Rows();
    share.begin(buffers, number, null, false);
    return share;
  }

  private static boolean holds(double value, Tensor tensor) {
    return tensor.eq(new Scalar(value)).all().item_bool();
  }

  @Test
  void otherwiseAResultLiesWhereOneWasAndOtherSharesAreLeftAlone() {
    try (Buffers buffers = buffers(false, ROWS)) {
      Rows here = share(buffers, 0);
      Rows there = share(buffers, 1);
      assertEquals(here.first.data_ptr(), here.third.data_ptr());
      assertEquals(there.first.data_ptr(), there.third.data_ptr());

      here.first.fill_(new Scalar(1.0));
      here.second.fill_(new Scalar(2.0));
      there.forward(null);
      assertTrue(holds(1, here.first) && holds(2, here.second));

      here.forward(null);
      assertTrue(holds(2, there.second) && holds(3, there.third));
    }
  }

  @Test
  void whileTrainingEachHasItsPlaceAndRowsOfAllSharesLieTogether() {
    try (Buffers buffers = buffers(true, ROWS)) {
      Rows here = share(buffers, 0);
      Rows there = share(buffers, 1);
      here.forward(null);
      there.forward(null);
      assertTrue(holds(1, here.first) && holds(2, here.second) && holds(3, here.third));
      assertTrue(holds(1, there.first) && holds(2, there.second) && holds(3, there.third));
      assertTrue(holds(3, here.allThird));
      assertEquals(ROWS, here.allThird.size(0));
    }
  }

  @Test
  void aBatchThatIsSmallerThanTheRoomLiesInItToo() {
    for (boolean training : new boolean[] {true, false}) {
      try (Buffers buffers = buffers(training, 3 * ROWS)) {
        Rows here = share(buffers, 0);
        Rows there = share(buffers, 1);
        here.forward(null);
        there.first.fill_(new Scalar(5.0));
        assertTrue(holds(2, here.second) && holds(3, here.third));
        assertEquals(ROWS, here.n + there.n);
      }
    }
  }
}
