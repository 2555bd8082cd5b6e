package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.Pass;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Buffers for so many examples, which one thread at a time uses; an answer makes no tensor. */
public final class Lane implements AutoCloseable {
  private final Engine engine;
  private final int rows;
  private final Device device;
  private final Pass pass;
  private final Arena arena;
  private Tensor host;
  private Tensor given;
  private Tensor result;
  private Tensor hostResult;
  private FloatPointer numbers;
  private LongPointer indices;
  private FloatPointer outputs;

  Lane(Engine engine, int rows) {
    this.engine = engine;
    this.rows = rows;
    device = engine.device();
    pass = new Pass(engine, false);
    arena = Arena.filledBy(this::allocate);
  }

  /** An example and the room for its output. */
  public interface Query {
    /** Its numbers; null where it consists of indices. */
    float[] numbers();

    /** Its indices; null where it consists of numbers. */
    long[] indices();

    /** Is filled. */
    float[] output();
  }

  private void allocate() {
    TensorSpec input = engine.network().input();
    long[] shape = engine.network().batchOutput(rows);
    int size = Math.toIntExact(Shapes.elements(shape) / rows);
    host = input.empty(rows);
    hostResult = TensorSpec.numbers(size).empty(rows);
    boolean elsewhere = device.type() != Device.Type.CPU;
    given = elsewhere ? device.copy(host) : host;
    result = elsewhere ? device.copy(hostResult).view(shape) : hostResult.view(shape);
    if (input.areIndices()) {
      indices = host.data_ptr_long();
    } else {
      numbers = host.data_ptr_float();
    }
    outputs = hostResult.data_ptr_float();
    pass.keepInput(given);
  }

  int rows() {
    return rows;
  }

  /** Whether the model is still where it was when this was made. */
  boolean fits() {
    return pass.fits();
  }

  /** Answers as many queries as there are rows. */
  void answer(List<? extends Query> queries) {
    Pools.begin();
    try {
      Pools.take(Pools.Need.WORKERS, 1);
      answerInScope(queries);
    } finally {
      Pools.end();
    }
  }

  private void answerInScope(List<? extends Query> queries) {
    PointerScope scope = new PointerScope();
    try {
      for (int i = 0; i < rows; i++) {
        Query query = queries.get(i);
        if (indices == null) {
          numbers.position((long) i * query.numbers().length).put(query.numbers());
        } else {
          indices.position((long) i * query.indices().length).put(query.indices());
        }
      }
      if (given != host) {
        given.copy_(host);
      }
      pass.run(List.of(share -> share.infer(result)));
      if (given != host) {
        hostResult.copy_(result.view(hostResult.sizes()));
      }
      for (int i = 0; i < rows; i++) {
        float[] output = queries.get(i).output();
        outputs.position((long) i * output.length).get(output);
      }
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    pass.close();
    arena.close();
  }
}
