package io.github.torchscribe.onnx;

import com.google.protobuf.ByteString;
import io.github.torchscribe.onnx.proto.OnnxProto.AttributeProto;
import io.github.torchscribe.onnx.proto.OnnxProto.AttributeProto.AttributeType;
import java.util.List;

/** The attributes of operators. */
final class Attributes {
  private Attributes() {}

  /**
   * An attribute.
   *
   * @param value a {@code Long}, {@code Double} or {@code String}, or a list of numbers or texts
   */
  static AttributeProto of(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Long number) {
      attribute.setType(AttributeType.INT).setI(number);
    } else if (value instanceof Double number) {
      attribute.setType(AttributeType.FLOAT).setF(number.floatValue());
    } else if (value instanceof String text) {
      attribute.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else if (value instanceof List<?> several) {
      boolean texts = several.get(0) instanceof String;
      attribute.setType(texts ? AttributeType.STRINGS : AttributeType.INTS);
      for (Object one : several) {
        if (one instanceof Long number) {
          attribute.addInts(number);
        } else {
          attribute.addStrings(ByteString.copyFromUtf8((String) one));
        }
      }
    } else {
      throw new IllegalArgumentException(name + " = " + value);
    }
    return attribute.build();
  }
}
