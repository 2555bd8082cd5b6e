package io.github.torchscribe.runtime.cuda;

import io.github.torchscribe.runtime.torch.Branches;
import io.github.torchscribe.runtime.torch.Device;
import java.util.Optional;

/** Records what a device is told to do, so that it can be told again at once. */
public interface Recorder extends AutoCloseable {
  /** The setting that says whether anything is recorded. */
  String SETTING = "torchscribe.graphs";

  /**
   * What records on a device.
   *
   * @return empty on the processor, which gains nothing by it, and where {@code
   *     -Dtorchscribe.graphs=off} says so; {@code emulated}, for tests, does on the processor each
   *     time what a GPU would replay
   */
  static Optional<Recorder> of(Device device) {
    String setting = System.getProperty(SETTING, "on");
    if (setting.equals("off")) {
      return Optional.empty();
    }
    if (device.type() == Device.Type.CUDA) {
      return Optional.of(new CudaGraphs(device.index()));
    }
    return setting.equals("emulated") ? Optional.of(new Emulation()) : Optional.empty();
  }

  /**
   * Does work where it will be recorded: what libtorch makes ready at a first time must be there.
   */
  void warmUp(Runnable work);

  /**
   * Records work without doing it. Whatever it allocates and frees is at hand in each replay.
   *
   * @param work the same each time: it waits for nothing and reads no number
   * @return to be closed before what the work uses is freed
   * @throws NotRecorded when it cannot be
   */
  Recording record(Runnable work);

  /** Ways on which parts of work that is recorded go beside each other. */
  Branches branches();

  /** Frees what it records with, once all recordings are closed. */
  @Override
  void close();

  /** Work that has been recorded. */
  interface Recording extends AutoCloseable {
    /** Has it done, behind all that the device has been told to do, and does not wait for it. */
    void replay();

    @Override
    void close();
  }
}
