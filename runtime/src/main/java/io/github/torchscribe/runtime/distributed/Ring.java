package io.github.torchscribe.runtime.distributed;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;

/** The connections between the ranks, and what is sent over them: Gloo's, as libtorch has it. */
final class Ring implements Link {
  private static final String LOOPBACK = "127.0.0.1";

  /** Ranks have just said that they are there; Gloo does not listen while it connects. */
  static final long CONNECTING = 10_000;

  /** Who waits knows when to end that, and says for whom it waited, before Gloo says anything. */
  private static final long LATER = 5_000;

  /**
   * What cannot be freed: Gloo would wait for what others do not send any more, for as long as its
   * time-out.
   */
  private static final List<PointerScope> ABANDONED = new ArrayList<>();

  private final PointerScope scope;
  private ProcessGroupGloo gloo;
  private final Queue<Work> pending = new ArrayDeque<>();
  private boolean stuck;

  /**
   * Connects with all others.
   *
   * @param store of this alone: libtorch aborts the process where two of its objects share one
   * @param address that others reach this process at
   * @param millis how long Gloo waits for others
   */
  Ring(Store store, Place place, String address, long millis) {
    scope = new PointerScope();
    try {
      ProcessGroupGloo.Options options =
          ProcessGroupGloo.Options.create(new Milliseconds(Math.min(millis, CONNECTING)));
      options.devices(
          new GlooDeviceVector(
              place.networkInterface().isPresent()
                  ? ProcessGroupGloo.createDeviceForInterface(
                      place.networkInterface().get().split(",")[0].trim())
                  : ProcessGroupGloo.createDeviceForHostname(address)));
      options.threads(1);
      gloo =
          new ProcessGroupGloo(
              new PrefixStore("gloo", store.clone()), place.rank(), place.size(), options);
      gloo.setTimeout(new Milliseconds(millis + LATER));
      scope.extend();
    } finally {
      scope.close();
    }
  }

  /** What others reach a process at: the address of the way to where the store is. */
  static String address(Optional<Place.Host> master) {
    if (master.isEmpty()) {
      return LOOPBACK;
    }
    try {
      InetAddress there = InetAddress.getByName(master.get().name());
      if (there.isLoopbackAddress()) {
        return LOOPBACK;
      }
      try (DatagramSocket socket = new DatagramSocket()) { // sends nothing
        socket.connect(new InetSocketAddress(there, master.get().port()));
        return socket.getLocalAddress().getHostAddress();
      }
    } catch (UnknownHostException | SocketException e) {
      throw new GroupException(
          "there is no way from here to " + master.get() + ", where the group's store is", e);
    }
  }

  @Override
  public void sum(Tensor numbers) {
    pending.add(gloo.allreduce(new TensorVector(numbers)));
  }

  @Override
  public void broadcast(Tensor numbers, int from) {
    pending.add(gloo.broadcast(new TensorVector(numbers), new BroadcastOptions().rootRank(from)));
  }

  /**
   * {@inheritDoc} Not by {@code _allgather_base}, which copies it all twice, to memory as large as
   * all parts: 5 million floats take a third of the time so.
   */
  @Override
  public void spread(List<Tensor> parts) {
    for (int rank = 0; rank < parts.size(); rank++) {
      if (parts.get(rank).numel() > 0) {
        broadcast(parts.get(rank), rank);
      }
    }
  }

  @Override
  public boolean isDone(long millis) {
    Milliseconds slice = new Milliseconds(millis);
    while (!pending.isEmpty()) {
      Work next = pending.peek();
      try {
        next._wait(slice);
      } catch (RuntimeException e) {
        if (!next.isCompleted()) {
          return false;
        }
        next._wait(); // done meanwhile, or it throws once more
      }
      pending.remove();
    }
    return true;
  }

  @Override
  public void giveUp() {
    stuck = pending.stream().anyMatch(work -> !work.isCompleted());
    pending.clear();
  }

  /** Frees all, unless something was begun that has not come to its end. */
  @Override
  public void close() {
    if (stuck) {
      synchronized (ABANDONED) {
        ABANDONED.add(scope);
      }
    } else {
      gloo.shutdown();
      scope.deallocate();
    }
  }
}
