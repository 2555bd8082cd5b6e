package io.github.torchscribe.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.torchscribe.onnx.proto.OnnxProto.TensorProto;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The numbers of tensors as the format has them. */
final class Numbers {
  private Numbers() {}

  static TensorProto.DataType type(Tensor tensor) {
    return tensor.scalar_type().intern() == torch.ScalarType.Long
        ? TensorProto.DataType.INT64
        : TensorProto.DataType.FLOAT;
  }

  /** A contiguous tensor's memory, which is not copied. */
  static ByteString bytes(Tensor tensor) {
    long size = tensor.numel() * tensor.element_size();
    return UnsafeByteOperations.unsafeWrap(
        new BytePointer(tensor.data_ptr()).capacity(size).asByteBuffer());
  }
}
