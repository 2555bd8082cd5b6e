package io.github.torchscribe.samples.tutorial;

import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.learner.Evaluation;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.samples.WatchOptions;
import io.github.torchscribe.samples.mnist.MlpModel;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From scores to an accuracy, on four examples by hand and on MNIST's test set. */
@Command(
    name = "model-testing",
    mixinStandardHelpOptions = true,
    description =
        "argmax, max, softmax, eq and accuracy, on a (4, 10) example and on the test set.")
public final class ModelTestingSample implements Callable<Integer> {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the numbers are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs before the test set is tried (default: ${DEFAULT-VALUE}).")
  private int epochs = 1;

  @Mixin private WatchOptions watch = new WatchOptions();

  @Override
  public Integer call() {
    torch.manual_seed(seed);
    try (PointerScope scope = new PointerScope()) {
      Tensor logits = torch.rand(4, 10);
      scope.attach(logits);
      Tensor classes = torch.argmax(logits, new LongOptional(1), false);
      T_TensorTensor_T most = torch.max(logits, 1);
      System.out.println("argmax(1):          " + longs(classes));
      System.out.println("max(1), values:     " + floats(most.get0()));
      System.out.println("max(1), indices:    " + longs(most.get1()));

      Tensor probabilities = torch.softmax(logits, 1);
      System.out.println("softmax(1), sums:   " + floats(probabilities.sum(1)));
      Tensor predicted = torch.argmax(probabilities, new LongOptional(1), false);
      System.out.println("argmax of softmax:  " + longs(predicted));

      Tensor label = torch.tensor(9L, 0L, 3L, 4L);
      Tensor correct = torch.eq(predicted, label);
      System.out.println("label:              " + longs(label));
      System.out.println("correct (eq):       " + longs(correct.to(torch.ScalarType.Long)));
      print("accuracy:           %.2f%n", correct.sum().item_long() / 4.0);
    }
    try (MlpModel model = MlpModel.create(seed);
        Mnist train = Mnist.train();
        Mnist test = Mnist.test()) {
      Trainer trainer = Trainer.of(model).epochs(epochs);
      watch.logs().forEach(trainer::log);
      trainer.run(train, test);
      Evaluation evaluation = model.evaluate(test);
      print("on the test set after %d epochs: %s%n", epochs, evaluation);
    }
    return 0;
  }

  private static String longs(Tensor tensor) {
    return Arrays.toString(Longs.of(tensor));
  }

  private static String floats(Tensor tensor) {
    float[] values = new float[(int) tensor.numel()];
    tensor.contiguous().data_ptr_float().get(values);
    return Arrays.toString(values);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
