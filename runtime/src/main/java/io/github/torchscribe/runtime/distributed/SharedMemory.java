package io.github.torchscribe.runtime.distributed;

import io.github.torchscribe.runtime.process.Pause;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * The ranks of one machine by memory that they share: without a system call, and nothing listens.
 *
 * <p>Tensors go through it block by block, each small enough to stay in the processor's caches. A
 * rank writes what it has into a place of its own, adds up its part of what is in all ranks'
 * places, and reads what has come of it. It waits for the others only where it needs what they
 * have, and has some places: it writes the next block while others still read the last.
 */
final class SharedMemory implements Link {
  /** What a rank says of itself: how many blocks it has written, added up and read. */
  private static final int WRITTEN = 0;

  private static final int ADDED = 1;
  private static final int READ = 2;

  /** And behind these for each place what is being done. */
  private static final int DOING = 3;

  /** How long one looks again at once, or whenever others have had the core. */
  private static final long AWAKE = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long NAP = TimeUnit.MICROSECONDS.toNanos(50);

  private final SharedFile file;
  private final int rank;
  private final int size;
  private final SharedPlaces places;
  private Passage doing;
  private long first;
  private long written;
  private long added;
  private long read;

  private SharedMemory(SharedFile file, Place place) {
    this.file = file;
    rank = place.rank();
    size = place.size();
    places = new SharedPlaces(file.blocks(), rank, size);
  }

  /**
   * Where all ranks are on one machine, and find the same memory.
   *
   * @param tell tells all ranks a text, and returns what each has said
   * @return empty where they are not, on each rank
   */
  static Optional<Link> between(Place place, Function<String, String[]> tell) {
    long blocks = SharedPlaces.bytes(place.size());
    SharedFile file = null;
    boolean isCommon = false;
    try {
      if (place.rank() == 0) {
        file = place.sharesMemory() ? offered(place, blocks) : null;
      }
      String offer = tell.apply(file == null ? "" : file.name())[0];
      if (offer.isEmpty()) {
        return Optional.empty();
      }
      if (place.rank() > 0) {
        file = place.sharesMemory() ? found(offer, place, blocks) : null;
      }
      String[] found = tell.apply(file == null ? "" : "found");
      isCommon = List.of(found).stream().noneMatch(String::isEmpty);
      return isCommon ? Optional.of(new SharedMemory(file, place)) : Optional.empty();
    } finally {
      if (file != null && place.rank() == 0) {
        file.unname();
      }
      if (file != null && !isCommon) {
        file.close();
      }
    }
  }

  private static SharedFile offered(Place place, long blocks) {
    try {
      return SharedFile.made(place.size(), blocks);
    } catch (IOException e) {
      return null; // no room for it, as in a container that has little of such memory
    }
  }

  private static SharedFile found(String offer, Place place, long blocks) {
    try {
      return SharedFile.of(offer, place.rank(), place.size(), blocks);
    } catch (IOException e) {
      return null; // it is on another machine, or in another container
    }
  }

  @Override
  public void sum(Tensor numbers) {
    doing = new SharedSum(places, numbers);
  }

  @Override
  public void broadcast(Tensor numbers, int from) {
    doing = new SharedParts(places, numbers, from);
  }

  @Override
  public void spread(List<Tensor> parts) {
    doing = new SharedParts(places, parts);
  }

  @Override
  public boolean isDone(long millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long idleSince = 0;
    int pauses = 0;
    long end = first + doing.blocks();
    while (read < end) {
      if (goOn(end)) {
        pauses = 0;
        continue;
      }
      long now = System.nanoTime();
      idleSince = pauses == 0 ? now : idleSince;
      if (now >= until) {
        requireAllThere(end);
        return false;
      }
      rest(pauses++, now - idleSince);
    }
    first = end;
    giveUp();
    return true;
  }

  /** Does what can be done now. */
  private boolean goOn(long end) {
    boolean moved = false;
    if (written < end && least(READ) > written - SharedPlaces.PLACES) {
      doing.write(written - first, place(written));
      file.number(rank, DOING + place(written), doing.what());
      file.number(rank, WRITTEN, ++written);
      moved = true;
    }
    if (added < written && least(WRITTEN) > added) {
      requireSame(place(added));
      doing.add(added - first, place(added));
      file.number(rank, ADDED, ++added);
      moved = true;
    }
    if (read < added && least(ADDED) > read) {
      doing.read(read - first, place(read));
      file.number(rank, READ, ++read);
      moved = true;
    }
    return moved;
  }

  private static int place(long block) {
    return (int) (block % SharedPlaces.PLACES);
  }

  /** How many blocks all ranks have come to. */
  private long least(int which) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, file.number(i, which));
    }
    return least;
  }

  private static void rest(int pauses, long idle) {
    if (idle < AWAKE) {
      Pause.after(pauses);
    } else {
      LockSupport.parkNanos(NAP);
    }
  }

  /** Else numbers of one thing would be taken for those of another. */
  private void requireSame(int place) {
    for (int i = 0; i < size; i++) {
      long what = file.number(i, DOING + place);
      if (what != doing.what()) {
        throw new GroupException(
            "rank "
                + rank
                + " is "
                + Passage.named(doing.what())
                + ", but rank "
                + i
                + " is "
                + Passage.named(what)
                + (Passage.named(what).equals(Passage.named(doing.what())) ? ", otherwise" : "")
                + ": all ranks must do the same in the same order, with tensors of the same"
                + " length and type");
      }
    }
  }

  /** The memory stays when a process dies; nobody would notice. */
  private void requireAllThere(long end) {
    for (int i = 0; i < size; i++) {
      if (i != rank && file.number(i, ADDED) < end && file.isGone(i)) {
        throw new IllegalStateException("the process of rank " + i + " has ended");
      }
    }
  }

  @Override
  public void giveUp() {
    doing = null;
  }

  @Override
  public void close() {
    places.close();
    file.close();
  }
}
