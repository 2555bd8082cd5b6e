package io.github.torchscribe.processor.layer.basic;

import static io.github.torchscribe.processor.code.Expressions.call;
import static io.github.torchscribe.processor.code.Expressions.create;
import static io.github.torchscribe.processor.code.Expressions.lambda;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.InitCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.PassCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.Incoming;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.layer.Places;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.own.OwnMethod;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code @Layer}: a layer of the user's own. What it learns is recorded like its input: autograd
 * gives a gradient for each, and each share has its own.
 */
final class OwnLayer extends Layer {
  private static final Expression X = new Expression.Name("x");

  private final OwnShape shape;
  private final List<OwnParameter> learned;
  private final Optional<OwnMethod> method;

  OwnLayer(Written written, Report report) {
    super(written);
    int errors = report.errors();
    shape = new OwnShape(written, report);
    learned = OwnParameter.all(written, shape, report);
    boolean known = report.errors() == errors;
    method = OwnMethod.find(written, "Tensor input", false, report);
    method.ifPresent(
        found -> {
          Set<String> names = new LinkedHashSet<>(names());
          found.checkVisible(report);
          if (known) {
            found.checkNamed(1, names, report);
            found.checkTakes(names, report);
          }
        });
  }

  private List<String> names() {
    return learned.stream().map(OwnParameter::name).toList();
  }

  @Override
  public Shape output(Incoming incoming, Report report) {
    Shape output = shape.output(incoming, report);
    if (incoming.shape().isKnown() && output.isKnown()) {
      learned.forEach(one -> one.check(incoming.shape(), report));
    }
    return output;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return learned.stream().map(one -> one.spec(input)).toList();
  }

  @Override
  public void initialize(Shape input, InitCode code) {
    learned.forEach(one -> one.initialize(input, code));
  }

  @Override
  public Places places(List<Shape> inputs) {
    return written().own().mark().flag("keepsPlaces") ? Places.KEPT : Places.MIXED;
  }

  @Override
  public boolean isDivisible() {
    return written().own().mark().flag("divisible");
  }

  /**
   * What calls the method, and looks at what it gives.
   *
   * @param records where it has to be gone through again, backward
   */
  private Expression piece(PassCode code, boolean records) {
    Object training = records ? call("isTraining") : Boolean.FALSE;
    List<Expression> mixed = code.isMixed() ? List.of(call("isMixed")) : List.of();
    return code.perBatch("own", create(Types.OWN_PIECE, training, mixed, label()));
  }

  private String label() {
    return method.orElseThrow().label();
  }

  @Override
  public void forward(ForwardCode code) {
    List<Expression> given = new ArrayList<>(List.of(code.input()));
    names().forEach(one -> given.add(code.parameter(one)));
    List<Expression> recorded = new ArrayList<>();
    for (int i = 1; i < given.size(); i++) {
      recorded.add(X.call("get", i));
    }
    Expression value = method.orElseThrow().call(List.of(X.call("get", 0)), recorded, names());
    code.step(
        piece(code, code.isDifferentiated())
            .call("forward", code.output(), lambda("x", value), given));
  }

  @Override
  public void backward(BackwardCode code) {
    Expression piece = piece(code, true);
    code.step(piece.call("backward", code.outputGradient()));
    for (int i = 0; i < learned.size(); i++) {
      int which = i + 1;
      code.gradientIs(names().get(i), to -> piece.call("gradient", which, to));
    }
    if (code.wantsInputGradient()) {
      code.step(piece.call("gradient", 0, code.inputGradient()));
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    List<Expression> parameters = names().stream().map(code::parameter).toList();
    Expression value = method.orElseThrow().call(List.of(code.input()), parameters, names());
    return call(Types.OWN_PIECE, "output", label(), value, code.input(), code.outputShape());
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return code.missing("a layer of your own, whose method Java alone can run");
  }
}
