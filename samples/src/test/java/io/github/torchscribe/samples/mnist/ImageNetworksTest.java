package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.learner.Evaluation;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The networks for images: a tenth of an epoch, or, with {@code -Dlong.tests=true}, all four. */
class ImageNetworksTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  @Test
  void convolutionsLearn() {
    learns(CnnModel.create());
  }

  @Test
  void aResidualNetworkLearns() {
    learns(ResnetModel.create());
  }

  @Test
  void pairsAreToldApart() {
    try (Model model = SiameseModel.create();
        Dataset all = new Pairs(Mnist.train(), 1);
        Dataset test = new Pairs(Mnist.test(), 2);
        Dataset train = LONG ? all : new Subset(all, LongStream.range(0, 6_000).toArray())) {
      Evaluation result =
          Trainer.of(model).epochs(LONG ? 3 : 2).run(train, test).last().evaluation();
      assertTrue(result.accuracy() > (LONG ? 0.97 : 0.8), result::toString);
    }
  }

  private static void learns(Model created) {
    try (Model model = created;
        Mnist all = Mnist.train();
        Mnist test = Mnist.test();
        Dataset train = LONG ? all : new Subset(all, LongStream.range(0, 6_000).toArray())) {
      Evaluation result =
          Trainer.of(model).epochs(LONG ? 4 : 2).run(train, test).last().evaluation();
      assertTrue(result.accuracy() > (LONG ? 0.99 : 0.93), result::toString);
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
