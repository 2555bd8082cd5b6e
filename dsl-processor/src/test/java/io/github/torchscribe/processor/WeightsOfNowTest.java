package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.torch.Threads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Predictions read copies of weights in an order of their own: they are of the weights as they are
 * now, in whatever way these have changed.
 */
@Timeout(300)
class WeightsOfNowTest {
  private static final List<String> NETWORKS =
      List.of(
          "@Network(input = {16, 20, 20}) @Conv2d(value = 48, kernelSize = 3, padding = 1) @ReLU"
              + " @Conv2d(value = 32, kernelSize = 3) @MaxPool2d(2) @Flatten @Linear(10)"
              + " @MSELoss @SGD(lr = 0.01, momentum = 0.9) @Training(batchSize = 4)"
              + " public interface Changing {}",
          "@Network(input = {16, 20, 20}) @Flatten(startDim = 2)  @Linear(160) @ReLU @Linear(400)"
              + " @SelfAttention(heads = 4) @MeanOver(dim = 1) @Linear(10)"
              + " @MSELoss @SGD(lr = 0.01, momentum = 0.9) @Training(batchSize = 4)"
              + " public interface Changing {}");

  private static final int SIZE = 16 * 20 * 20;

  private static final int ANSWERS = 4;

  private final int before = Threads.count();
  private final PointerScope scope = new PointerScope();
  private final float[] question = question();

  static Stream<String> networks() {
    return NETWORKS.stream();
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(networks());
  }

  @AfterEach
  void free() {
    Threads.set(before);
    scope.close();
  }

  private static float[] question() {
    Random random = new Random(4);
    float[] numbers = new float[SIZE];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Answers are those of a batch, whose weights are read as they lie; and not those of before. */
  private float[] assertIsOfNow(
      String network, String what, Model model, Predictor predictor, float... last) {
    Tensor batch = torch.empty(9, 16, 20, 20);
    for (int i = 0; i < 9; i++) {
      batch.data_ptr_float().position((long) i * SIZE).put(question);
    }
    Tensor output;
    try (Model fresh = Networks.model(network, 1)) {
      fresh.copyFrom(model);
      output = fresh.forward(batch);
    }
    float[] expected = new float[10];
    output.data_ptr_float().get(expected);
    float largest = output.abs().max().item_float();
    float[] answer = {};
    for (int asked = 0; asked < ANSWERS; asked++) {
      answer = predictor.predict(question);
      for (int i = 0; i < answer.length; i++) {
        assertEquals(expected[i], answer[i], 3e-6 * largest, what);
      }
      assertFalse(Arrays.equals(last, answer), what + " changes nothing");
    }
    return answer;
  }

  private static Dataset data() {
    return new TensorDataset(torch.randn(8, 16, 20, 20), torch.randn(8, 10));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areReadHoweverTheyChange(String network, @TempDir Path folder) {
    torch.manual_seed(2);
    try (Model model = Networks.model(network, 3);
        Model other = Networks.model(network, 4);
        Predictor predictor = model.predictor();
        Predictor elsewhere = other.predictor();
        Dataset data = data()) {
      model.save(folder.resolve("first.safetensors"));
      float[] last = assertIsOfNow(network, "a new model", model, predictor);
      assertIsOfNow(network, "another model", other, elsewhere, last);
      Tensor inputs = torch.randn(4, 16, 20, 20);
      Tensor targets = torch.randn(4, 10);
      model.step(inputs, targets);
      last = assertIsOfNow(network, "a step", model, predictor, last);
      model.backward(inputs, targets);
      model.update();
      last = assertIsOfNow(network, "an update", model, predictor, last);
      model.copyFrom(other);
      last = assertIsOfNow(network, "copyFrom", model, predictor, last);
      model.load(folder.resolve("first.safetensors"));
      last = assertIsOfNow(network, "load", model, predictor, last);
      model.copyFrom(other, 0.5);
      last = assertIsOfNow(network, "copyFrom by half", model, predictor, last);
      Checkpoints checkpoints = Checkpoints.in(folder.resolve("run"));
      Trainer.of(model).epochs(1).ema(0.5).checkpoints(checkpoints).run(data, data);
      last = assertIsOfNow(network, "a run with an average", model, predictor, last);
      model.copyFrom(other);
      Trainer.of(model).epochs(2).ema(0.5).checkpoints(checkpoints).resume().run(data, data);
      last = assertIsOfNow(network, "a run that was taken up again", model, predictor, last);
      model.parameters().get(0).value().mul_(new Scalar(1.5));
      last = assertIsOfNow(network, "a change by libtorch", model, predictor, last);
      FloatPointer numbers = model.parameters().get(2).value().data_ptr_float();
      numbers.put(7, numbers.get(7) + 1);
      last = assertIsOfNow(network, "a number that is put into memory", model, predictor, last);
      numbers.put(9, numbers.get(9) + 1);
      last = assertIsOfNow(network, "another one through the same pointer", model, predictor, last);
      Tensor bias = model.parameters().get(1).value();
      bias.add_(new Scalar(1));
      assertIsOfNow(network, "another bias", model, predictor, last);
    }
  }

  /** While weights are exchanged each answer is of the one or of the other. */
  @ParameterizedTest
  @MethodSource("networks")
  void areNeverMixed(String network) throws Exception {
    Threads.set(2);
    try (Model model = Networks.model(network, 3);
        Model one = Networks.model(network, 3);
        Model other = Networks.model(network, 4);
        Predictor predictor = model.predictor()) {
      List<float[]> known = new ArrayList<>();
      for (Model some : List.of(one, other)) {
        try (Predictor alone = some.predictor()) {
          for (int asked = 0; asked < ANSWERS; asked++) {
            known.add(alone.predict(question));
          }
        }
      }
      AtomicBoolean ended = new AtomicBoolean();
      ExecutorService askers = Executors.newFixedThreadPool(4);
      try {
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          counts.add(askers.submit(() -> answers(predictor, known, ended)));
        }
        for (int i = 0; i < 150; i++) {
          model.copyFrom(i % 2 == 0 ? other : one);
          Thread.sleep(1);
        }
        ended.set(true);
        int all = 0;
        for (Future<Integer> count : counts) {
          all += count.get();
        }
        assertTrue(all > 100, all + " answers");
      } finally {
        ended.set(true);
        askers.shutdownNow();
      }
    }
  }

  private int answers(Predictor predictor, List<float[]> known, AtomicBoolean ended) {
    int count = 0;
    while (!ended.get()) {
      float[] answer = predictor.predict(question);
      assertTrue(known.stream().anyMatch(it -> Arrays.equals(it, answer)), "a mixed answer");
      count++;
    }
    return count;
  }
}
