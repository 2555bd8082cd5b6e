package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An answer is the same, bit for bit, whoever else asks and however many threads compute it: large
 * networks' are divided among those that are free.
 */
@Timeout(300)
class AnswersTest {
  private static final int ASKERS = 8;
  private static final int EACH = 12;

  /** More than there may be cores, so that work is divided everywhere. */
  private static final int MANY = 5;

  private final int before = Threads.count();
  private final PointerScope scope = new PointerScope();

  /** The input's sizes, then a network. */
  private record Case(String name, long[] input, String network) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> networks() {
    return Stream.of(
        new Case(
            "wide layers",
            new long[] {784},
            "@Network(input = 784) @Linear(4096) @ReLU @Linear(1000) @Tanh @Linear(10)"),
        new Case(
            "a small grey image",
            new long[] {1, 28, 28},
            "@Network(input = {1, 28, 28}) @Conv2d(value = 32, kernelSize = 3) @ReLU"
                + " @Conv2d(value = 64, kernelSize = 3) @ReLU @MaxPool2d(2) @Flatten"
                + " @Linear(128) @ReLU @Linear(10)"),
        new Case(
            "small grey images of other windows",
            new long[] {1, 40, 31},
            "@Network(input = {1, 40, 31})"
                + " @Conv2d(value = 16, kernelSize = {3, 2}, stride = {2, 1}, bias = false)"
                + " @ReLU @Conv2d(value = 32, kernelSize = 5, padding = 2) @ReLU"
                + " @Conv2d(value = 48, kernelSize = 3, padding = 1, stride = 2) @Flatten"
                + " @Linear(value = 40, bias = false)"),
        new Case(
            "padding, strides, dilation, groups",
            new long[] {3, 64, 64},
            "@Network(input = {3, 64, 64}) @Conv2d(value = 64, kernelSize = 7, stride = 2, padding = 3)"
                + " @ReLU @Conv2d(value = 64, kernelSize = 3, padding = 2, dilation = 2) @ReLU"
                + " @Conv2d(value = 128, kernelSize = 3, padding = 1, groups = 4) @ReLU"
                + " @Conv2d(value = 96, kernelSize = 1) @ReLU"
                + " @Conv2d(value = 96, kernelSize = 3, padding = 1, stride = 2) @ReLU"
                + " @AdaptiveAvgPool2d(1) @Flatten @Linear(10)"),
        new Case(
            "sequences",
            new long[] {48, 256},
            "@Network(input = {48, 256}) @SelfAttention(heads = 4) @LayerNorm @Linear(1024) @GELU"
                + " @Linear(256) @LayerNorm @Linear(value = 512, bias = false) @Flatten"
                + " @Linear(33)"));
  }

  @BeforeAll
  static void prepare() {
    Networks.prepare(networks().map(AnswersTest::declaration));
  }

  private static String declaration(Case some) {
    return some.network + " public interface Answering {}";
  }

  @AfterEach
  void free() {
    Threads.set(before);
    scope.close();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areTheSameWhoeverElseAsks(Case some) throws Exception {
    List<float[]> alone = new ArrayList<>();
    Threads.set(1);
    List<float[]> questions = questions(some);
    try (Model model = Networks.model(declaration(some), 3);
        Predictor predictor = model.predictor()) {
      for (float[] question : questions) {
        alone.add(predictor.predict(question));
      }
      assertAreForward(model, some, questions, alone);
    }
    Threads.set(MANY);
    try (Model model = Networks.model(declaration(some), 3);
        Predictor predictor = model.predictor()) {
      for (int i = 0; i < EACH; i++) {
        assertArrayEquals(alone.get(i), predictor.predict(questions.get(i)), "together");
        assertArrayEquals(alone.get(i), forward(model, some, questions.get(i)), "forward");
      }
      assertTrue(helpers() > 0, "nobody has helped");
      assertTrue(helpers() < MANY, "more than there are threads");
      ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
      try {
        List<Future<float[]>> answers =
            questions.stream().map(it -> askers.submit(() -> predictor.predict(it))).toList();
        for (int i = 0; i < alone.size(); i++) {
          assertArrayEquals(alone.get(i), answers.get(i).get(), "beside others, " + i);
        }
      } finally {
        askers.shutdownNow();
      }
    }
  }

  private static long helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith("torchscribe-helper"))
        .count();
  }

  private List<float[]> questions(Case some) {
    Random random = new Random(5);
    List<float[]> all = new ArrayList<>();
    int size = (int) java.util.Arrays.stream(some.input).reduce(1, (a, b) -> a * b);
    for (int i = 0; i < ASKERS * EACH; i++) {
      float[] question = new float[size];
      for (int j = 0; j < size; j++) {
        question[j] = (float) random.nextGaussian();
      }
      all.add(question);
    }
    return all;
  }

  private Tensor batch(Case some, int count) {
    long[] shape = new long[some.input.length + 1];
    shape[0] = count;
    System.arraycopy(some.input, 0, shape, 1, some.input.length);
    Tensor batch = torch.empty(shape);
    scope.attach(batch);
    return batch;
  }

  private float[] forward(Model model, Case some, float... question) {
    Tensor one = batch(some, 1);
    one.data_ptr_float().put(question);
    Tensor output = model.forward(one);
    scope.attach(output);
    float[] numbers = new float[(int) output.numel()];
    output.data_ptr_float().get(numbers);
    return numbers;
  }

  /** Of many examples, which are computed in other ways, as far as 32 bits go. */
  private void assertAreForward(
      Model model, Case some, List<float[]> questions, List<float[]> answers) {
    Tensor all = batch(some, questions.size());
    for (int i = 0; i < questions.size(); i++) {
      float[] question = questions.get(i);
      all.data_ptr_float().position((long) i * question.length).put(question);
    }
    Tensor output = model.forward(all);
    scope.attach(output);
    int size = answers.get(0).length;
    float largest = output.abs().max().item_float();
    float[] row = new float[size];
    for (int i = 0; i < answers.size(); i++) {
      output.data_ptr_float().position((long) i * size).get(row);
      for (int j = 0; j < size; j++) {
        assertEquals(row[j], answers.get(i)[j], 2e-6 * largest, "answer " + i);
      }
    }
  }
}
