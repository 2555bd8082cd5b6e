package io.github.torchscribe.processor.loss;

import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Shape;
import io.github.torchscribe.processor.message.Report;

/** {@code @BCEWithLogitsLoss}: (1 − y)·x − ln σ(x), averaged over all outputs of the batch. */
public final class BceWithLogits extends Loss {
  private Shape outputs = Shape.of(1);

  /**
   * Reads the annotation.
   *
   * @param written the annotation
   * @param report is told what is wrong
   */
  public BceWithLogits(Written written, Report report) {
    super(written);
  }

  @Override
  public boolean takesRawScores() {
    return true;
  }

  @Override
  public void check(Incoming output, Report report) {
    output.shape().ifPresent(shape -> outputs = shape);
  }

  @Override
  public String targets() {
    return "numbers(" + outputs.list() + ")";
  }

  @Override
  public String decision() {
    return "LOGIT_ABOVE_ZERO";
  }

  @Override
  public void forward(LossCode code) {
    String logSigmoid = code.kept("logSigmoid", outputs);
    String losses = code.kept("losses", outputs);
    code.step("log_sigmoid_out(" + logSigmoid + ", " + code.output() + ")", outputs.batch("n"));
    code.step(
        "mul_out(" + losses + ", " + code.output() + ", " + code.target() + ")",
        outputs.batch("n"));
    code.step(
        "sub_out(" + losses + ", " + code.output() + ", " + losses + ")", "(1 − target)·output");
    code.step(losses + ".sub_(" + logSigmoid + ")", "− ln σ(output)");
    code.step("mean_out(" + code.result() + ", " + losses + ")", "mean over all outputs");
  }

  @Override
  public void backward(LossCode code) {
    String gradient = code.outputGradient();
    String count = outputs.elements() == 1 ? "total" : "(total * " + outputs.elements() + ")";
    String oneOverCount =
        code.perBatch("oneOverCount", "Scalar", "new Scalar(1.0 / " + count + ")");
    code.step("sigmoid_out(" + gradient + ", " + code.output() + ")", "σ(output)");
    code.step(gradient + ".sub_(" + code.target() + ")", "− target");
    code.step(gradient + ".mul_(" + oneOverCount + ")", "/ all outputs");
  }

  @Override
  public String autograd(String output, String target) {
    return "binary_cross_entropy_with_logits(" + output + ", " + target + ")";
  }

  @Override
  public String formula() {
    return "mean of (1 − target)·output − ln σ(output)";
  }
}
