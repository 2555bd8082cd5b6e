package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.samples.tools.Parameters;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a trainer does with gradients. */
class TrainerTest {
  private static final double LR = 0.1;

  private final Mnist all = Mnist.train();

  @AfterEach
  void close() {
    all.close();
  }

  @Test
  void clipsTheNormOfTheWholeGradient() {
    double max = 0.5;
    double[] norm = new double[1];
    float[] expected =
        updated(
            gradient -> {
              for (float g : gradient) {
                norm[0] += g * g;
              }
              norm[0] = Math.sqrt(norm[0]);
              double factor = Math.min(1, max / (norm[0] + 1e-6));
              for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= (float) factor;
              }
            });
    assertArrayEquals(expected, trained(trainer -> trainer.clipGradNorm(max), 100, 100), 1e-6f);
    assertEquals(true, norm[0] > max, "nothing to clip: " + norm[0]);
  }

  @Test
  void clipsEachValue() {
    float max = 0.01f;
    float[] expected =
        updated(
            gradient -> {
              for (int i = 0; i < gradient.length; i++) {
                gradient[i] = Math.max(-max, Math.min(max, gradient[i]));
              }
            });
    assertArrayEquals(expected, trained(trainer -> trainer.clipGradValue(max), 100, 100), 1e-6f);
  }

  @Test
  void severalBatchesMakeOneUpdate() {
    float[] expected = trained(trainer -> trainer, 200, 100);
    assertArrayEquals(expected, trained(trainer -> trainer.accumulate(2), 200, 50), 1e-6f);
  }

  @Test
  void whatIsLeftOfAnEpochMakesAnUpdate() {
    float[] expected = trained(trainer -> trainer, 150, 100);
    assertArrayEquals(expected, trained(trainer -> trainer.accumulate(2), 150, 50), 1e-6f);
  }

  @Test
  void refusesLimitsThatAreNone() {
    try (Model model = MlpModel.create()) {
      Trainer trainer = Trainer.of(model);
      for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThrows(IllegalArgumentException.class, () -> trainer.clipGradNorm(bad));
        assertThrows(IllegalArgumentException.class, () -> trainer.clipGradValue(bad));
      }
      assertThrows(IllegalArgumentException.class, () -> trainer.accumulate(0));
    }
  }

  @Test
  void aSummaryIsAPicture() {
    try (Model model = ResnetModel.create()) {
      String picture = model.summary().mermaid();
      // The block adds what arrives at it, the next one what its shortcut makes of that.
      assertEquals(
          List.of(
              "layer3 --> layer4", // max pooling to the block's first convolution
              "layer8 --> layer9", // its last normalisation to its sum
              "layer3 --> layer9", // past it
              "layer10 --> layer11", // the next block: from the activation
              "layer10 --> layer16", // and to its shortcut
              "layer15 --> layer18",
              "layer17 --> layer18"),
          Stream.of(picture.split("\n"))
              .map(String::strip)
              .filter(line -> line.matches(".*--> layer(4|9|11|16|18)"))
              .toList(),
          picture);
    }
  }

  @Test
  void aSummaryIsATable() {
    int before = Threads.count();
    Threads.set(2);
    try (Model model = MlpModel.create()) {
      assertEquals(
          """
          Mlp
            layer                output          parameters  multiply-adds
            input                (N, 1, 28, 28)
            @Flatten             (N, 784)
            @Linear({784, 200})  (N, 200)           157,000        156,800
            @ReLU                (N, 200)
            @Linear({200, 200})  (N, 200)            40,200         40,000
            @ReLU                (N, 200)
            @Linear({200, 10})   (N, 10)              2,010          2,000
          199,210 parameters (796 kB); @CrossEntropyLoss; @SGD(lr = 0.01)
          each example: 198,800 multiply-adds, 1,664 B of memory, 3,520 B while training
          a batch of 200 on 2 threads: by rows among 2 workers""",
          model.summary().toString().replace(System.lineSeparator(), "\n"));
    } finally {
      Threads.set(before);
    }
  }

  private interface Change {
    void of(float[] gradient);
  }

  private interface Setting {
    Trainer of(Trainer trainer);
  }

  /**
   * The parameters after one step of descent over 100 examples, with a gradient that is changed.
   */
  private float[] updated(Change change) {
    try (Model model = MlpModel.create();
        Dataset some = first(100);
        PointerScope scope = new PointerScope()) {
      Tensor inputs = some.examples(LongStream.range(0, 100).toArray());
      Tensor targets = some.targets().empty(100);
      scope.attach(inputs);
      some.gather(torch.arange(new Scalar(100)), inputs, targets);
      model.backward(inputs, targets);
      float[] gradient = Parameters.gradients(model);
      change.of(gradient);
      float[] values = Parameters.of(model);
      for (int i = 0; i < values.length; i++) {
        values[i] -= (float) (LR * gradient[i]);
      }
      return values;
    }
  }

  private float[] trained(Setting setting, int examples, int batchSize) {
    try (Model model = MlpModel.create();
        Dataset some = first(examples)) {
      Trainer trainer = Trainer.of(model).epochs(1).batchSize(batchSize).shuffle(false);
      setting.of(trainer.learningRate(LR)).run(some, some);
      return Parameters.of(model);
    }
  }

  private Dataset first(int count) {
    return new Subset(all, LongStream.range(0, count).toArray());
  }
}
