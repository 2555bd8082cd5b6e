package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is learned from data that lie where the network is: digit for digit the same. */
class ResidentDataTest {
  private static final String REPLAYS = "torchscribe.graphs";
  private static final int SIZE = 70;

  private final PointerScope scope = new PointerScope();

  @BeforeEach
  void seed() {
    torch.manual_seed(6);
  }

  @AfterEach
  void free() {
    System.clearProperty(REPLAYS);
    scope.close();
  }

  /** Classes that weigh differently, and targets that do not count, a whole batch of them. */
  @Test
  void whereTargetsDoNotCount() {
    Tensor targets = drawn(4, SIZE);
    targets.masked_fill_(torch.rand(SIZE).lt(new Scalar(0.3)), new Scalar(-100L));
    targets.narrow(0, 64, 6).fill_(new Scalar(-100L));
    assertSame(
        "@Network(input = 6) @Linear(4) @CrossEntropyLoss(weight = {1, 0.2, 3, 1})"
            + " @SGD(lr = 0.1) public interface Net {}",
        new TensorDataset(torch.randn(SIZE, 6), targets));
  }

  /** A loss of several outputs that are yes or no. */
  @Test
  void whereTargetsAreNumbers() {
    assertSame(
        "@Network(input = 6) @Linear(3) @BCEWithLogitsLoss @Adam(lr = 0.01)"
            + " public interface Net {}",
        new TensorDataset(torch.randn(SIZE, 6), torch.rand(SIZE, 3).round()));
  }

  /** Indices of which one is padding, and a mask. */
  @Test
  void whereExamplesAreIndices() {
    Tensor words = drawn(7, SIZE, 5).add_(new Scalar(1L));
    words.narrow(1, 3, 2).masked_fill_(torch.rand(SIZE, 2).lt(new Scalar(0.5)), new Scalar(0L));
    assertSame(
        "@Network @SGD(lr = 0.1) public interface Net {"
            + " @Embedding(value = {8, 3}, paddingIdx = 0) @MeanOver(dim = 1) @Linear({3, 4})"
            + " @CrossEntropyLoss Tensor kind(@Input(value = 5, indices = 8) Tensor words); }",
        new TensorDataset(words, drawn(4, SIZE)));
  }

  /** A mask says which places are there, and is looked at for examples that have none. */
  @Test
  void whereAMaskIsGiven() {
    Tensor mask = torch.rand(SIZE, 4).round();
    mask.narrow(1, 2, 1).fill_(new Scalar(1));
    assertSame(
        "@Network @SGD(lr = 0.1) public interface Net {"
            + " @Masked @MeanOver(dim = 1) @Linear({6, 3}) @CrossEntropyLoss"
            + " Tensor kind(@Input({4, 6}) Tensor words, @Input(4) Tensor mask); }",
        new TensorDataset(
            Tensors.of("mask", mask).and("words", torch.randn(SIZE, 4, 6)),
            Tensors.of(drawn(3, SIZE))));
  }

  /** Three inputs and two losses, of some of the data. */
  @Test
  void ofSeveralParts() {
    Tensors inputs =
        Tensors.of("numbers", torch.randn(SIZE, 4))
            .and("city", drawn(5, SIZE))
            .and("days", drawn(7, SIZE, 3));
    Tensors targets = Tensors.of("price", torch.rand(SIZE, 2)).and("kind", drawn(3, SIZE));
    try (Dataset all = new TensorDataset(inputs, targets)) {
      assertSame(
          """
          @Network @Adam(lr = 0.01)
          public interface Net {
            @Embedding({5, 3}) Tensor place(@Input(indices = 5) Tensor city);
            @Embedding({7, 2}) @Flatten Tensor week(@Input(3) Tensor days);
            @Concat @Linear({13, 8}) @Tanh
            Tensor code(@Input(4) Tensor numbers, Tensor place, Tensor week);
            @Linear({8, 3}) @CrossEntropyLoss Tensor kind(Tensor code);
            @Linear({8, 2}) @MSELoss @LossWeight(0.25) Tensor price(Tensor code);
          }
          """,
          Subset.split(all, 3, 0.9, 0.1).get(0));
    }
  }

  /** A target that is no class is refused, and the message names the example. */
  @Test
  void whereATargetIsNone() {
    Tensor targets = torch.zeros(SIZE).to(torch.ScalarType.Long);
    try (Dataset data = new TensorDataset(torch.randn(SIZE, 6), targets);
        Model model =
            Networks.model(
                "@Network(input = 6) @Linear(4) @CrossEntropyLoss @SGD(lr = 0.1)"
                    + " public interface Net {}",
                3)) {
      targets.get(41).fill_(new Scalar(4L)); // after the dataset has looked
      Trainer trainer = Trainer.of(model).batchSize(8).shuffle(true).resident(true);
      String message =
          assertThrows(IllegalArgumentException.class, () -> trainer.run(data, data)).getMessage();
      assertTrue(
          message.endsWith("example 41 of the training data, counted from 0, has 4"), message);
    }
  }

  private static Tensor drawn(long count, long... shape) {
    return torch.randint(count, shape, new TensorOptions(torch.ScalarType.Long));
  }

  /** Steps, epochs and what has been learned in the end. */
  private static void assertSame(String net, Dataset data) {
    System.setProperty(REPLAYS, "off");
    Outcome gathered = learn(net, data, false);
    assertSame(gathered, learn(net, data, true), data);
    System.setProperty(REPLAYS, "emulated"); // batches are written to where a step reads them
    Outcome written = learn(net, data, false);
    assertSame(written, learn(net, data, true), data);
    for (int i = 0; i < gathered.steps.size(); i++) {
      assertEquals(gathered.steps.get(i), written.steps.get(i), 1e-5f, "step " + i);
    }
  }

  private static void assertSame(Outcome gathered, Outcome resident, Dataset data) {
    assertTrue(data.size() % 8 > 0, "the last batch is smaller");
    assertEquals(3 * (data.size() / 8 + 1), gathered.steps.size());
    assertEquals(gathered.steps, resident.steps);
    for (int i = 0; i < gathered.history.epochs().size(); i++) {
      History.Epoch expected = gathered.history.epochs().get(i);
      History.Epoch actual = resident.history.epochs().get(i);
      assertEquals(expected.trainLoss(), actual.trainLoss());
      assertEquals(expected.trainLosses(), actual.trainLosses());
      assertEquals(expected.metrics(), actual.metrics());
      Evaluation one = expected.evaluation();
      assertArrayEquals(one.numbers(), actual.evaluation().numbers());
    }
    assertTrue(gathered.weights.equal(resident.weights));
  }

  private record Outcome(List<Float> steps, History history, Tensor weights) {}

  private static Outcome learn(String net, Dataset data, boolean resident) {
    try (Model model = Networks.model(net, 3)) {
      List<Float> steps = new ArrayList<>();
      Trainer trainer =
          Trainer.of(model)
              .epochs(3)
              .batchSize(8)
              .shuffle(true)
              .resident(resident)
              .log(
                  new TrainingLog() {
                    @Override
                    public void step(Step step) {
                      steps.add(step.loss());
                    }
                  });
      if (model.losses().isEmpty() && model.ignored().isPresent()) {
        trainer.metric(Metrics.f1());
      }
      History history = trainer.run(data, data);
      TensorVector all = new TensorVector();
      model.parameters().forEach(one -> all.push_back(one.value().flatten()));
      return new Outcome(steps, history, torch.cat(all));
    }
  }
}
