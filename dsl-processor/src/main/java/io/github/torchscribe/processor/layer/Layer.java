package io.github.torchscribe.processor.layer;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PositionCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.tensor.Form;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One layer of a network, with its values. Subclasses are the kinds of layer. */
public abstract class Layer extends Shaped {
  /**
   * A layer whose values have been checked.
   *
   * @param written where it stands
   */
  protected Layer(Written written) {
    super(written);
  }

  /**
   * Says the forward step; never called for {@linkplain MemoryUse#VIEW views}.
   *
   * @param code takes statements
   */
  public abstract void forward(ForwardCode code);

  /**
   * Says the forward step where the rows at hand are positions of one text, each an example with a
   * single place. Asked only of layers that are {@linkplain #isCausal causal}.
   *
   * @param code takes statements
   */
  public void forwardAt(PositionCode code) {
    forward(code);
  }

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
   * Says what the layer is in ONNX, where the network evaluates.
   *
   * @param code what it is made of
   * @return an operator's value, or what arrives where the layer changes nothing; unless it says
   *     more, that ONNX has no counterpart
   */
  public Expression onnx(OnnxCode code) {
    return code.missing("ONNX has no counterpart to it");
  }

  /**
   * Whether the layer reads indices, which only the network's own input can be.
   *
   * @return how many there are to choose from; empty for all layers that read numbers
   */
  public OptionalLong indices() {
    return OptionalLong.empty();
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
   * The same for a layer of which it depends on what arrives.
   *
   * @param inputs shapes of one example of each value
   * @return as {@link #precision()} has it
   */
  public Optional<Precision> precision(List<Shape> inputs) {
    return precision();
  }

  /**
   * Which form of several that arrive the layer takes where it does not mind.
   *
   * @param arriving of each value, in order
   * @return the last one's, unless the layer says otherwise
   */
  protected Form preferred(List<Form> arriving) {
    return arriving.get(arriving.size() - 1);
  }

  /**
   * In which form the layer reads and writes.
   *
   * @param all that arrive, in order
   * @param shapes of one example of each
   * @param mixed whether the network is trained in mixed precision
   * @return the form of its inputs and of its output
   */
  public final Form form(List<Form> all, List<Shape> shapes, boolean mixed) {
    Form arriving = preferred(all);
    return new Form(
        format().orElse(arriving.format()),
        mixed ? precision(shapes).orElse(arriving.precision()) : Precision.FULL);
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
   * Whether libtorch's operation gives the output in memory of its own, from where it would have to
   * be copied to have a place in the plan.
   *
   * @return true for convolutions
   */
  public boolean bringsOutput() {
    return false;
  }

  /**
   * Whether what the layer reads may lie elsewhere in each step: nothing that is made once for a
   * batch size is a view of it.
   *
   * @return false, unless the layer says otherwise
   */
  public boolean readsAnyPlace() {
    return false;
  }

  /**
   * Whether the gradient of an input that has the output's shape is that of the output as it is.
   * Then it is found there, and backward says nothing of it.
   *
   * @param which of the inputs, counted from 0
   * @return true for what is only added
   */
  public boolean passesGradient(int which) {
    return false;
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
   * What is known of the numbers that the layer gives.
   *
   * @return for lints; nothing, unless the layer says more
   */
  public Numbers numbers() {
    return Numbers.UNSAID;
  }

  /**
   * How the layer takes values of few rows, in predictions.
   *
   * @return one row after the other, unless the layer says that either order will do
   */
  public FewRows fewRows() {
    return FewRows.BY_ROW;
  }

  /**
   * Whether libtorch has an operation that does this to a product's result at once.
   *
   * @return false, unless the layer is {@code relu_} where it works in place
   */
  public boolean endsProducts() {
    return false;
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
   * Whether oneDNN does the work, which has threads of its own: they get the cores where a batch is
   * not divided.
   *
   * @return true for convolutions
   */
  public boolean convolves() {
    return false;
  }
}
