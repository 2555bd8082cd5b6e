package io.github.torchscribe.runtime.cuda;

import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Branches;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.cuda.CUDAAllocator;
import org.bytedeco.pytorch.cuda.CUDAGuard;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.cuda.CUDAStreamGuard;
import org.bytedeco.pytorch.cuda.DeviceAssertionsDataVectorCUDAKernelLaunchInfoVectorPair;
import org.bytedeco.pytorch.cuda.MemPool;
import org.bytedeco.pytorch.cuda.StreamFilter;
import org.bytedeco.pytorch.global.torch_cuda;

/**
 * Records CUDA graphs, as {@code torch.cuda.graph}: on a stream of its own, with a pool of memory
 * of its own. They are launched on the stream that is current, behind what is there.
 *
 * <p>A host that tells a GPU of each kernel takes some microseconds for each, and so longer than
 * the kernels of a small network do; one launch of a graph takes as long as that of one kernel.
 */
final class CudaGraphs implements Recorder {
  private final byte device;
  private Arena arena;
  private CUDAStream stream;
  private CudaBranches branches;

  CudaGraphs(int device) {
    this.device = (byte) device;
  }

  private void begin() {
    if (arena == null) {
      arena = Arena.filledBy(() -> stream = torch_cuda.getStreamFromPool(false, device));
    }
  }

  @Override
  public Branches branches() {
    if (branches == null) {
      branches = new CudaBranches(device);
    }
    return branches;
  }

  @Override
  public void warmUp(Runnable work) {
    begin();
    // Others may have this stream, too: libtorch has 32, which it gives in turn.
    synchronized (CudaGraphs.class) {
      onStream(
          () -> {
            try {
              work.run();
            } finally {
              stream.synchronize();
            }
          });
    }
  }

  /** Works on the stream of its own, behind what the device has been told to do. */
  private void onStream(Runnable work) {
    onDevice(
        () -> {
          torch_cuda.getCurrentCUDAStream(device).synchronize();
          CUDAStreamGuard guard = new CUDAStreamGuard(stream.asStream());
          try {
            work.run();
          } finally {
            guard.close();
          }
        });
  }

  /** Works where new memory and streams are this device's, in a scope. */
  private void onDevice(Runnable work) {
    Arena.during(
        () -> {
          CUDAGuard guard = new CUDAGuard(device);
          try {
            work.run();
          } finally {
            guard.close();
          }
        });
  }

  @Override
  public Recording record(Runnable work) {
    begin();
    Graph graph = new Graph();
    try {
      onStream(() -> graph.record(work));
      return graph;
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (arena != null) {
      arena.close();
      arena = null;
    }
    if (branches != null) {
      branches.close();
      branches = null;
    }
  }

  private static void require(int code, String what) {
    if (code != cudart.cudaSuccess) {
      cudart.cudaGetLastError(); // else the next operation of libtorch would be told of it
      throw new NotRecorded(what + ": " + cudart.cudaGetErrorString(code).getString());
    }
  }

  /** Allocations on some streams alone are the recording's; other threads have others. */
  private static final class Only extends StreamFilter {
    private final Set<Long> addresses = new HashSet<>();

    Only(CUDAStream first, List<CUDAStream> others) {
      addresses.add(first.stream().address());
      others.forEach(other -> addresses.add(other.stream().address()));
    }

    @Override
    public boolean call(Pointer stream) {
      return stream != null && addresses.contains(stream.address());
    }
  }

  /** A graph, and the memory that its work has taken. */
  private final class Graph implements Recording {
    private final Arena owned;
    private MemPool pool;
    private DeviceAssertionsDataVectorCUDAKernelLaunchInfoVectorPair id;
    private CUgraph_st graph;
    private CUgraphExec_st launched;
    private Only filter;
    private boolean hasPool;

    Graph() {
      owned =
          Arena.filledBy(
              () -> {
                CUDAGuard there = new CUDAGuard(device);
                pool = new MemPool();
                id = pool.id();
                // JavaCPP takes it for another pair, and would free what that has.
                id.retainReference();
                PointerScope.getInnerScope().detach(id);
                id.deallocate(false);
                there.close();
                graph = new CUgraph_st();
                launched = new CUgraphExec_st();
                filter = new Only(stream, branches == null ? List.of() : branches.streams());
              });
    }

    private void record(Runnable work) {
      CUDAAllocator allocator = torch_cuda.getAllocator();
      // One at a time: the allocator has one list of who records.
      synchronized (CudaGraphs.class) {
        allocator.beginAllocateToPool(device, id, filter);
        hasPool = true;
        try {
          capture(work);
        } finally {
          allocator.endAllocateToPool(device, id);
        }
      }
      require(cudart.cudaGraphInstantiate(launched, graph, 0), "CUDA made no graph of it");
    }

    private void capture(Runnable work) {
      int mode = cudart.cudaStreamCaptureModeThreadLocal; // other threads may wait meanwhile
      require(cudart.cudaStreamBeginCapture(stream.stream(), mode), "CUDA records nothing");
      try {
        Arena.during(work);
      } catch (RuntimeException | Error e) {
        cudart.cudaStreamEndCapture(stream.stream(), graph);
        cudart.cudaGetLastError(); // else the next operation of libtorch would be told of it
        if (e instanceof RuntimeException failure && !(e instanceof NotRecorded)) {
          throw refused(failure);
        }
        throw e;
      }
      require(cudart.cudaStreamEndCapture(stream.stream(), graph), "CUDA recorded nothing");
    }

    private NotRecorded refused(RuntimeException e) {
      String text = String.valueOf(e.getMessage());
      int end = text.indexOf('\n');
      return new NotRecorded(end < 0 ? text : text.substring(0, end), e);
    }

    @Override
    public void replay() {
      Arena.during(this::launch);
    }

    private void launch() {
      CUstream_st current = torch_cuda.getCurrentCUDAStream(device).stream();
      int code = cudart.cudaGraphLaunch(launched, current);
      if (code != cudart.cudaSuccess) {
        throw new IllegalStateException(
            "CUDA could not launch a graph: " + cudart.cudaGetErrorString(code).getString());
      }
    }

    @Override
    public void close() {
      onDevice(this::end);
      owned.close();
    }

    private void end() {
      torch_cuda.getCurrentCUDAStream(device).synchronize(); // it may still be at work
      if (!launched.isNull()) {
        cudart.cudaGraphExecDestroy(launched);
      }
      if (!graph.isNull()) {
        cudart.cudaGraphDestroy(graph);
      }
      if (hasPool) {
        torch_cuda.getAllocator().releasePool(device, id);
      }
    }
  }
}
