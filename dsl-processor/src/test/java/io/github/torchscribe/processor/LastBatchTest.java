package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last batch of an epoch, where it is smaller than the others. */
class LastBatchTest {
  /** Tells of each batch. */
  private static final class Sizes implements TrainingLog {
    final List<Integer> sizes = new ArrayList<>();
    Run run;

    @Override
    public void began(Run began) {
      run = began;
    }

    @Override
    public void step(Step step) {
      sizes.add(step.batchSize());
    }
  }

  private static Model model(String input, String layers, String gradient) {
    return Networks.model(
        "@Network(input = {"
            + input
            + "}, gradient = Network.Gradient."
            + gradient
            + ") "
            + layers
            + " @CrossEntropyLoss @SGD(lr = 0.1) public interface Net {}",
        3);
  }

  private static TensorDataset data(int size, long... example) {
    long[] shape = new long[example.length + 1];
    shape[0] = size;
    System.arraycopy(example, 0, shape, 1, example.length);
    Tensor targets = torch.randint(3, new long[] {size}, new TensorOptions(torch.ScalarType.Long));
    return new TensorDataset(torch.randn(shape), targets);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GENERATED", "AUTOGRAD"})
  void oneExampleIsTooFewForALayerThatComparesThem(String gradient) {
    Sizes sizes = new Sizes();
    try (Model model = model("6", "@Linear(4) @BatchNorm1d @Linear(3)", gradient);
        TensorDataset data = data(9, 6)) {
      Trainer trainer = Trainer.of(model).batchSize(4).epochs(2).log(sizes);
      assertEquals(
          "layer 1 @BatchNorm1d of Net learns only from batches of at least 2 examples, but the last"
              + " one of each epoch has 1 (there are 9 in batches of 4): leave it out with"
              + " dropLast(true), or choose another batch size",
          assertThrows(IllegalArgumentException.class, () -> trainer.run(data, data)).getMessage());
      assertEquals(List.of(), sizes.sizes, "said before the first step");
      History history = trainer.dropLast(true).run(data, data);
      assertEquals(List.of(4, 4, 4, 4), sizes.sizes);
      assertEquals(2, sizes.run.steps());
      assertEquals(8, sizes.run.examples());
      assertEquals(9, history.last().evaluation().size(), "evaluated on everything");
      assertEquals(
          "layer 1 @BatchNorm1d of Net learns only from batches of at least 2 examples, but those of"
              + " this run have 1: give it more, or batchSize(…)",
          assertThrows(IllegalArgumentException.class, () -> trainer.batchSize(1).run(data, data))
              .getMessage());
      assertEquals(
          "layer 1 @BatchNorm1d of Net learns only from batches of at least 2 examples, but was"
              + " given 1",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> model.step(torch.randn(1, 6), torch.tensor(2L)))
              .getMessage());
    }
  }

  /** As in PyTorch: there are several values of each channel in an example. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Conv1d(value = 4, kernelSize = 3) @BatchNorm1d @Flatten @Linear(3)",
        "@Flatten @Linear(4) @LayerNorm @GroupNorm(2) @Linear(3)"
      })
  void oneExampleIsEnoughForOthers(String layers) {
    Sizes sizes = new Sizes();
    try (Model model = model("2, 6", layers, "GENERATED");
        TensorDataset data = data(9, 2, 6)) {
      Trainer.of(model).batchSize(4).epochs(1).log(sizes).run(data, data);
      assertEquals(List.of(4, 4, 1), sizes.sizes);
    }
  }

  @Test
  void dropLastDrawsTheOrderThatPyTorchDraws() {
    try (Model all = model("6", "@Linear(3)", "GENERATED");
        Model some = model("6", "@Linear(3)", "GENERATED");
        TensorDataset data = data(10, 6)) {
      Sizes sizes = new Sizes();
      List<Float> losses = losses(Trainer.of(all).batchSize(4), data);
      List<Float> left = losses(Trainer.of(some).batchSize(4).dropLast(true).log(sizes), data);
      assertEquals(losses.subList(0, 2), left.subList(0, 2));
      assertEquals(List.of(4, 4, 4, 4), sizes.sizes);
      assertTrue(losses.size() == 6 && left.size() == 4);
    }
  }

  private static List<Float> losses(Trainer trainer, TensorDataset data) {
    List<Float> losses = new ArrayList<>();
    trainer
        .epochs(2)
        .log(
            new TrainingLog() {
              @Override
              public void step(Step step) {
                losses.add(step.loss());
              }
            })
        .run(data, data);
    return losses;
  }
}
