package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** One layer of a network, with its values. Subclasses are the kinds of layer. */
public abstract class Layer {
  /** How values go on after a layer. */
  public enum Flow {
    /** From its input to its output. */
    ON,
    /** They also go past what follows, until they are joined. */
    FORK,
    /** What was forked goes on, beside what has come until here. */
    SWITCH,
    /** Both meet. */
    JOIN
  }

  private final Written written;

  /**
   * A layer whose values have been checked.
   *
   * @param written where it stands
   */
  protected Layer(Written written) {
    this.written = written;
  }

  /**
   * The annotation.
   *
   * @return where it stands
   */
  public final Written written() {
    return written;
  }

  /**
   * PyTorch's name of the layer.
   *
   * @return for example {@code Linear}
   */
  public final String name() {
    return written.name();
  }

  /**
   * What variables of the layer begin with.
   *
   * @return for example {@code linear}
   */
  public final String variable() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The shape rule. Whatever is wrong with the layer, all of it is reported, and what its own
   * values say of the output holds for the layers behind it, which were written for that.
   *
   * @param incoming what arrives
   * @param report is told when it does not fit
   * @return the shape of the output, as far as it is known
   */
  public abstract Shape output(Incoming incoming, Report report);

  /**
   * What the layer's own values say of its input, for a layer that stands first on a method.
   *
   * @param network the network's input, which holds where nothing else is said
   * @return empty where they say nothing, or the network's input fits them
   */
  public Optional<Shape> statedInput(Shape network) {
    return Optional.empty();
  }

  /**
   * What is learned.
   *
   * @param input the shape that arrives
   * @return parameters in PyTorch's order
   */
  public List<ParameterSpec> parameters(Shape input) {
    return List.of();
  }

  /**
   * What is remembered besides and no optimizer changes, such as running means.
   *
   * @param input the shape that arrives
   * @return buffers in PyTorch's order
   */
  public List<ParameterSpec> state(Shape input) {
    return List.of();
  }

  /**
   * The multiplications, each with an addition, of the layer's products.
   *
   * @param input the shape that arrives
   * @param output the shape that leaves
   * @return for one example, forward
   */
  public long multiplyAdds(Shape input, Shape output) {
    return 0;
  }

  /**
   * Says how parameters begin without {@code @Init}, and with it.
   *
   * @param input the shape that arrives
   * @param code takes statements
   */
  public void initialize(Shape input, InitCode code) {}

  /**
   * Says the forward step; never called for {@linkplain MemoryUse#VIEW views}.
   *
   * @param code takes statements
   */
  public abstract void forward(ForwardCode code);

  /**
   * Says the backward step; never called for {@linkplain MemoryUse#VIEW views}.
   *
   * @param code takes statements
   */
  public abstract void backward(BackwardCode code);

  /**
   * Says the forward step as one differentiable expression.
   *
   * @param code what it is made of
   * @return an expression
   */
  public abstract Expression autograd(AutogradCode code);

  /**
   * Whether the layer reads indices, which only the network's own input can be.
   *
   * @return how many there are to choose from; empty for all layers that read numbers
   */
  public OptionalLong indices() {
    return OptionalLong.empty();
  }

  /**
   * How values go on.
   *
   * @return straight on, unless a residual network begins or ends
   */
  public Flow flow() {
    return Flow.ON;
  }

  /**
   * Whether nothing is computed here: values only begin to go two ways.
   *
   * @return true for both beginnings
   */
  public final boolean onlyForks() {
    return flow() == Flow.FORK || flow() == Flow.SWITCH;
  }

  /**
   * In which order of an image's numbers the layer reads its input and writes its output. Behind a
   * convolution images lie channels last; where a layer wants another order than what arrives, they
   * are copied before it.
   *
   * @return PyTorch's order, unless the layer says otherwise: what takes dimensions apart or puts
   *     them together needs it. Empty for a layer that reads any order and whose output is in the
   *     input's, as libtorch's element-wise operations and pools do.
   */
  public Optional<MemoryFormat> format() {
    return Optional.of(MemoryFormat.CONTIGUOUS);
  }

  /**
   * In which numbers the layer computes where the network is trained in mixed precision; else all
   * is in 32 bits.
   *
   * @return 32 bits, unless the layer says otherwise. Lowered where the work is a product, empty
   *     for a layer that computes in whatever arrives and loses nothing by it.
   */
  public Optional<Precision> precision() {
    return Optional.of(Precision.FULL);
  }

  /**
   * In which form the layer reads and writes.
   *
   * @param arriving where the layer does not mind
   * @param mixed whether the network is trained in mixed precision
   * @return the form of both its input and its output
   */
  public final Form form(Form arriving, boolean mixed) {
    return new Form(
        format().orElse(arriving.format()),
        mixed ? precision().orElse(arriving.precision()) : Precision.FULL);
  }

  /**
   * What backward reads of forward; the plan keeps it for that long.
   *
   * @return nothing, for a layer whose derivative is the same everywhere
   */
  public BackwardReads backwardReads() {
    return BackwardReads.NOTHING;
  }

  /**
   * Where results and gradients lie.
   *
   * @return in memory of their own, unless the layer says more
   */
  public MemoryUse memory() {
    return MemoryUse.SEPARATE;
  }

  /**
   * What the lints want to know.
   *
   * @return nothing that they would mind
   */
  public Traits traits() {
    return Traits.NONE;
  }

  /**
   * Whether workers may divide a batch: each computes some rows without the others, and its part of
   * the parameters' gradients.
   *
   * @return false where results depend on all rows (batch statistics) or on the order in which they
   *     are computed (random masks)
   */
  public boolean isDivisible() {
    return true;
  }

  /**
   * How many examples a batch must have for the layer to learn from it.
   *
   * @param input the shape that arrives
   * @return 1, unless the layer compares examples
   */
  public long fewestExamples(Shape input) {
    return 1;
  }

  /**
   * Whether libtorch's autograd differentiates the layer, wherever it stands.
   *
   * @return then its parameters are leaves of autograd's graph
   */
  public boolean isRecorded() {
    return false;
  }

  /**
   * Whether oneDNN does the work, which has threads of its own: they get the cores where a batch is
   * not divided.
   *
   * @return true for convolutions
   */
  public boolean convolves() {
    return false;
  }
}
