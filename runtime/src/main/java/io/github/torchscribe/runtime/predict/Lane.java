package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.cuda.Recorder;
import io.github.torchscribe.runtime.cuda.Replay;
import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.engine.Pass;
import io.github.torchscribe.runtime.generated.QuantizedWeights;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.generated.StatedOutput;
import io.github.torchscribe.runtime.process.Pools;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
  private final List<Room> inputs = new ArrayList<>();
  private final List<Result> outputs = new ArrayList<>();
  private final Optional<Recorder> recorder;
  private final Optional<Replay> replay;
  private final QuantizedWeights quantized;
  private final long changes;
  private final List<Consumer<Share>> phases = List.of(this::infer);

  /** The outputs on a device that is not the host; null where there is none. */
  private Tensor[] onDevice;

  /**
   * No answer yet.
   *
   * @param engine of the model
   * @param rows how many examples it answers at once
   * @param quantized weights in 8 bits; null where products compute in 32-bit floats
   */
  Lane(Engine engine, int rows, QuantizedWeights quantized) {
    this.engine = engine;
    this.rows = rows;
    device = engine.device();
    this.quantized = quantized;
    changes = engine.changes();
    pass = new Pass(engine, false);
    if (quantized != null) {
      quantized.areOf(changes);
      pass.quantize(quantized);
    }
    arena = Arena.filledBy(this::allocate);
    recorder = engine.recorder();
    replay =
        recorder.map(it -> new Replay(it, "predictions of " + engine.network().name(), this::work));
  }

  private void work() {
    pass.run(phases);
  }

  private void infer(Share share) {
    if (onDevice != null) {
      share.infer(onDevice);
      return;
    }
    Tensor[] given = share.answer();
    for (int i = 0; i < given.length; i++) {
      outputs.get(i).take(given[i]);
    }
  }

  /** An example and the room for its outputs. */
  public interface Query {
    /** The numbers of one of its inputs; null where that consists of indices. */
    float[] numbers(int input);

    /** The indices of one of its inputs; null where that consists of numbers. */
    long[] indices(int input);

    /** Is filled. */
    float[] output(int which);
  }

  /**
   * An input in the host's memory and on the device, which are one where the device is the CPU.
   *
   * @param numbers leads into the host's, where they are numbers
   * @param indices leads into the host's, where they are indices
   */
  private record Room(Tensor host, Tensor device, FloatPointer numbers, LongPointer indices) {
    static Room of(Tensor host, Device device, boolean areIndices) {
      return new Room(
          host,
          device.type() == Device.Type.CPU ? host : device.copy(host),
          areIndices ? null : host.data_ptr_float(),
          areIndices ? host.data_ptr_long() : null);
    }

    void put(int row, Query query, int input) {
      if (indices == null) {
        float[] some = query.numbers(input);
        numbers.position((long) row * some.length).put(some);
      } else {
        long[] some = query.indices(input);
        indices.position((long) row * some.length).put(some);
      }
    }

    void toDevice() {
      if (device != host) {
        device.copy_(host);
      }
    }
  }

  private void allocate() {
    Signature signature = engine.network().signature();
    for (int i = 0; i < signature.inputs().size(); i++) {
      TensorSpec input = signature.inputs().get(i);
      inputs.add(Room.of(input.empty(rows), device, input.areIndices()));
    }
    boolean isHost = device.type() == Device.Type.CPU;
    boolean isWrittenOut = engine.network().isRecorded() && !engine.network().usesAutograd();
    List<Tensor> hosts = new ArrayList<>();
    for (StatedOutput output : signature.outputs()) {
      Tensor host = TensorSpec.numbers(output.shape()).empty(rows);
      hosts.add(host);
      outputs.add(new Result(host, isHost && isWrittenOut));
    }
    onDevice = isHost ? null : hosts.stream().map(device::copy).toArray(Tensor[]::new);
    pass.keepInputs(inputs.stream().map(Room::device).toArray(Tensor[]::new));
  }

  int rows() {
    return rows;
  }

  /**
   * Whether the model is still where it was when this was made, and what it was made for is so.
   *
   * @param wanted weights in 8 bits, of the model as it is now; or null
   */
  boolean fits(QuantizedWeights wanted) {
    return pass.fits() && quantized == wanted && (wanted == null || changes == engine.changes());
  }

  /** Answers as many queries as there are rows. */
  void answer(List<? extends Query> queries) {
    Pools.begin();
    try {
      pass.renew();
      pass.takeCores();
      answerInScope(queries);
    } finally {
      Pools.end();
    }
  }

  private void answerInScope(List<? extends Query> queries) {
    PointerScope scope = new PointerScope();
    try {
      for (int input = 0; input < inputs.size(); input++) {
        Room room = inputs.get(input);
        for (int i = 0; i < rows; i++) {
          room.put(i, queries.get(i), input);
        }
        room.toDevice();
      }
      if (replay.isPresent()) {
        replay.get().run();
      } else {
        work();
      }
      for (int output = 0; output < outputs.size(); output++) {
        Result result = outputs.get(output);
        if (onDevice != null) {
          result.take(onDevice[output]);
        }
        for (int i = 0; i < rows; i++) {
          result.get(i, queries.get(i).output(output));
        }
      }
    } finally {
      scope.close();
    }
  }

  @Override
  public void close() {
    replay.ifPresent(Replay::close);
    recorder.ifPresent(Recorder::close);
    pass.close();
    arena.close();
  }
}
