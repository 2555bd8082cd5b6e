package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Predictor.Precision;
import io.github.torchscribe.runtime.generated.QuantizedWeights;
import io.github.torchscribe.runtime.torch.Threads;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Predictions with weights in 8 bits: nearly the same, the same for all, of the weights of now. */
@Timeout(300)
class QuantizedTest {
  private static final int COUNT = 24;
  private static final int MANY = 5;

  /** What largest numbers are off by, of the largest. */
  private static final double ACCURACY = 0.05;

  private static final String LINEAR =
      "@Network(input = 300) @Linear(64) public interface Quantized {}";

  private static final List<String> NETWORKS =
      List.of(
          "@Network(input = 784) @Linear(2000) @ReLU @Linear(1000) @Tanh @Linear(10) @MSELoss"
              + " @SGD(lr = 0.5) public interface Quantized {}",
          "@Network(input = {1, 28, 28}) @Conv2d(value = 8, kernelSize = 3) @ReLU @MaxPool2d(2)"
              + " @Flatten @Linear(value = 128, bias = false) @ReLU @Linear(10) @MSELoss"
              + " @SGD(lr = 0.5) public interface Quantized {}",
          "@Network(input = {40, 128}) @SelfAttention(heads = 4) @LayerNorm @Linear(512) @GELU"
              + " @Linear(128) @LayerNorm @Flatten @Linear(10) @MSELoss @SGD(lr = 0.5)"
              + " @Training(precision = Precision.BF16) public interface Quantized {}");

  private final int before = Threads.count();
  private final PointerScope scope = new PointerScope();

  static Stream<String> networks() {
    return NETWORKS.stream();
  }

  @BeforeAll
  static void prepare() {
    assumeTrue(QuantizedWeights.areThere(), "no products of 8 bits here");
    Networks.prepare(Stream.concat(Stream.of(LINEAR), networks()));
  }

  @AfterEach
  void free() {
    Threads.set(before);
    scope.close();
  }

  private static float[][] questions(String network) {
    Random random = new Random(2);
    int size = network.contains("{40, 128}") ? 40 * 128 : network.equals(LINEAR) ? 300 : 784;
    float[][] all = new float[COUNT][size];
    for (float[] question : all) {
      for (int i = 0; i < size; i++) {
        question[i] = (float) random.nextGaussian();
      }
    }
    return all;
  }

  private static double largestDifference(float[] one, float... other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areNearlyTheSameAndTheSameForAll(String network) throws Exception {
    float[][] questions = questions(network);
    float[][] bytes;
    Threads.set(1);
    try (Model model = Networks.model(network, 3);
        Predictor predictor = model.predictor()) {
      float[][] floats = Arrays.stream(questions).map(predictor::predict).toArray(float[][]::new);
      bytes = predictor.precision(Precision.INT8).predict(questions);
      for (int i = 0; i < COUNT; i++) {
        double largest = largestDifference(floats[i], new float[floats[i].length]);
        double difference = largestDifference(floats[i], bytes[i]);
        assertTrue(difference > 0, "nothing is quantized");
        assertTrue(difference <= ACCURACY * largest, difference + " of " + largest);
        assertArrayEquals(bytes[i], predictor.predict(questions[i]), "alone");
      }
      predictor.precision(Precision.FLOAT32);
      for (int i = 0; i < COUNT; i++) {
        assertArrayEquals(floats[i], predictor.predict(questions[i]), "in 32 bits again");
      }
    }
    Threads.set(MANY);
    try (Model model = Networks.model(network, 3);
        Predictor predictor = model.predictor().precision(Precision.INT8)) {
      for (int i = 0; i < COUNT; i++) {
        assertArrayEquals(bytes[i], predictor.predict(questions[i]), "together");
      }
      ExecutorService askers = Executors.newFixedThreadPool(8);
      try {
        List<Future<float[]>> answers =
            Arrays.stream(questions).map(it -> askers.submit(() -> predictor.predict(it))).toList();
        for (int i = 0; i < COUNT; i++) {
          assertArrayEquals(bytes[i], answers.get(i).get(), "beside others");
        }
      } finally {
        askers.shutdownNow();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void areOfTheWeightsOfNow(String network) {
    float[][] questions = questions(network);
    try (Model model = Networks.model(network, 3);
        Predictor predictor = model.predictor().precision(Precision.INT8)) {
      float[] first = predictor.predict(questions[0]);
      long[] shape =
          network.contains("{40, 128}")
              ? new long[] {2, 40, 128}
              : network.contains("{1, 28, 28}") ? new long[] {2, 1, 28, 28} : new long[] {2, 784};
      Tensor inputs = torch.rand(shape);
      Tensor targets = torch.rand(2, 10);
      scope.attach(inputs);
      scope.attach(targets);
      model.step(inputs, targets);
      float[] second = predictor.predict(questions[0]);
      assertFalse(Arrays.equals(first, second));
      try (Predictor other = model.predictor().precision(Precision.INT8)) {
        assertArrayEquals(other.predict(questions[0]), second);
      }
    }
  }

  /** By libtorch's own operations, in floats. */
  @Test
  void areWhatTheDefinitionSays() {
    float[][] questions = questions(LINEAR);
    Threads.set(1);
    try (Model model = Networks.model(LINEAR, 3);
        Predictor predictor = model.predictor().precision(Precision.INT8)) {
      Tensor weight = model.parameters().get(0).value();
      Tensor bias = model.parameters().get(1).value();
      Tensor scales =
          weight.abs().amax(new long[] {1}, true).to(torch.ScalarType.Double).div(new Scalar(127));
      Tensor whole = weight.div(scales).round().mul(scales).to(torch.ScalarType.Float);
      for (float[] question : questions) {
        Tensor x = torch.tensor(question).view(1, -1);
        Tensor seen =
            torch.quantize_per_tensor_dynamic(x, torch.ScalarType.QUInt8, false).dequantize();
        Tensor expected = torch.addmm(bias, seen, whole.t());
        float[] numbers = new float[64];
        expected.data_ptr_float().get(numbers);
        float[] answer = predictor.predict(question);
        for (int i = 0; i < numbers.length; i++) {
          assertEquals(numbers[i], answer[i], 1e-5);
        }
        scope.attach(x);
      }
    }
  }

  @Test
  void shareNoPass() {
    try (Model model = Networks.model(LINEAR, 3);
        Predictor predictor = model.predictor().precision(Precision.INT8)) {
      assertThrows(IllegalStateException.class, () -> predictor.microBatches(8));
      predictor.precision(Precision.FLOAT32).microBatches(8);
      assertThrows(IllegalStateException.class, () -> predictor.precision(Precision.INT8));
    }
  }
}
