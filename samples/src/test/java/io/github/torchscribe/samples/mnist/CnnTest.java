package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Evaluation;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The convolutional network: a part of an epoch, or, with {@code -Dlong.tests=true}, all four. */
class CnnTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  @Test
  void learns() {
    try (CnnModel model = CnnModel.create();
        Mnist all = Mnist.train();
        Mnist test = Mnist.test();
        Dataset train = LONG ? all : new Subset(all, LongStream.range(0, 10_000).toArray())) {
      Evaluation result =
          Trainer.of(model).epochs(LONG ? 4 : 1).run(train, test).last().evaluation();
      assertTrue(result.accuracy() > (LONG ? 0.99 : 0.95), result::toString);
    }
  }

  @Test
  void theLastSmallBatchOfOneIsNoTrouble() {
    try (CnnModel model = CnnModel.create();
        Mnist all = Mnist.train();
        Dataset some = new Subset(all, LongStream.range(0, 101).toArray())) {
      // 100 and 1: each channel still has 26 x 26 values.
      assertEquals(101, Trainer.of(model).epochs(1).run(some, some).last().evaluation().size());
    }
  }
}
