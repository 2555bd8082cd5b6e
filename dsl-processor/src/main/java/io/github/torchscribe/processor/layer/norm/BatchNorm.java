package io.github.torchscribe.processor.layer.norm;

import static io.github.torchscribe.processor.code.Expressions.THIS;
import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.ThreeGradients;
import io.github.torchscribe.processor.layer.Traits;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Batch normalisation: y = (x − mean)/√(variance + eps)·weight + bias for each channel. */
abstract class BatchNorm extends Norm {
  private final List<Integer> ranks;
  private final String takes;
  private final long stated;
  private final double momentum;
  private final boolean sync;

  BatchNorm(Written written, List<Integer> ranks, String takes, Report report) {
    super(written, aboveZero(written, report), written.flag("affine"), written.flag("affine"));
    this.ranks = ranks;
    this.takes = takes;
    stated = (long) written.checked("value", "at least 1", v -> v >= 0, report);
    momentum = written.checked("momentum", "from 0 to 1", m -> m >= 0 && m <= 1, report);
    sync = written.flag("sync");
  }

  @Override
  public final Optional<MemoryFormat> format() {
    return Optional.empty();
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, ranks, takes, report);
    if (stated < 1) {
      return input;
    }
    Channels.agree(written(), "value", stated, input, incoming, report);
    return input.first() == Shape.UNKNOWN ? input.withFirst(stated) : input;
  }

  @Override
  final Shape affine(Shape input) {
    return Shape.of(input.sizes().get(0));
  }

  @Override
  public final List<ParameterSpec> state(Shape input) {
    return List.of(
        new ParameterSpec("running_mean", affine(input)),
        new ParameterSpec("running_var", affine(input)),
        ParameterSpec.count("num_batches_tracked"));
  }

  @Override
  public final void initialize(Shape input, InitCode code) {
    super.initialize(input, code);
    code.step(call("ones", code.parameter("running_var")));
  }

  @Override
  public final boolean isDivisible() {
    return false;
  }

  /** Of a single value for a channel nothing can be said. */
  @Override
  public final long fewestExamples(Shape input) {
    return input.elements() == input.sizes().get(0) ? 2 : 1;
  }

  @Override
  public final MemoryUse memory() {
    return MemoryUse.BRINGS_GRADIENT;
  }

  @Override
  public final boolean readsAnyPlace() {
    return true;
  }

  @Override
  public final Traits traits() {
    return sync ? Traits.NONE : Traits.MIXES_EXAMPLES; // of a batch of one others may have the rest
  }

  @Override
  public final void forward(ForwardCode code) {
    if (isLearning(code) instanceof Expression) {
      code.part(call("countBatch", code.parameter("num_batches_tracked")), "one more batch");
    }
    List<Object> operands =
        List.of(code.input(), affine(code), running(code), isLearning(code), momentum, eps());
    code.step(
        asksOthers(code)
            ? synced(code).call("forward", code.output(), operands)
            : call(
                "native_batch_norm_out",
                code.output(),
                statistics(code, "mean"),
                statistics(code, "invStd"),
                operands));
  }

  @Override
  public final void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        mask ->
            asksOthers(code)
                ? synced(code).call("backward", given(code), isLearning(code), eps(), mask)
                : call(
                    "native_batch_norm_backward",
                    given(code),
                    optional(code, "mean"),
                    optional(code, "invStd"),
                    isLearning(code),
                    eps(),
                    mask));
  }

  private List<Object> given(BackwardCode code) {
    return List.of(code.outputGradient(), code.input(), weight(code), running(code));
  }

  /** Whether statistics are those of all ranks; what is frozen asks nobody. */
  private boolean asksOthers(ModelCode code) {
    return sync && isLearning(code) instanceof Expression;
  }

  private static Expression synced(PassCode code) {
    Expression room = call("statistics", code.inputShape().sizes().get(0));
    return code.perBatch("synced", create(Types.SYNCED_NORM, THIS, room, room));
  }

  /** Whether statistics are those of the batch: what is frozen goes by the running ones. */
  private static Object isLearning(ModelCode code) {
    return code.isLearning("running_mean");
  }

  /** Of the batch at hand, for each channel. */
  private static Expression statistics(PassCode code, String name) {
    return code.perBatch(name, call("statistics", code.inputShape().sizes().get(0)));
  }

  private static Expression optional(BackwardCode code, String name) {
    Expression tensor = statistics(code, name);
    return code.perBatch(name + "Optional", create(Types.TENSOR_OPTIONAL, tensor));
  }

  private static List<Expression> running(ModelCode code) {
    return List.of(code.optional("running_mean"), code.optional("running_var"));
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    Expression input =
        isLearning(code) instanceof Expression
            ? call("counted", code.input(), code.parameter("num_batches_tracked"))
            : code.input();
    List<Object> operands =
        List.of(input, affine(code), running(code), isLearning(code), momentum, eps());
    return asksOthers(code) ? call("syncedNorm", operands) : call("batch_norm", operands, false);
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    return byRunning(code);
  }
}
