package io.github.torchscribe.runtime.cuda;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Branches;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.cuda.CUDAEvent;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.global.torch_cuda;

/** Branches as streams: parts go to them in turn, the first stays where all began. */
final class CudaBranches implements Branches, AutoCloseable {
  /** Small products leave most of a GPU idle: so many find room beside each other. */
  private static final int STREAMS = 3;

  private final byte device;
  private final List<Side> sides = new ArrayList<>();
  private final Arena arena;
  private CUDAEvent start;
  private CUDAStream main;
  private int parts;

  private record Side(CUDAStream stream, CUDAEvent done) {}

  CudaBranches(byte device) {
    this.device = device;
    arena =
        Arena.filledBy(
            () -> {
              start = new CUDAEvent();
              for (int i = 0; i < STREAMS; i++) {
                sides.add(new Side(torch_cuda.getStreamFromPool(false, device), new CUDAEvent()));
              }
            });
  }

  List<CUDAStream> streams() {
    return sides.stream().map(Side::stream).toList();
  }

  @Override
  public void begin() {
    main = torch_cuda.getCurrentCUDAStream(device);
    start.record(main);
    parts = 0;
  }

  @Override
  public void next() {
    int lane = ++parts % (STREAMS + 1);
    CUDAStream stream = lane == 0 ? main : sides.get(lane - 1).stream;
    if (lane == parts) { // the first part on it
      start.block(stream);
    }
    torch_cuda.setCurrentCUDAStream(stream);
  }

  @Override
  public void join() {
    torch_cuda.setCurrentCUDAStream(main);
    for (int i = 0; i < Math.min(parts, STREAMS); i++) {
      sides.get(i).done.record(sides.get(i).stream);
      sides.get(i).done.block(main);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
