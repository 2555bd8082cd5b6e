package io.github.torchscribe.processor.layer.meeting;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.AutogradCode;
import io.github.torchscribe.processor.code.BackwardCode;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.ForwardCode;
import io.github.torchscribe.processor.code.OnnxCode;
import io.github.torchscribe.processor.code.Types;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.layer.BackwardReads;
import io.github.torchscribe.processor.message.Report;
import java.util.ArrayList;
import java.util.List;

/** {@code @Multiply}: the gradient of each factor is the output's times all others. */
final class MultiplyLayer extends Broadcasting {
  MultiplyLayer(Written written, Report report) {
    super(written);
  }

  @Override
  public BackwardReads backwardReads() {
    return BackwardReads.INPUT;
  }

  @Override
  public void forward(ForwardCode code) {
    combine(code, "mul_out", "mul_");
  }

  @Override
  public void backward(BackwardCode code) {
    for (int i = 0; i < code.inputs(); i++) {
      if (code.wantsInputGradient(i)) {
        gradient(i, others(i, code), code);
      }
    }
  }

  private static List<Expression> others(int which, BackwardCode code) {
    List<Expression> others = new ArrayList<>();
    for (int i = 0; i < code.inputs(); i++) {
      if (i != which) {
        others.add(code.input(i));
      }
    }
    return others;
  }

  private static void gradient(int which, List<Expression> others, BackwardCode code) {
    Expression first = others.get(0);
    List<Expression> more = others.subList(1, others.size());
    if (isWhole(which, code)) {
      code.step(call("mul_out", code.inputGradient(which), code.outputGradient(), first));
      more.forEach(other -> code.step(code.inputGradient(which).call("mul_", other)));
    } else {
      Expression product = code.outputGradient().call("mul", first);
      for (Expression other : more) {
        product = product.call("mul_", other);
      }
      String name = "product" + (which + 1);
      sum(code.temporary(name, Types.TENSOR, product), which, code);
    }
  }

  @Override
  public Expression autograd(AutogradCode code) {
    Expression product = code.input();
    for (int i = 1; i < code.inputs(); i++) {
      product = product.call("mul", code.input(i));
    }
    return product;
  }

  @Override
  public Expression onnx(OnnxCode code) {
    return combine("Mul", code);
  }
}
