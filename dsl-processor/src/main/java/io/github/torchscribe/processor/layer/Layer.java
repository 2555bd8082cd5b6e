package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
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
   * Says the forward step; never called for {@linkplain #isView() views}.
   *
   * @param code takes statements
   */
  public abstract void forward(ForwardCode code);

  /**
   * Says the backward step; never called for {@linkplain #isView() views}.
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
  public abstract String autograd(AutogradCode code);

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
   * Whether the output is the input's memory in another shape.
   *
   * @return then nothing is computed, forward or backward
   */
  public boolean isView() {
    return false;
  }

  /**
   * In which memory format the layer reads and writes images.
   *
   * @return empty where it does not matter, and the output is in the input's format
   */
  public Optional<MemoryFormat> format() {
    return Optional.of(MemoryFormat.CONTIGUOUS);
  }

  /**
   * In which precision the layer computes where the network is trained in mixed precision.
   *
   * @return empty where it computes in whatever arrives
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
   * Whether the output may overwrite the input.
   *
   * @return true for most element-wise layers
   */
  public boolean worksInPlace() {
    return false;
  }

  /**
   * Whether backward reads the input.
   *
   * @return then it is kept
   */
  public boolean needsInput() {
    return false;
  }

  /**
   * Whether backward reads the output.
   *
   * @return then it is kept
   */
  public boolean needsOutput() {
    return false;
  }

  /**
   * Whether the gradient of the input may take the place of the output's.
   *
   * @return true for element-wise layers
   */
  public boolean isElementwise() {
    return isActivation();
  }

  /**
   * Whether backward's operation brings memory of its own for the gradient of the input.
   *
   * @return then it says {@link BackwardCode#inputGradientIs}
   */
  public boolean bringsInputGradient() {
    return false;
  }

  /**
   * Whether the gradient of the output is also read as a matrix.
   *
   * @return then it has a place in the pass' memory
   */
  public boolean needsOutputGradientInPlace() {
    return learnsByProducts();
  }

  /**
   * Whether the gradients of parameters are products with the gradient of the output.
   *
   * @return then it says {@link BackwardCode#productGradient}
   */
  public boolean learnsByProducts() {
    return false;
  }

  /**
   * Whether some rows of a batch can be computed without the others, and the parameters' gradients
   * in parts.
   *
   * @return then workers may divide batches
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
   * Whether oneDNN does the work, which has threads of its own.
   *
   * @return true for convolutions
   */
  public boolean convolves() {
    return false;
  }

  /**
   * Whether the layer looks at all examples of a batch together.
   *
   * @return for lints
   */
  public boolean mixesExamples() {
    return false;
  }

  /**
   * Whether the layer sets some of its input to zero while training.
   *
   * @return for lints
   */
  public boolean drops() {
    return false;
  }

  /**
   * Whether this is an activation function.
   *
   * @return for lints
   */
  public boolean isActivation() {
    return false;
  }

  /**
   * Whether the derivative goes to 0 on both sides.
   *
   * @return for lints
   */
  public boolean saturates() {
    return false;
  }
}
