package io.github.torchscribe.runtime.data;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.pytorch.DeviceGuardImplInterface;
import org.bytedeco.pytorch.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A stream of a GPU's for copies, and events that say what has come to where. They are asked for as
 * libtorch does it for devices of any kind, so that none of CUDA's classes is needed.
 */
final class CopyStream implements Transfer {
  private final byte index;
  private final Arena arena;
  private DeviceGuardImplInterface streams;
  private org.bytedeco.pytorch.Device device;
  private Stream stream;
  private Event[] copied;
  private Event[] released;

  /** A stream that nothing has been copied on. */
  CopyStream(Device where, int slots) {
    index = (byte) where.index();
    arena =
        Arena.filledBy(
            () -> {
              streams = torch.getDeviceGuardImpl(torch.DeviceType.CUDA);
              device = new org.bytedeco.pytorch.Device(torch.DeviceType.CUDA, index);
              stream =
                  streams.getStreamFromGlobalPool(device, true); // no graph is recorded on these
              copied = events(slots);
              released = events(slots);
            });
  }

  private Event[] events(int count) {
    Event[] all = new Event[count];
    for (int i = 0; i < count; i++) {
      all[i] = new Event();
    }
    return all;
  }

  /** A place in what a stream is told. */
  private final class Event {
    private final PointerPointer<Pointer> handle = new PointerPointer<>(1);

    Event() {
      handle.put(0, (Pointer) null);
    }

    void record(Stream on) {
      streams.record(handle, on, index, torch.EventFlag.PYTORCH_DEFAULT);
    }

    /** Nothing is waited for that has never been recorded. */
    void block(Stream on) {
      streams.block(handle.get(0), on);
    }

    void await() {
      streams.synchronizeEvent(handle.get(0));
    }

    void close() {
      streams.destroyEvent(handle.get(0), index);
    }
  }

  @Override
  public Tensor room(Tensor like) {
    return like.pin_memory();
  }

  @Override
  public void awaitCopied(int slot) {
    Arena.during(() -> copied[slot].await());
  }

  @Override
  public void copy(int slot, Runnable work) {
    Arena.during(
        () -> {
          Stream before = streams.exchangeStream(stream);
          try {
            released[slot].block(stream);
            work.run();
            copied[slot].record(stream);
          } finally {
            streams.exchangeStream(before);
          }
        });
  }

  @Override
  public void receive(int slot) {
    Arena.during(() -> copied[slot].block(streams.getStream(device)));
  }

  @Override
  public void release(int slot) {
    Arena.during(() -> released[slot].record(streams.getStream(device)));
  }

  @Override
  public void close() {
    Arena.during(
        () -> {
          streams.synchronizeStream(stream);
          for (int i = 0; i < copied.length; i++) {
            copied[i].close();
            released[i].close();
          }
        });
    arena.close();
  }
}
