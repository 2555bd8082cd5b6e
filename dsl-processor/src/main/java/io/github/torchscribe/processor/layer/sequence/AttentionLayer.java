package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.ModelCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.ShapeCode;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code @Attention}: queries are projected from one sequence, keys and values from another, or
 * from two of one length.
 */
final class AttentionLayer extends Attending {
  private static final String WEIGHT = "in_proj_weight";
  private static final String BIAS = "in_proj_bias";
  private static final List<String> WEIGHTS =
      List.of("q_proj_weight", "k_proj_weight", "v_proj_weight");
  private static final List<String> WHAT = List.of("queries", "keys", "values");
  private static final int MOST = 3;
  private static final int KEY = 1;

  AttentionLayer(Written written, Report report) {
    super(written, report);
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    return output(List.of(incoming), report);
  }

  @Override
  public Shape output(List<Incoming> incoming, Report report) {
    List<Incoming> some = incoming;
    if (incoming.size() > MOST) {
      report.say(Message.MEETS_MANY, written().at(), name(), MOST, incoming.size());
      some = incoming.subList(0, MOST);
    }
    List<Shape> shapes = some.stream().map(one -> Sequences.check(written(), one, report)).toList();
    checkHeads(shapes.get(0), report);
    if (shapes.size() == MOST && !Shape.same(shapes.get(1).first(), shapes.get(2).first())) {
      report.say(
          Message.NOT_KEYS_AND_VALUES,
          written().at(),
          name(),
          shapes.get(1),
          incoming.get(1).from(),
          shapes.get(2),
          incoming.get(2).from());
    }
    return shapes.get(0);
  }

  @Override
  public Places places(List<Shape> inputs) {
    return places(Math.min(KEY, inputs.size() - 1));
  }

  /** Keys and values come from a sequence of which nobody knows whether it is there already. */
  @Override
  public boolean isCausal(List<Shape> inputs) {
    return false;
  }

  /** The shapes of query, key and value; what says which keys are padding has another rank. */
  private static List<Shape> three(List<Shape> inputs) {
    List<Shape> own = inputs.stream().filter(shape -> shape.rank() == 2).toList();
    return List.of(own.get(0), own.get(KEY), own.get(own.size() - 1));
  }

  private static List<Shape> three(ShapeCode code) {
    return three(IntStream.range(0, code.inputs()).mapToObj(code::inputShape).toList());
  }

  /** Which of the values that arrive is query, key or value. */
  private static int input(int which, ShapeCode code) {
    return which < 2 || code.inputs() > 2 && code.inputShape(2).rank() == 2 ? which : KEY;
  }

  /** Whether all are of one width: then one matrix has all three projections. */
  private static boolean isOneWidth(List<Shape> three) {
    return three.stream().map(Shape::last).distinct().count() == 1;
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    List<Shape> three = three(inputs);
    long e = three.get(0).last();
    if (isOneWidth(three)) {
      return withOutput(List.of(new ParameterSpec(WEIGHT, Shape.of(3 * e, e))), e);
    }
    List<ParameterSpec> first = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      first.add(new ParameterSpec(WEIGHTS.get(i), Shape.of(e, three.get(i).last())));
    }
    return withOutput(first, e);
  }

  /** The four projections, then scores and their products with values. */
  @Override
  public long multiplyAdds(List<Shape> inputs, Shape output) {
    List<Shape> three = three(inputs);
    long e = output.last();
    long projections = 2 * output.elements() + three.get(1).elements() + three.get(2).elements();
    return e * projections + 2 * output.elements() * three.get(1).first();
  }

  @Override
  public void initialize(List<Shape> inputs, InitCode code) {
    List<Shape> three = three(inputs);
    initialize(three.get(0).last(), isOneWidth(three) ? List.of(WEIGHT) : WEIGHTS, code);
  }

  /** One of the three projections' part of something that has all of them. */
  private static Expression third(Expression of, int which, ModelCode code) {
    long e = code.outputShape().last();
    return of.call("narrow", 0, which * e, e);
  }

  private static Expression weight(int which, ModelCode code) {
    return isOneWidth(three(code))
        ? third(code.parameter(WEIGHT), which, code)
        : code.parameter(WEIGHTS.get(which));
  }

  private static Expression projectedRows(int which, AttentionTensors t) {
    return t.projectedRows(WHAT.get(which), length(which, t), t.code().outputShape().last());
  }

  @Override
  Expression projected(int which, AttentionTensors t) {
    String name = WHAT.get(which);
    long length = length(which, t);
    Expression projected = t.projected(name, length, t.code().outputShape().last());
    return t.byHead(name + "ByHead", projected, length);
  }

  private static long length(int which, AttentionTensors t) {
    return which == 0 ? t.queryLength() : t.keyLength();
  }

  @Override
  public void forward(ForwardCode code) {
    AttentionTensors t = tensors(code);
    for (int i = 0; i < MOST; i++) {
      Expression transposed =
          isOneWidth(three(code))
              ? code.perBatch(WHAT.get(i) + "WeightT", weight(i, code).call("t"))
              : code.transposed(WEIGHTS.get(i));
      List<Expression> shift =
          hasBias()
              ? List.of(code.perBatch(WHAT.get(i) + "Bias", third(code.parameter(BIAS), i, code)))
              : List.of();
      Expression rows = code.input(input(i, code)).call("reshape", -1, three(code).get(i).last());
      code.part(project(projectedRows(i, t), rows, transposed, shift), WHAT.get(i));
    }
    attend(code, t);
  }

  @Override
  public void backward(BackwardCode code) {
    AttentionTensors t = tensors(code);
    attendBackward(code, t);
    boolean ofWeight = code.wantsGradient(WEIGHT);
    boolean ofBias = code.wantsGradient(BIAS);
    for (int i = 0; i < MOST; i++) {
      Expression rows = code.input(input(i, code)).call("reshape", -1, three(code).get(i).last());
      Expression projected = projectedRows(i, t);
      if (ofWeight) {
        Expression part = third(code.gradient(WEIGHT), i, code);
        code.part(
            code.product(WEIGHT + "_" + WHAT.get(i), part, projected.call("t"), rows),
            WEIGHT + ", " + WHAT.get(i));
      } else {
        weightGradient(code, WEIGHTS.get(i), projected, rows);
      }
      if (ofBias) {
        Expression part = third(code.gradient(BIAS), i, code);
        code.part(call("sum_out", part, projected, 0), BIAS + ", " + WHAT.get(i));
      }
    }
    if (ofWeight) {
      code.hasGradient(WEIGHT);
    }
    if (ofBias) {
      code.hasGradient(BIAS);
    }
    for (int i = 0; i < MOST; i++) {
      inputGradient(i, code, t);
    }
  }

  /** What is both key and value gets the sum. */
  private static void inputGradient(int which, BackwardCode code, AttentionTensors t) {
    int input = input(which, code);
    if (!code.wantsInputGradient(input)) {
      return;
    }
    long width = three(code).get(which).last();
    Expression to = code.inputGradient(input).call("view", -1, width);
    Expression rows = projectedRows(which, t);
    Expression weight = weight(which, code);
    boolean isSecond = input != which;
    code.part(
        isSecond ? to.call("addmm_", rows, weight) : call("mm_out", to, rows, weight),
        "of what " + WHAT.get(which) + " come from");
  }

  @Override
  public Expression autograd(AutogradCode code) {
    return attention(
        code,
        IntStream.range(0, MOST).mapToObj(i -> code.input(input(i, code))).toList(),
        IntStream.range(0, MOST).mapToObj(i -> weight(i, code)).toList());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    List<Shape> three = three(code);
    long e = code.outputShape().last();
    List<Expression> projected = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      Expression weight =
          isOneWidth(three)
              ? call("rows", code.parameter(WEIGHT), i * e, e)
              : code.parameter(WEIGHTS.get(i));
      Expression product = code.product(code.input(input(i, code)), weight);
      projected.add(
          hasBias()
              ? code.op("Add", product, call("rows", code.parameter(BIAS), i * e, e))
              : product);
    }
    return attended(projected, three.get(0).first(), three.get(KEY).first(), code);
  }
}
