package io.github.torchscribe.benchmarks.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.torchscribe.benchmarks.common.Block;
import io.github.torchscribe.benchmarks.common.Digits;
import io.github.torchscribe.benchmarks.common.Given;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * ONNX Runtime's contender: predictions of networks that PyTorch has exported. What is asked lies
 * in memory of its own beforehand, and answers are written where the last ones lay.
 *
 * <p>Arguments: a workload, threads, the network's file, the folder with MNIST or the file with
 * sentences.
 */
public final class OnnxContender {
  private static final int ASKED = 200;

  private OnnxContender() {}

  /**
   * Runs the benchmark.
   *
   * @param args see above
   * @throws IOException when a file or the process' memory cannot be read
   * @throws OrtException when the network cannot be loaded
   */
  public static void main(String[] args) throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment(); // the process' only one
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Integer.parseInt(args[1]));
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      try (OrtSession session = environment.createSession(args[2], options)) {
        List<Map<String, OnnxTensor>> asked =
            args[0].startsWith("minilm")
                ? sentences(environment, Given.read(Path.of(args[3])), Block.batch(args[0]))
                : images(environment, Digits.read(Path.of(args[3])));
        serve(args[0], environment, session, asked);
      }
    }
  }

  private static void serve(
      String workload,
      OrtEnvironment environment,
      OrtSession session,
      List<Map<String, OnnxTensor>> asked)
      throws IOException, OrtException {
    String name = session.getOutputNames().iterator().next();
    long[] shape = ((TensorInfo) session.getOutputInfo().get(name).getInfo()).getShape();
    FloatBuffer answer =
        room((int) Arrays.stream(shape).reduce(4, Math::multiplyExact)).asFloatBuffer();
    int[] next = {0};
    try (OnnxTensor output = OnnxTensor.createTensor(environment, answer, shape)) {
      Map<String, OnnxTensor> outputs = Map.of(name, output);
      Block.serve(
          workload,
          () -> {
            try {
              session.run(asked.get(next[0]++ % asked.size()), outputs).close();
              return answer.get(0);
            } catch (OrtException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private static List<Map<String, OnnxTensor>> images(OrtEnvironment environment, Digits digits)
      throws OrtException {
    List<Map<String, OnnxTensor>> asked = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      Given image = new Given(new long[] {1, 1, 28, 28}, digits.images()[i], null);
      asked.add(Map.of("input0", tensor(environment, image)));
    }
    return asked;
  }

  private static List<Map<String, OnnxTensor>> sentences(
      OrtEnvironment environment, List<Given> data, int size) throws OrtException {
    List<Map<String, OnnxTensor>> asked = new ArrayList<>();
    for (int from = 0; from < data.get(0).shape()[0]; from += size) {
      Map<String, OnnxTensor> inputs = new TreeMap<>();
      for (int part = 0; part < 3; part++) {
        inputs.put("input" + part, tensor(environment, data.get(part).rows(from, size)));
      }
      asked.add(inputs);
    }
    return asked;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, Given given) throws OrtException {
    if (given.floats() == null) {
      LongBuffer longs = room(given.longs().length * Long.BYTES).asLongBuffer().put(given.longs());
      return OnnxTensor.createTensor(environment, longs.rewind(), given.shape());
    }
    FloatBuffer floats =
        room(given.floats().length * Float.BYTES).asFloatBuffer().put(given.floats());
    return OnnxTensor.createTensor(environment, floats.rewind(), given.shape());
  }

  private static ByteBuffer room(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
