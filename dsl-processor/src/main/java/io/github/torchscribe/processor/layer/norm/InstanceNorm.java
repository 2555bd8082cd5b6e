package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.choice;
import static io.github.torchscribe.processor.code.Expressions.number;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * Instance normalisation: that of groups of one channel each. Where running means are tracked, a
 * network that is not trained normalises by these, as batch normalisation does.
 */
abstract class InstanceNorm extends ByGroups {
  private final int rank;
  private final String takes;
  private final long stated;
  private final double momentum;
  private final boolean tracked;

  InstanceNorm(Written written, int rank, String takes, Report report) {
    super(written, aboveZero(written, report), written.flag("affine"), written.flag("affine"));
    this.rank = rank;
    this.takes = takes;
    stated = (long) written.checked("value", "at least 1", v -> v >= 0, report);
    momentum = written.checked("momentum", "from 0 to 1", m -> m >= 0 && m <= 1, report);
    tracked = written.flag("trackRunningStats");
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(rank), takes, report);
    if (input.isKnown() && values(input) == 1) {
      report.say(
          Message.OUT_OF_RANGE,
          written().at(),
          "the number of values in a channel",
          name(),
          "at least 2",
          1);
    }
    if (stated < 1) {
      return input;
    }
    Channels.agree(written(), "value", stated, input, incoming, report);
    return input.first() == Shape.UNKNOWN ? input.withFirst(stated) : input;
  }

  /** How many there are in a channel. */
  private static long values(Shape input) {
    return input.elements() / input.first();
  }

  @Override
  final long groups(Shape input) {
    return input.first();
  }

  @Override
  public final List<ParameterSpec> state(Shape input) {
    return tracked
        ? List.of(
            new ParameterSpec("running_mean", affine(input)),
            new ParameterSpec("running_var", affine(input)),
            ParameterSpec.count("num_batches_tracked"))
        : List.of();
  }

  @Override
  public final void initialize(Shape input, InitCode code) {
    super.initialize(input, code);
    if (tracked) {
      code.step(call("ones", code.parameter("running_var")));
    }
  }

  /** Running means are of all examples. */
  @Override
  public final boolean isDivisible() {
    return !tracked;
  }

  @Override
  public final void forward(ForwardCode code) {
    if (!tracked) {
      code.step(normalised(code));
      return;
    }
    Expression none = call("statistics", 0);
    code.step(
        normalised(code),
        call(
            "native_batch_norm_out",
            code.output(),
            code.perBatch("noMean", none),
            code.perBatch("noInvStd", none),
            code.input(),
            affine(code),
            code.optional("running_mean"),
            code.optional("running_var"),
            false,
            momentum,
            eps()));
    if (code.isLearning("running_mean") instanceof Expression) {
      code.part(
          call(
              "trackInstances",
              code.parameter("running_mean"),
              code.parameter("running_var"),
              statistics(code),
              momentum,
              eps(),
              values(code.inputShape())),
          "the running means");
    }
  }

  /** Of what is frozen nothing new is remembered. */
  private Object newsWeight(AutogradCode code) {
    return code.isLearning("running_mean") instanceof Expression learning
        ? choice(learning, number(momentum), number(0.0))
        : 0.0;
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    return call(
        "instance_norm",
        code.input(),
        affine(code),
        tracked ? code.optional("running_mean") : NONE,
        tracked ? code.optional("running_var") : NONE,
        tracked ? call("isTraining") : true,
        tracked ? newsWeight(code) : momentum,
        eps(),
        false);
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    return tracked
        ? byRunning(code)
        : code.op("InstanceNormalization", code.input(), scale(code), shift(code))
            .call("with", "epsilon", eps());
  }
}
