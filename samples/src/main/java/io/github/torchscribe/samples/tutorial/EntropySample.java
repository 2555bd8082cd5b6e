package io.github.torchscribe.samples.tutorial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Entropy, cross-entropy and the Kullback-Leibler divergence, and why a classifier minimises them.
 */
@Command(
    name = "entropy",
    mixinStandardHelpOptions = true,
    description =
        "Entropy, binary cross-entropy, KL divergence; cross-entropy's gradient and MSE's.")
public final class EntropySample implements Callable<Integer> {
  private static final double TOLERANCE = 1e-4;

  @Option(
      names = "--p",
      split = ",",
      paramLabel = "X",
      description = "A distribution of your own (default: ${DEFAULT-VALUE}).")
  private double[] p = {0.5, 0.5};

  @Override
  public Integer call() {
    check(p);
    try (PointerScope scope = new PointerScope()) {
      System.out.println("Entropy, -sum p log2 p, in bits: high where anything may happen");
      for (double[] each :
          List.of(
              new double[] {0.25, 0.25, 0.25, 0.25},
              new double[] {0.1, 0.1, 0.1, 0.7},
              new double[] {0.001, 0.001, 0.001, 0.997},
              p)) {
        print("  %-32s %.4f%n", Arrays.toString(each), entropy(tensor(each)));
      }

      Tensor label = tensor(1, 0, 1);
      Tensor probability = tensor(0.9, 0.2, 0.6);
      scope.attach(label);
      print("%nBinary cross-entropy, mean of -(y ln q + (1 - y) ln(1 - q)), in nats%n");
      print("  by hand     %.6f%n", binaryCrossEntropy(label, probability));
      print("  by libtorch %.6f%n", torch.binary_cross_entropy(probability, label).item_float());

      Tensor oneHot = tensor(0, 1, 0);
      Tensor q = tensor(0.2, 0.7, 0.1);
      print("%nFor a one-hot target the KL divergence is the cross-entropy: its entropy is 0%n");
      print("  cross-entropy %.6f%n", torch.xlogy(oneHot, q).sum().neg().item_float());
      print("  KL divergence %.6f%n", divergence(oneHot, q));

      print(
          "%nd loss / d z behind a sigmoid, where the label is 1: MSE hardly learns when most wrong%n");
      print("  %6s %14s %14s%n", "z", "cross-entropy", "MSE");
      for (double z : new double[] {-8, -4, -2, 0, 2}) {
        print("  %6.1f %14.6f %14.6f%n", z, gradient(z, true), gradient(z, false));
      }
    }
    return 0;
  }

  private static void check(double[] p) {
    boolean positive = Arrays.stream(p).allMatch(x -> x >= 0 && x <= 1);
    double sum = Arrays.stream(p).sum();
    if (!positive || Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException(
          "--p must be probabilities that sum to 1, but " + Arrays.toString(p) + " sums to " + sum);
    }
  }

  /** −Σ p log₂ p, with 0·log 0 = 0. */
  static double entropy(Tensor p) {
    return -torch.xlogy(p, p).sum().item_float() / Math.log(2);
  }

  private static double binaryCrossEntropy(Tensor y, Tensor q) {
    Tensor one = torch.ones(y.size(0));
    Tensor right = torch.xlogy(y, q);
    Tensor wrong = torch.xlogy(one.sub(y), one.sub(q));
    return -right.add(wrong).mean().item_float();
  }

  /** Σ p ln(p/q). */
  private static double divergence(Tensor p, Tensor q) {
    return torch.xlogy(p, p).sub(torch.xlogy(p, q)).sum().item_float();
  }

  private static double gradient(double logit, boolean crossEntropy) {
    Tensor z = tensor(logit).set_requires_grad(true);
    Tensor one = torch.ones(1);
    Tensor loss =
        crossEntropy
            ? torch.binary_cross_entropy_with_logits(z, one)
            : torch.mse_loss(torch.sigmoid(z), one);
    loss.backward();
    return z.grad().item_float();
  }

  private static Tensor tensor(double... values) {
    Tensor result = torch.empty(values.length);
    for (int i = 0; i < values.length; i++) {
      result.narrow(0, i, 1).fill_(new Scalar(values[i]));
    }
    return result;
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }
}
