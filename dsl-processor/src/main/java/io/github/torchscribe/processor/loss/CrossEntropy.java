package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;

/** {@code @CrossEntropyLoss}: −ln softmax(x)[target], averaged over the batch. */
public final class CrossEntropy extends Loss {
  private Shape classes = Shape.of(1);

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public CrossEntropy(Written written, Report report) {
    super(written);
  }

  @Override
  public boolean takesRawScores() {
    return true;
  }

  @Override
  public void check(Incoming output, Report report) {
    if (output.shape().isEmpty()) {
      return;
    }
    classes = output.shape().get();
    if (classes.rank() != 1) {
      say(report, output, "flatten the output so that one score per class is left");
    } else if (classes.last() < 2) {
      say(report, output, "one class leaves nothing to decide: two classes need two scores");
    }
  }

  private void say(Report report, Incoming output, String advice) {
    report.say(
        Message.LOSS_DOES_NOT_FIT,
        written().at(),
        name(),
        "(N, C) with C ≥ 2 classes",
        output.from(),
        classes,
        advice);
  }

  @Override
  public String targets() {
    return "classes(" + classes.last() + ")";
  }

  @Override
  public String decision() {
    return "ARGMAX";
  }

  @Override
  public void forward(LossCode code) {
    String logProbabilities = code.kept("logProbabilities", classes);
    code.step(
        "log_softmax_out(" + logProbabilities + ", " + code.output() + ", 1)", classes.batch("n"));
    code.step(
        "nll_loss_out(" + code.result() + ", " + logProbabilities + ", " + code.target() + ")",
        "mean over n");
  }

  @Override
  public void backward(LossCode code) {
    String gradient = code.outputGradient();
    String minusOnes = code.perBatch("minusOnes", "Tensor", "filled(-1, n, 1)");
    String oneOverTotal = code.perBatch("oneOverTotal", "Scalar", "new Scalar(1.0 / total)");
    code.step(
        "exp_out(" + gradient + ", " + code.kept("logProbabilities", classes) + ")", "softmax");
    code.step(
        gradient + ".scatter_add_(1, " + code.target() + ".unsqueeze(1), " + minusOnes + ")",
        "− one-hot target");
    code.step(gradient + ".mul_(" + oneOverTotal + ")", "/ total");
  }

  @Override
  public String autograd(String output, String target) {
    return "cross_entropy_loss(" + output + ", " + target + ")";
  }

  @Override
  public String formula() {
    return "−1/n · Σ ln softmax(output)[target]";
  }
}
