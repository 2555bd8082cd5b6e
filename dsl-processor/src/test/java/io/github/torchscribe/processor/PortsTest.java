package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.ClassWeights;
import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.DivergedException;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.metric.Metrics;
import io.github.torchscribe.runtime.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A network of three inputs and two losses, from its data to its predictions. */
class PortsTest {
  private static final String NET =
      """
      @Network @Adam(lr = 0.01) @Training(epochs = 3, batchSize = 8, seed = 4)
      public interface Net {
        @Embedding({5, 3})
        Tensor place(@Input(indices = 5) Tensor city);

        @Embedding({7, 2}) @Flatten
        Tensor week(@Input(3) Tensor days);

        @Concat @Linear({13, 8}) @Tanh @Output
        Tensor code(@Input(4) Tensor numbers, Tensor place, Tensor week);

        @Linear({8, 3}) @CrossEntropyLoss
        Tensor kind(Tensor code);

        @Linear({8, 2}) @MSELoss @LossWeight(0.25)
        Tensor price(Tensor code);
      }
      """;

  private static final int SIZE = 44;

  @TempDir private Path folder;
  private PointerScope scope;
  private Tensors inputs;
  private Tensors targets;
  private TensorDataset data;

  @BeforeEach
  void makeData() {
    scope = new PointerScope();
    torch.manual_seed(12);
    inputs =
        Tensors.of("numbers", torch.randn(SIZE, 4))
            .and("city", drawn(5, SIZE))
            .and("days", drawn(7, SIZE, 3));
    targets = Tensors.of("price", torch.rand(SIZE, 2)).and("kind", drawn(3, SIZE));
    data = new TensorDataset(inputs, targets);
  }

  @AfterEach
  void close() {
    data.close();
    scope.close();
  }

  private static Tensor drawn(long count, long... shape) {
    return torch.randint(count, shape, new TensorOptions(torch.ScalarType.Long));
  }

  private static Tensors first(Tensors all, long count) {
    return all.map(one -> one.narrow(0, 0, count));
  }

  @Test
  void whatIsLearnedIsTheWeightedSumOfAllLosses() {
    try (Model model = Networks.model(NET, 4)) {
      List<TrainingLog.Step> steps = new ArrayList<>();
      TrainingLog log =
          new TrainingLog() {
            @Override
            public void step(Step step) {
              steps.add(step);
            }
          };
      Tensors before = model.forward(first(inputs, SIZE));
      Tensor kind = torch.cross_entropy_loss(before.get("kind"), targets.get("kind"));
      Tensor price = torch.mse_loss(before.get("price"), targets.get("price"));
      double expected = kind.item_float() + 0.25 * price.item_float();
      assertEquals(expected, model.backward(inputs, targets), 1e-5);

      Trainer trainer = Trainer.of(model).batchSize(SIZE).epochs(1).shuffle(false).log(log);
      History history = trainer.run(data, data);

      assertEquals(expected, steps.get(0).loss(), 1e-5);
      assertEquals(List.of("kind", "price"), List.copyOf(steps.get(0).losses().keySet()));
      assertEquals(kind.item_float(), steps.get(0).losses().get("kind"), 1e-5);
      assertEquals(price.item_float(), steps.get(0).losses().get("price"), 1e-5);
      assertEquals(price.item_float(), history.last().trainLosses().get("price"), 1e-5);

      Evaluation evaluation = model.evaluate(data);
      Map<String, Evaluation> parts = evaluation.parts();
      assertEquals(
          parts.get("kind").loss() + 0.25 * parts.get("price").loss(), evaluation.loss(), 1e-6);
      long[] classes = model.predict(inputs).get("kind");
      long right =
          IntStream.range(0, SIZE)
              .filter(i -> classes[i] == targets.get("kind").select(0, i).item_long())
              .count();
      assertEquals(right, parts.get("kind").correct());
      double[] balanced = ClassWeights.balanced(model, "kind", data);
      long zeros = targets.get("kind").eq(new Scalar(0L)).sum().item_long();
      assertEquals(SIZE / (3.0 * zeros), balanced[0], 1e-12);
      assertEquals(right, evaluation.correct());
      assertEquals(0, parts.get("price").decisions());
    }
  }

  /** Also where gradients of several batches are put together. */
  @Test
  void severalBatchesAreAsOne() {
    assertTrue(torch.allclose(trained(SIZE, 1), trained(SIZE / 4, 4), 1e-4, 1e-6, false));
  }

  private Tensor trained(int batchSize, int accumulated) {
    try (Model model = Networks.model(NET.replace("@Adam(lr = 0.01)", "@SGD(lr = 0.1)"), 4)) {
      Trainer.of(model)
          .batchSize(batchSize)
          .accumulate(accumulated)
          .epochs(2)
          .shuffle(false)
          .run(data, data);
      return all(model);
    }
  }

  private static Tensor all(Model model) {
    Tensor[] flat =
        model.parameters().stream()
            .map(parameter -> parameter.value().flatten())
            .toArray(Tensor[]::new);
    return torch.cat(new TensorVector(flat));
  }

  /** What one loss has nothing to say of is learned by the other. */
  @Test
  void aBatchMayHaveNothingForOneOfTheLosses() {
    Tensor some = targets.get("kind").clone();
    some.narrow(0, 0, 16).fill_(new Scalar(-100L));
    try (Model model = Networks.model(NET, 4);
        TensorDataset half = new TensorDataset(inputs, targets.with("kind", some))) {
      Tensor before = all(model);
      History history = Trainer.of(model).epochs(1).shuffle(false).run(half, half);
      assertTrue(Double.isFinite(history.last().trainLosses().get("kind")));
      assertTrue(Double.isFinite(history.last().evaluation().loss()));
      assertTrue(torch.isfinite(all(model)).all().item_bool());
      assertTrue(torch.ne(before, all(model)).any().item_bool());
      some.fill_(new Scalar(-100L));
      try (TensorDataset none = new TensorDataset(inputs, targets.with("kind", some))) {
        Trainer trainer = Trainer.of(model).epochs(1);
        String says =
            assertThrows(DivergedException.class, () -> trainer.run(none, none)).getMessage();
        assertTrue(says.contains("No target for kind of the epoch counts"), says);
      }
      Trainer tooFast = Trainer.of(model).epochs(1).shuffle(false).learningRate(1e30);
      assertThrows(DivergedException.class, () -> tooFast.run(half, half));
    }
  }

  @Test
  void theWeightOfASingleLossCountsEverywhere() {
    String net =
        "@Network @SGD(lr = 1e-9) public interface Net {"
            + " @Linear(2) @MSELoss @LossWeight(0.5) Tensor price(@Input(4) Tensor numbers); }";
    try (Model model = Networks.model(net, 4);
        TensorDataset one = new TensorDataset(inputs.get("numbers"), targets.get("price"))) {
      Tensor output = model.forward(inputs.get("numbers"));
      double half = 0.5 * torch.mse_loss(output, targets.get("price")).item_float();
      History history = Trainer.of(model).batchSize(SIZE).epochs(1).run(one, one);
      assertEquals(half, history.last().trainLoss(), 1e-5);
      assertEquals(half, history.last().evaluation().loss(), 1e-5);
    }
  }

  /** Of an optimizer that computes them several times in a step those before the update. */
  @Test
  void lossesOfAStepAreThoseBeforeIt() {
    String often = NET.replace("@Adam(lr = 0.01)", "@LBFGS(lr = 0.5, maxIter = 5)");
    try (Model model = Networks.model(often, 4)) {
      TrainingLog log =
          new TrainingLog() {
            @Override
            public void step(Step step) {
              double sum = step.losses().get("kind") + 0.25 * step.losses().get("price");
              assertEquals(sum, step.loss(), 1e-5);
            }
          };
      Trainer.of(model).batchSize(SIZE).epochs(2).log(log).run(data, data);
    }
  }

  /** From the middle of an epoch, as if it had never stopped. */
  @Test
  void aRunGoesOnBitForBit() {
    History whole;
    Tensor expected;
    try (Model model = Networks.model(NET, 4)) {
      whole = trainer(model).run(data, data);
      expected = all(model);
    }
    Checkpoints checkpoints = Checkpoints.in(folder.resolve("run")).everySteps(2);
    try (Model model = Networks.model(NET, 4)) {
      Trainer trainer = trainer(model).checkpoints(checkpoints);
      trainer.log(
          new TrainingLog() {
            @Override
            public void step(Step step) {
              if (step.epoch() == 1 && step.number() == 2) {
                trainer.stop();
              }
            }
          });
      assertEquals(History.End.STOPPED, trainer.run(data, data).end());
    }
    try (Model model = Networks.model(NET, 4)) {
      History resumed = trainer(model).checkpoints(checkpoints).resume().run(data, data);
      assertTrue(torch.equal(expected, all(model)));
      assertEquals(whole.epochs().size(), resumed.epochs().size());
      for (int i = 0; i < whole.epochs().size(); i++) {
        History.Epoch one = whole.epochs().get(i);
        History.Epoch other = resumed.epochs().get(i);
        assertEquals(one.trainLosses(), other.trainLosses());
        assertEquals(one.metrics(), other.metrics());
        assertArrayEquals(one.evaluation().numbers(), other.evaluation().numbers());
      }
    }
    String other = NET.replace("Tensor days", "Tensor hours").replace("@LossWeight(0.25)", "");
    try (Model model = Networks.model(other, 4);
        TensorDataset renamed =
            new TensorDataset(
                Tensors.of("numbers", inputs.get("numbers"))
                    .and("city", inputs.get("city"))
                    .and("hours", inputs.get("days")),
                targets)) {
      Trainer trainer = trainer(model).checkpoints(checkpoints).resume();
      String says = message(() -> trainer.run(renamed, renamed));
      assertTrue(says.contains("\n  - network Net, input city: Long (N)"), says);
      assertTrue(says.contains("hours: Long (N, 3), indices from 0 to 6"), says);
      assertTrue(says.contains("\n  - loss price @MSELoss times 0.25"), says);
      assertTrue(says.contains("\n  + loss price @MSELoss\n"), says);
    }
  }

  private static Trainer trainer(Model model) {
    return Trainer.of(model).metric("kind", Metrics.f1()).metric("price", Metrics.rSquared());
  }

  @Test
  void weightsGoIntoAFileAndBack() {
    Path file = folder.resolve("net.safetensors");
    try (Model one = Networks.model(NET, 4);
        Model other = Networks.model(NET, 5)) {
      one.save(file);
      other.load(file);
      assertTrue(torch.equal(all(one), all(other)));
      for (String output : List.of("code", "kind", "price")) {
        assertTrue(torch.equal(one.forward(inputs).get(output), other.forward(inputs).get(output)));
      }
    }
  }

  /** Each with its own answer, whoever asks beside it, and whoever answers together. */
  @Test
  void eightThreadsAskByName() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (Model model = Networks.model(NET, 4);
        Predictor predictor = model.predictor()) {
      Tensors expected = model.forward(inputs);
      for (int round = 0; round < 2; round++) {
        List<Callable<Map<String, float[]>>> questions = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
          Example example = example(i);
          questions.add(() -> predictor.predict(example));
        }
        List<Future<Map<String, float[]>>> answers = threads.invokeAll(questions);
        for (int i = 0; i < SIZE; i++) {
          assertNear(expected, i, answers.get(i).get());
        }
        predictor.microBatches(16);
      }
      List<Example> examples = IntStream.range(0, SIZE).mapToObj(this::example).toList();
      List<Map<String, float[]>> together = predictor.predict(examples);
      for (int i = 0; i < SIZE; i++) {
        assertNear(expected, i, together.get(i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** What users call them, although nothing needs it. */
  @Test
  void oneInputAndOneOutputHaveTheirNamesToo() {
    String wired =
        "@Network public interface Net { @Linear(2) Tensor scores(@Input(4) Tensor pixels); }";
    String chain = "@Network(input = 4) @Linear(2) public interface Net {}";
    for (String declaration : List.of(wired, chain)) {
      String name = declaration.equals(wired) ? "scores" : "output";
      try (Model model = Networks.model(declaration, 4);
          Predictor predictor = model.predictor()) {
        Tensor expected = model.forward(inputs.get("numbers"));
        Tensors given = model.forward(Tensors.of("pixels", inputs.get("numbers")));
        assertTrue(torch.equal(expected, given.get(name)));
        Map<String, float[]> answer = predictor.predict(Example.of("pixels", 0.5f, 1, 2, 3));
        assertArrayEquals(predictor.predict(0.5f, 1, 2, 3), answer.get(name));
        assertEquals(
            predictor.topK(new float[] {0.5f, 1, 2, 3}, 2, List.of("a", "b")),
            predictor.topK(Example.of("", 0.5f, 1, 2, 3), 2, List.of("a", "b")));
      }
    }
  }

  private Example example(int i) {
    float[] numbers = new float[4];
    inputs.get("numbers").select(0, i).contiguous().data_ptr_float().get(numbers);
    long[] days = new long[3];
    inputs.get("days").select(0, i).contiguous().data_ptr_long().get(days);
    long city = inputs.get("city").select(0, i).item_long();
    return Example.of("days", days).and("numbers", numbers).and("city", city);
  }

  private static void assertNear(Tensors expected, int i, Map<String, float[]> answer) {
    assertEquals(List.of("code", "kind", "price"), List.copyOf(answer.keySet()));
    answer.forEach(
        (name, numbers) -> {
          float[] row = new float[numbers.length];
          expected.get(name).select(0, i).contiguous().data_ptr_float().get(row);
          assertArrayEquals(row, numbers, 1e-5f, name);
        });
  }

  @Test
  void whatDoesNotFitIsSaidByName() {
    try (Model model = Networks.model(NET, 4)) {
      Tensors few = Tensors.of("city", inputs.get("city")).and("days", inputs.get("days"));
      assertEquals(
          "Net takes the inputs city, days, numbers, but was given city, days",
          message(() -> model.forward(few)));
      assertEquals(
          "Net takes the inputs city, days, numbers, but was given one without a name",
          message(() -> model.forward(Tensors.of(torch.ones(2, 4)))));
      assertEquals(
          "Net takes the inputs city, days, numbers, but was given numbers, city, days, more",
          message(() -> model.forward(inputs.and("more", torch.ones(SIZE)))));
      assertEquals(
          "Net takes Float (N, 4) as input numbers on cpu, with N at least 1, but was given Float"
              + " (44, 3) on the CPU",
          message(() -> model.forward(inputs.with("numbers", torch.ones(SIZE, 3)))));
      assertTrue(
          message(() -> model.forward(inputs.with("city", torch.ones(SIZE))))
              .contains("as input city on cpu, with N at least 1, but was given Float (44)"));
      assertEquals(
          "Net takes as many examples in all of its inputs, but input numbers has 2 and input city"
              + " has 44",
          message(() -> model.forward(inputs.with("numbers", torch.ones(2, 4)))));
      Tensor beyond = inputs.get("city").clone();
      beyond.select(0, 3).fill_(new Scalar(5L)); // days have a 5 and a 6
      assertEquals(
          "Net takes indices from 0 to 4 as input city, but example 3 of the batch has 5",
          message(() -> model.forward(inputs.with("city", beyond))));
      assertEquals(
          "Net takes the targets kind, price, but was given kind",
          message(() -> model.step(inputs, Tensors.of("kind", targets.get("kind")))));
      assertTrue(
          message(() -> model.step(inputs, targets.with("price", torch.ones(SIZE, 3))))
              .contains("as targets price, with N 44 as for the inputs"));
      assertTrue(
          assertThrows(IllegalStateException.class, () -> model.forward(torch.ones(2, 4)))
              .getMessage()
              .contains("Net has several outputs (code, kind, price)"));
    }
  }

  @Test
  void dataAndMetricsThatDoNotFitAreRefusedBeforeTheFirstStep() {
    try (Model model = Networks.model(NET, 4);
        TensorDataset without =
            new TensorDataset(inputs, Tensors.of("kind", targets.get("kind")))) {
      assertEquals(
          "the targets of the training data are kind, but Net takes kind, price",
          message(() -> Trainer.of(model).run(without, data)));
      Model one =
          Networks.model("@Network(input = 4) @Linear(2) @MSELoss @SGD public interface Net {}", 4);
      try (one) {
        assertEquals(
            "the targets of the training data are price, kind, but Net takes one part without a"
                + " name",
            message(() -> Trainer.of(one).run(data, data)));
      }
      assertTrue(
          message(() -> Trainer.of(model).metric(Metrics.f1()).run(data, data))
              .contains("say which output the metric F1 is of"));
      assertTrue(
          message(() -> Trainer.of(model).metric("price", Metrics.f1()).run(data, data))
              .contains("takes its outputs for numbers"));
      assertTrue(
          message(() -> Trainer.of(model).metric("code", Metrics.f1()).run(data, data))
              .contains("those outputs that have a loss are kind, price"));
    }
  }

  @Test
  void questionsThatDoNotFitAreRefused() {
    try (Model model = Networks.model(NET, 4);
        Predictor predictor = model.predictor()) {
      Example whole = example(0);
      assertTrue(
          message(() -> predictor.predict(Example.of("city", 1L)))
              .contains("takes the inputs city, days, numbers, but the example has city"));
      assertTrue(
          message(() -> predictor.topK(whole, 1, List.of("a")))
              .contains(
                  "the network has several outputs (code, kind, price), and this is for one"));
      assertTrue(message(() -> whole.and("city", 1L)).contains("has the input city already"));
      assertTrue(
          message(() -> Example.of(first(inputs, 2)))
              .contains("an example is one, of shape (1, …)"));
      assertArrayEquals(
          predictor.predict(whole).get("price"),
          predictor.predict(Example.of(first(inputs, 1))).get("price"));
      assertTrue(
          message(
                  () ->
                      predictor.predict(
                          Example.of("city", 9L)
                              .and("days", 1L, 2L, 3L)
                              .and("numbers", 1f, 2f, 3f, 4f)))
              .contains("of city of the example is 9, but they are from 0 to 4"));
      assertTrue(
          message(
                  () ->
                      predictor.predict(
                          Example.of("city", 1L)
                              .and("days", 1L, 2L)
                              .and("numbers", 1f, 2f, 3f, 4f)))
              .contains("as days: 3 for an example, but was given 2 indices"));
      assertTrue(
          message(
                  () ->
                      predictor.predict(
                          Example.of("city", 1L)
                              .and("days", 1L, 2L, 3L)
                              .and("numbers", 1f, Float.NaN, 3f, 4f)))
              .contains("number 1 of numbers of the example is NaN"));
      assertTrue(
          assertThrows(IllegalStateException.class, () -> predictor.predict(1f, 2f, 3f, 4f))
              .getMessage()
              .contains("there is not one, but city, days, numbers"));
    }
  }

  private static String message(Executable work) {
    return assertThrows(IllegalArgumentException.class, work).getMessage();
  }
}
