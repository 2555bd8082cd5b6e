package io.github.torchscribe.processor.layer.sequence;

import static io.github.torchscribe.processor.code.Expressions.call;

import io.github.torchscribe.processor.code.Expression;
import io.github.torchscribe.processor.code.OnnxCode;

/** Which of several indices stand for something, in ONNX. */
final class IsThere {
  /** How ONNX numbers types. */
  static final int FLOAT = 1;

  static final int INT32 = 6;
  static final int BOOL = 9;

  private IsThere() {}

  /** Whether each is another index than that of padding. */
  static Expression not(long padding, OnnxCode code) {
    return code.op("Not", code.op("Equal", code.input(), call("integer", padding)));
  }

  /** The same values in another type. */
  static Expression cast(Expression value, int type, OnnxCode code) {
    return code.op("Cast", value).call("with", "to", type);
  }
}
