package io.github.torchscribe.processor.layer.sequence;

import io.github.torchscribe.dsl.nn.RNN;
import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.declaration.Written;
import io.github.torchscribe.processor.message.Report;
import java.util.Collections;
import java.util.List;

/** {@code @RNN}: a hidden state of the one before and of what arrives. */
final class RnnLayer extends Recurrent {
  private static final long WIDE = 256;

  RnnLayer(Written written, Report report) {
    super(written, report, isRelu(written) ? "RNN_RELU" : "RNN_TANH", 1, 1);
  }

  private static boolean isRelu(Written written) {
    return written.constant("nonlinearity", RNN.Nonlinearity.class, RNN.Nonlinearity.TANH)
        == RNN.Nonlinearity.RELU;
  }

  @Override
  long widthThatPays() {
    return WIDE;
  }

  @Override
  Expression.Call stated(Expression.Call operator) {
    List<String> each = Collections.nCopies(written().flag("bidirectional") ? 2 : 1, "Relu");
    return isRelu(written()) ? operator.call("withAll", "activations", each) : operator;
  }
}
