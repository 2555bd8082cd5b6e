package io.github.torchscribe.processor;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.Tensors;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A file in ONNX Runtime, on one core. */
final class InOnnxRuntime implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
  private final OrtSession session;

  InOnnxRuntime(Path file) throws OrtException {
    options.setIntraOpNumThreads(1);
    session = ENVIRONMENT.createSession(file.toString(), options);
  }

  /** What it says of itself. */
  OrtSession session() {
    return session;
  }

  /** The shape of an input or output, with −1 for the batch. */
  static long[] shape(NodeInfo info) {
    return ((TensorInfo) info.getInfo()).getShape();
  }

  /** Runs it; a single input or output has no name here. */
  Tensors run(Tensors inputs) throws OrtException {
    Map<String, OnnxTensor> given = new HashMap<>();
    try {
      List<String> names = List.copyOf(session.getInputNames());
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        given.put(name, given(names.size() == 1 ? inputs.only() : inputs.get(name)));
      }
      try (OrtSession.Result results = session.run(given)) {
        List<String> named = new ArrayList<>();
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, OnnxValue> result : results) {
          named.add(result.getKey());
          tensors.add(tensor((OnnxTensor) result.getValue()));
        }
        return named.size() == 1 ? Tensors.of(tensors.get(0)) : Tensors.of(named, tensors);
      }
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor given(Tensor tensor) throws OrtException {
    Tensor values = tensor.cpu().contiguous();
    long[] shape = Shapes.of(values);
    if (values.scalar_type().intern() == torch.ScalarType.Long) {
      return OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(Longs.of(values)), shape);
    }
    FloatPointer numbers = new FloatPointer(values.data_ptr()).capacity(values.numel());
    float[] floats = new float[(int) values.numel()];
    numbers.get(floats);
    return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(floats), shape);
  }

  private static Tensor tensor(OnnxTensor values) {
    FloatBuffer buffer = values.getFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return torch.tensor(floats).view(values.getInfo().getShape());
  }

  @Override
  public void close() throws OrtException {
    session.close();
    options.close();
  }
}
