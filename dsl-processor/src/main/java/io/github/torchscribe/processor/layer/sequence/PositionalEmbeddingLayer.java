package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PositionCode;
import io.github.torchscribe.processor.code.ShapeCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.MemoryUse;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/** {@code @PositionalEmbedding}: y = x + weight. */
final class PositionalEmbeddingLayer extends Layer {
  private static final String WEIGHT = "weight";
  private static final String COUNT = "numEmbeddings";

  private final long stated;

  PositionalEmbeddingLayer(Written written, Report report) {
    super(written);
    stated = (long) written.checked(COUNT, "at least 0", count -> count >= 0, report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape shape = Sequences.check(written(), incoming, report);
    if (stated > 0 && !shape.open() && stated < length(shape)) {
      report.say(
          Message.OUT_OF_RANGE,
          written().at(COUNT),
          COUNT,
          written().name(),
          "at least the number of places, " + length(shape) + ",",
          stated);
    }
    return shape;
  }

  @Override
  public Places places(List<Shape> inputs) {
    return Places.KEPT;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Shape table = stated == 0 ? input : Shape.of(stated, input.last());
    return List.of(new ParameterSpec(WEIGHT, table));
  }

  private static long length(Shape shape) {
    return shape.sizes().get(0);
  }

  /** How many places of the table no sequence reaches. */
  private long beyond(ShapeCode code) {
    return stated == 0 ? 0 : stated - length(code.inputShape());
  }

  /** Those of the table's places that the sequence has. */
  private Expression reached(Expression table, ModelCode code) {
    return beyond(code) == 0 ? table : table.call("narrow", 0, 0, length(code.inputShape()));
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    if (!code.byNormal(WEIGHT)) {
      code.step(call("standardNormal", code.parameter(WEIGHT), code.generator()));
    }
  }

  @Override
  public MemoryUse memory() {
    return MemoryUse.IN_PLACE;
  }

  @Override
  public boolean passesGradient(int which) {
    return true;
  }

  @Override
  public void forward(ForwardCode code) {
    Expression table = code.parameter(WEIGHT);
    Expression places = beyond(code) == 0 ? table : code.perBatch("places", reached(table, code));
    code.step(call("add_out", code.output(), code.input(), places));
  }

  @Override
  public void forwardAt(PositionCode code) {
    Expression all = code.parameter(WEIGHT).call("view", -1, code.inputShape());
    Expression here = code.atHand("here", call("atHand", code.perBatch("positions", all)));
    code.step(call("add_out", code.output(), code.input(), here));
  }

  @Override
  public void backward(BackwardCode code) {
    if (!code.wantsGradient(WEIGHT)) {
      return;
    }
    Expression gradient = code.gradient(WEIGHT);
    code.step(call("sum_out", reached(gradient, code), code.outputGradient(), 0));
    if (beyond(code) > 0) {
      code.step(gradient.call("narrow", 0, length(code.inputShape()), beyond(code)).call("zero_"));
    }
    code.hasGradient(WEIGHT);
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return code.input().call("add", reached(code.parameter(WEIGHT), code));
  }

  @Override
  public Expression onnx(OnnxCode code) {
    long length = length(code.inputShape());
    Expression table = code.parameter(WEIGHT);
    Expression places = beyond(code) == 0 ? table : call("rows", table, 0, length);
    return code.op("Add", code.input(), places);
  }
}
