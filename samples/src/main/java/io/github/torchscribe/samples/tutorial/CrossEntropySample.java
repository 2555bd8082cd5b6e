package io.github.torchscribe.samples.tutorial;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cross-entropy is softmax, logarithm and negative log-likelihood in one, and why it is one. */
@Command(
    name = "cross-entropy",
    mixinStandardHelpOptions = true,
    description = "cross_entropy(y) equals nll_loss(log(softmax(y))), and is the stable one.")
public final class CrossEntropySample implements Callable<Integer> {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the numbers are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Override
  public Integer call() {
    torch.manual_seed(seed);
    try (PointerScope scope = new PointerScope()) {
      Tensor x = torch.randn(1, 784);
      Tensor w = torch.randn(10, 784);
      Tensor b = torch.randn(1, 10);
      scope.attach(x);
      Tensor y = x.matmul(w.t()).add(b);
      System.out.println("y = x w^T + b of shape (1, 10), target 4");
      compare(y, torch.tensor(new long[] {4}));

      System.out.println(
          "\nlogits of 1000, 0 and -1000, target 2: exp(-2000) is 0 in floating point");
      compare(torch.tensor(1000f, 0f, -1000f).unsqueeze(0), torch.tensor(new long[] {2}));
      System.out.println(
          "log_softmax never takes the logarithm of that 0, so the loss stays finite");
    }
    return 0;
  }

  private static void compare(Tensor logits, Tensor target) {
    Tensor inSteps = torch.log(torch.softmax(logits, 1));
    Tensor atOnce = torch.log_softmax(logits, 1);
    print("cross_entropy(y)", torch.cross_entropy_loss(logits, target));
    print("nll_loss(log(softmax(y)))", torch.nll_loss(inSteps, target));
    print("nll_loss(log_softmax(y))", torch.nll_loss(atOnce, target));
  }

  private static void print(String what, Tensor loss) {
    System.out.printf(Locale.ROOT, "  %-26s %.4f%n", what, loss.item_float());
  }
}
