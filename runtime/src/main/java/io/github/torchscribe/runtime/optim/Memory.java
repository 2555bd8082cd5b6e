package io.github.torchscribe.runtime.optim;

import io.github.torchscribe.runtime.file.State;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Peers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What an optimizer remembers of each parameter: of all of them, or, where peers share that among
 * them, of this rank's part.
 */
final class Memory implements AutoCloseable {
  private Kept kept = Kept.none();
  private Peers peers = Peers.NONE;
  private long size; // of all parameters, once a step has been done

  /** Whether all parameters are this rank's. */
  boolean isWhole() {
    return peers.size() == 1;
  }

  boolean isNothing() {
    return kept.isNothing();
  }

  /** Of how many parameters something is remembered. */
  long length() {
    return isNothing() ? 0 : own(size).size();
  }

  /** Is another one where something else is remembered. */
  Arena arena() {
    return kept.arena();
  }

  /**
   * Makes tensors that hold 0, unless there are some.
   *
   * @param parameters all
   * @param needed how many tensors
   * @param first fills them
   */
  void begin(Tensor parameters, int needed, Consumer<List<Tensor>> first) {
    size = parameters.numel();
    if (isNothing() && needed > 0) {
      Tensor mine = own(size).of(parameters);
      Kept fresh =
          Kept.of(() -> Stream.generate(() -> torch.zeros_like(mine)).limit(needed).toList());
      first.accept(fresh.tensors());
      keep(fresh);
    }
  }

  /** This rank's part of so many parameters. */
  Stretch own(long all) {
    return Stretch.part(all, peers.rank(), peers.size());
  }

  /** What is remembered of some parameters, which are this rank's. */
  List<Tensor> of(Stretch some) {
    return of(some, kept);
  }

  /** The same of other tensors, which are as long as what is remembered. */
  List<Tensor> of(Stretch some, Kept others) {
    Stretch own = own(size);
    return some.equals(own)
        ? others.tensors()
        : others.tensors().stream().map(some.from(own.offset())::of).toList();
  }

  /** Gives all ranks what each has of all parameters' values, or whatever else is as long. */
  void spread(Tensor all) {
    if (!isWhole()) {
      peers.spread(
          Stretch.parts(all.numel(), peers.size()).stream().map(it -> it.of(all)).toList());
    }
  }

  /**
   * Remembers from now on what is this rank's part among others.
   *
   * @return whether what was remembered holds: a part says nothing of another
   */
  boolean divide(Peers among) {
    boolean wasWhole = isWhole();
    peers = among;
    if (isNothing() || wasWhole && isWhole()) {
      return true;
    }
    if (wasWhole) {
      Stretch own = own(size);
      keep(Kept.of(() -> kept.tensors().stream().map(all -> own.of(all).clone()).toList()));
      return true;
    }
    keep(Kept.none());
    return false;
  }

  /**
   * Gives this rank's part to one that saves, and has no room for those of others: what they tell
   * goes over what others have told.
   */
  void tell() {
    if (isWhole()) {
      return;
    }
    List<Stretch> parts = Stretch.parts(size, peers.size());
    long longest = parts.stream().mapToLong(Stretch::size).max().orElseThrow();
    for (Tensor mine : kept.tensors()) {
      Tensor others = torch.empty(new long[] {longest}, mine.options(), null);
      List<Tensor> told = new ArrayList<>();
      parts.forEach(part -> told.add(others.narrow(0, 0, part.size())));
      told.set(peers.rank(), mine);
      peers.spread(told);
    }
  }

  /** Puts copies of all into a state; the other ranks do so, too, or {@link #tell}. */
  void save(State state) {
    for (int i = 0; i < kept.tensors().size(); i++) {
      state.put("memory." + i, whole(kept.tensors().get(i)));
    }
  }

  private Tensor whole(Tensor part) {
    Tensor copy = Device.cpu().duplicate(part);
    if (isWhole()) {
      return copy;
    }
    Tensor all = torch.empty(size);
    own(size).of(all).copy_(copy);
    spread(all);
    return all;
  }

  /** Goes on from a state: takes what is this rank's. */
  void restore(State state, Device device) throws IOException {
    List<Tensor> saved = new ArrayList<>();
    long all = 0;
    for (int i = 0; state.has("memory." + i); i++) {
      Tensor tensor = state.tensor("memory." + i);
      all = tensor.numel();
      saved.add(own(all).of(tensor));
    }
    size = all;
    keep(Kept.copies(saved, device));
  }

  /** The same on a device; this stays as it is, if that fails. */
  Kept copies(Device device) {
    return Kept.copies(kept.tensors(), device);
  }

  /** Remembers other tensors of the same parameters. */
  void keep(Kept other) {
    kept.close();
    kept = other;
  }

  @Override
  public void close() {
    kept.close();
  }
}
