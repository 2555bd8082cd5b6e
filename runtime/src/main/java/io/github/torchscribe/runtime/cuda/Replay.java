package io.github.torchscribe.runtime.cuda;

import io.github.torchscribe.runtime.torch.Arena;
import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * Work that is the same each time: done some times, then recorded, and replayed from then on. Where
 * it cannot be recorded it is done each time, as if nothing had been tried.
 */
public final class Replay implements AutoCloseable {
  /** As many as PyTorch advises: cuBLAS, cuDNN and autotuning make something ready in them. */
  private static final int WARM_UPS = 3;

  private final Recorder recorder;
  private final String what;
  private final Runnable work;
  private int done;
  private boolean givenUp;
  private Recorder.Recording recording;

  /**
   * Nothing has been done yet.
   *
   * @param recorder of the device
   * @param what is done, for a message: "training steps of Mlp"
   * @param work the same each time
   */
  public Replay(Recorder recorder, String what, Runnable work) {
    this.recorder = recorder;
    this.what = what;
    this.work = work;
  }

  /** Does it once more. */
  public void run() {
    if (recording == null && !givenUp) {
      if (done < WARM_UPS) {
        done++;
        recorder.warmUp(work);
        return;
      }
      record();
    }
    if (recording == null) {
      Arena.during(work);
    } else {
      recording.replay();
    }
  }

  private void record() {
    NotRecorded.records(true);
    try {
      recording = recorder.record(work);
      log(Level.DEBUG, "%s are replayed as a CUDA graph", what);
    } catch (NotRecorded e) {
      givenUp = true;
      log(
          Level.INFO,
          "%s are not replayed as a CUDA graph: %s; they are done one operation at a time, which"
              + " takes longer and gives the same",
          what,
          e.getMessage());
    } finally {
      NotRecorded.records(false);
    }
  }

  private static void log(Level level, String text, Object... what) {
    System.Logger logger = System.getLogger(Replay.class.getName());
    if (logger.isLoggable(level)) {
      logger.log(level, String.format(Locale.ROOT, text, what));
    }
  }

  /** Whether it is replayed. */
  public boolean isRecorded() {
    return recording != null;
  }

  /** Frees the recording; the work is done anew from the beginning. */
  @Override
  public void close() {
    if (recording != null) {
      recording.close();
      recording = null;
    }
    done = 0;
    givenUp = false;
  }
}
