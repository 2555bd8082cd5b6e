package io.github.torchscribe.processor.layer.convolution;

import static io.github.torchscribe.processor.code.Expressions.NONE;
import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.dsl.nn.Conv2d;
import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.layer.Channels;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Kaiming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Numbers;
import io.github.torchscribe.processor.layer.ThreeGradients;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.MemoryFormat;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Precision;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Convolutions over one, two or three dimensions, and transposed ones. */
abstract class Convolution extends Layer {
  private final int dims;
  private final boolean transposed;
  private final long in;
  private final long out;
  private final long groups;
  private final boolean bias;
  private final Sliding sliding;
  private final long[] outputPadding;
  private final boolean paddingKnown;

  /** Whether what arrives is less deep than the kernel. */
  private boolean flat;

  Convolution(Written written, int dims, boolean transposed, Report report) {
    super(written);
    this.dims = dims;
    this.transposed = transposed;
    Shape sizes = written.shape("value", 1, 2, "{in, out} channels, or out alone", report);
    in = sizes.rank() == 2 ? sizes.first() : Shape.UNKNOWN;
    out = sizes.last();
    groups = (long) written.checked("groups", "at least 1", g -> g >= 1, report);
    bias = written.flag("bias");
    sliding = new Sliding(written, dims, true, transposed ? 0 : Conv2d.SAME, report);
    int errors = report.errors();
    outputPadding =
        transposed ? Sliding.read(written, "outputPadding", dims, 0, report) : new long[dims];
    paddingKnown = report.errors() == errors;
  }

  @Override
  public final Shape output(Incoming incoming, Report report) {
    Shape input = Channels.of(written(), incoming, List.of(dims + 1), Sliding.takes(dims), report);
    Channels.agree(written(), "value", in, input, incoming, report);
    flat = dims > 2 && input.sizes().get(1) < sliding.kernelSpan(0);
    Channels.divide(written(), "groups", groups, input.first(), report);
    Channels.divide(written(), "groups", groups, out, report);
    return transposed ? enlarged(input, report) : sliding.output(input, out, report);
  }

  private Shape enlarged(Shape input, Report report) {
    List<Long> sizes = new ArrayList<>(List.of(out));
    for (int i = 0; i < dims; i++) {
      sizes.add(enlarged(input.sizes().get(i + 1), i, report));
    }
    return new Shape(sizes);
  }

  private long enlarged(long in, int i, Report report) {
    if (!sliding.isValid() || !paddingKnown) {
      return Shape.UNKNOWN;
    }
    if (outputPadding[i] >= Math.max(sliding.stride[i], sliding.dilation[i])) {
      report.say(
          Message.OUT_OF_RANGE,
          written().at("outputPadding"),
          "outputPadding",
          name(),
          "less than stride or dilation",
          outputPadding[i]);
      return Shape.UNKNOWN;
    }
    long size =
        (in - 1) * sliding.stride[i]
            - 2 * sliding.padding[i]
            + sliding.dilation[i] * (sliding.kernel[i] - 1)
            + outputPadding[i]
            + 1;
    if (in != Shape.UNKNOWN && size < 1) {
      report.say(Message.SIZE_NOT_POSITIVE, written().at("padding"), size);
    }
    return in == Shape.UNKNOWN ? Shape.UNKNOWN : Math.max(size, Shape.UNKNOWN);
  }

  @Override
  public final List<ParameterSpec> parameters(Shape input) {
    long channels = input.sizes().get(0);
    List<Long> sizes =
        new ArrayList<>(
            transposed ? List.of(channels, out / groups) : List.of(out, channels / groups));
    Arrays.stream(sliding.kernel).forEach(sizes::add);
    ParameterSpec weight = new ParameterSpec("weight", new Shape(sizes));
    return bias ? List.of(weight, new ParameterSpec("bias", Shape.of(out))) : List.of(weight);
  }

  /** Every weight is used at each place of the output, or of the input where it is transposed. */
  @Override
  public final long multiplyAdds(Shape input, Shape output) {
    Shape places = transposed ? input : output;
    long weights = parameters(input).get(0).shape().elements();
    return places.elements() / places.sizes().get(0) * weights;
  }

  @Override
  public final void initialize(Shape input, InitCode code) {
    long perOutput = transposed ? out / groups : input.sizes().get(0) / groups;
    Kaiming.initialize(
        code, perOutput * Arrays.stream(sliding.kernel).reduce(1, (a, b) -> a * b), bias);
  }

  @Override
  public final Optional<MemoryFormat> format() {
    return Optional.of(isPlain() ? MemoryFormat.CHANNELS_LAST : MemoryFormat.CONTIGUOUS);
  }

  /** In bfloat16 oneDNN's gradient of a weight is wrong where volumes are less deep than it. */
  @Override
  public final Optional<Precision> precision() {
    return Optional.of(isPlain() && !flat ? Precision.LOWERED : Precision.FULL);
  }

  /** Over images or volumes, and not transposed. */
  private boolean isPlain() {
    return dims > 1 && !transposed;
  }

  @Override
  public final boolean convolves() {
    return true;
  }

  /** Zeros before the input and the input, as one, take its place. */
  private boolean isCausal() {
    return sliding.before[0] > 0;
  }

  @Override
  public final BackwardReads backwardReads() {
    return isCausal() ? BackwardReads.NOTHING : BackwardReads.INPUT;
  }

  @Override
  public final MemoryUse memory() {
    return isCausal() ? MemoryUse.SEPARATE : MemoryUse.BRINGS_GRADIENT;
  }

  @Override
  public final boolean bringsOutput() {
    return true;
  }

  @Override
  public final void forward(ForwardCode code) {
    Expression from = code.input();
    if (isCausal()) {
      from = padded(code);
      Expression zeros = from.call("narrow", 2, 0, sliding.before[0]);
      code.part(code.perBatch("before", zeros).call("zero_"), "before the input");
      Expression inside = code.perBatch("inside", inside(from, code));
      code.part(inside.call("copy_", code.input()), "the input behind it");
    }
    String operation = code.bringsOutput() ? "convolve" : "convolution_out";
    Expression convolution = call(operation, code.output(), from, weights(code), geometry(code));
    if (isPlain() && dims == 2) {
      code.stepPrepared(
          call(
              "image",
              code.output(),
              from,
              weights(code),
              code.longs("stride", sliding.stride),
              code.longs("padding", sliding.padding),
              code.longs("dilation", sliding.dilation),
              groups),
          convolution);
    } else {
      code.step(convolution);
    }
  }

  private Expression padded(PassCode code) {
    Shape input = code.inputShape();
    return code.kept("padded", input.withLast(input.last() + sliding.before[0]));
  }

  private Expression inside(Expression padded, ModelCode code) {
    return padded.call("narrow", 2, sliding.before[0], code.inputShape().last());
  }

  @Override
  public final void backward(BackwardCode code) {
    ThreeGradients.of(
        code,
        mask ->
            call(
                "convolution_backward",
                code.outputGradient(),
                isCausal() ? padded(code) : code.input(),
                code.parameter("weight"),
                code.longs("biasSizes", bias ? out : 0),
                geometry(code),
                mask),
        gradient -> isCausal() ? inside(gradient, code) : gradient);
  }

  @Override
  public final Expression autograd(AutogradCode code) {
    Expression input = code.input();
    Expression from =
        isCausal()
            ? call("constant_pad_nd", input, code.longs("before", sliding.before[0], 0))
            : input;
    return call("convolution", from, weights(code), geometry(code));
  }

  private List<Expression> weights(ModelCode code) {
    return List.of(code.parameter("weight"), bias ? code.optional("bias") : NONE);
  }

  private List<Object> geometry(ModelCode code) {
    return List.of(
        code.longs("stride", sliding.stride),
        code.longs("padding", sliding.padding),
        code.longs("dilation", sliding.dilation),
        transposed,
        code.longs("outputPadding", outputPadding),
        groups);
  }

  @Override
  public Numbers numbers() {
    return Numbers.ANY;
  }

  @Override
  public final Expression onnx(OnnxCode code) {
    List<Expression> shift = bias ? List.of(code.parameter("bias")) : List.of();
    Expression.Call convolution =
        sliding.stated(
            code.op(
                transposed ? "ConvTranspose" : "Conv",
                code.input(),
                code.parameter("weight"),
                shift),
            sliding.begins(),
            sliding.padding);
    if (Arrays.stream(outputPadding).anyMatch(size -> size > 0)) {
      convolution = convolution.call("withAll", "output_padding", Sliding.listed(outputPadding));
    }
    return groups == 1 ? convolution : convolution.call("with", "group", groups);
  }
}
