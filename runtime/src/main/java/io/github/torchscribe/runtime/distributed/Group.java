package io.github.torchscribe.runtime.distributed;

import io.github.torchscribe.runtime.process.Native;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Peers;
import io.github.torchscribe.runtime.torch.Shapes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Processes that train one model together, each on its part of every batch, on one machine or many.
 * Each runs the same program, and has a rank; what is written, logged and drawn is rank 0's.
 *
 * <pre>{@code
 * try (Group group = Group.fromEnvironment()) { // alone: a group of one
 *   Trainer.of(model).distributed(group).checkpoints(Checkpoints.in(folder)).resume().run(train, test);
 * }
 * }</pre>
 *
 * <p>Who starts them says by variables of the environment which is which: {@code torchscribe-run}
 * on one machine, torchrun, Kubeflow, or who sets {@code RANK}, {@code WORLD_SIZE}, {@code
 * MASTER_ADDR} and {@code MASTER_PORT} by hand. What is sent is neither encrypted nor asks who
 * sends it: groups are for networks that one can trust.
 *
 * <p>A group is for one thread at a time. A process is in one group after the other, all ranks in
 * as many.
 *
 * <p>No rank waits for ever. Where one fails, goes or does something else than the others, all end
 * with a {@link GroupException} that says which; after that a group is of no more use.
 */
public final class Group implements Peers, AutoCloseable {
  /** How long ranks wait for each other unless something else is said. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private static final String ALONE = "alone";

  /** How many groups of the environment this process has been in. */
  private static final AtomicInteger GROUPS = new AtomicInteger();

  private final int rank;
  private final int size;
  private final Company company;

  private Group() {
    rank = 0;
    size = 1;
    company = null;
  }

  private Group(Place place, Company company) {
    rank = place.rank();
    size = place.size();
    this.company = company;
  }

  /**
   * The group that the process was started for; a group of one where it was started alone. Waits
   * for all ranks, and sees to it that they belong together.
   *
   * @return to be closed, when all is done
   * @throws GroupException when a rank has not come in five minutes, or in as many seconds as
   *     {@code TORCHSCRIBE_TIMEOUT} says; or one is another version's, or of a group of another
   *     size
   * @throws IllegalArgumentException when variables are missing or do not fit together
   */
  public static Group fromEnvironment() {
    OptionalInt seconds = Place.seconds(System.getenv());
    return fromEnvironment(seconds.isPresent() ? Duration.ofSeconds(seconds.getAsInt()) : TIMEOUT);
  }

  /**
   * The same.
   *
   * @param timeout how long a rank waits for others, now and in each step: longer than the longest
   *     that any of them does something by itself, as evaluating or reading data
   * @return to be closed, when all is done
   * @throws GroupException as {@link #fromEnvironment()}
   * @throws IllegalArgumentException also when the time-out is not above 0
   */
  public static Group fromEnvironment(Duration timeout) {
    requireTime(timeout);
    LauncherWatch.begin();
    Optional<Place> place = Place.in(System.getenv());
    return place.isEmpty() ? new Group() : of(place.get().next(GROUPS.getAndIncrement()), timeout);
  }

  static Group of(Place place, Duration timeout) {
    Native.load();
    Patience patience = new Patience(timeout, place.rank());
    Store[] opened = new Store[1];
    Arena stores = Arena.filledBy(() -> opened[0] = Stores.of(place, patience));
    return met(place, opened[0], stores, timeout);
  }

  /**
   * A group of processes that can tell each other something already, such as the tasks of a Spark
   * stage: rank 0 chooses a free port and tells it, so that no port must be known before.
   *
   * @param rank of this process, from 0
   * @param size how many there are, at least 1
   * @param host a name or an address at which others reach this process
   * @param tellAll is given what rank 0 says, and an empty text by others, and returns on each what
   *     rank 0 said
   * @param timeout how long a rank waits for others
   * @return to be closed, when all is done
   * @throws GroupException as {@link #fromEnvironment()}
   * @throws IllegalArgumentException when there is no such rank, or the time-out is not above 0
   */
  public static Group meet(
      int rank, int size, String host, UnaryOperator<String> tellAll, Duration timeout) {
    requireTime(timeout);
    if (size < 1 || rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "a group of " + size + " has no rank " + rank + ": ranks go from 0 to the size − 1");
    }
    if (size == 1) {
      return new Group();
    }
    Native.load();
    Patience patience = new Patience(timeout, rank);
    TCPStore[] opened = new TCPStore[1];
    Arena server =
        Arena.filledBy(() -> opened[0] = rank == 0 ? Stores.server(new Place.Host(host, 0)) : null);
    int port = rank == 0 ? opened[0].getPort() & 0xffff : 0;
    Place.Host master;
    try {
      master = told(tellAll.apply(rank == 0 ? host + " " + port : ""));
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
    Place place =
        new Place(
            rank,
            size,
            Optional.empty(),
            Optional.of(master),
            rank == 0,
            "/met",
            Optional.empty(),
            Place.sharesMemory(System.getenv()));
    if (rank == 0) {
      return met(place, opened[0], server, timeout);
    }
    server.close();
    Arena stores = Arena.filledBy(() -> opened[0] = Stores.client(master, patience));
    return met(place, opened[0], stores, timeout);
  }

  private static Place.Host told(String text) {
    String[] said = text.split(" ");
    if (said.length != 2 || !said[1].matches("[1-9][0-9]{0,4}")) {
      throw new GroupException(
          "the ranks were to be told where rank 0 is, but were told ‹" + text + "›");
    }
    return new Place.Host(said[0], Integer.parseInt(said[1]));
  }

  private static Group met(Place place, Store store, Arena opened, Duration timeout) {
    return new Group(place, new Company(place, store, opened, timeout));
  }

  private static void requireTime(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the time-out must be above 0 but is " + timeout);
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  /**
   * Which of the processes of this machine it is, {@code LOCAL_RANK}: with as many processes as
   * GPUs that of the GPU, {@code model.to(Device.cuda(group.localRank()))}.
   *
   * @return 0 where nobody has said
   */
  public int localRank() {
    return Place.localRank(System.getenv());
  }

  /**
   * {@inheritDoc} Numbers on a GPU are brought to the processor's memory and back.
   *
   * @throws GroupException when a rank fails, goes or does something else
   * @throws IllegalArgumentException when they are not contiguous
   */
  @Override
  public void sum(Tensor numbers) {
    if (company != null) {
      company.inPlace("adding up", numbers, company.link()::sum);
    }
  }

  /** {@inheritDoc} Numbers on a GPU are brought to the processor's memory and back. */
  @Override
  public void spread(List<Tensor> parts) {
    if (company != null) {
      company.inPlace("telling each other what each has", parts, company.link()::spread);
    }
  }

  /**
   * Gives all ranks what rank 0 has. Every rank calls this for the same tensors in the same order.
   *
   * @param numbers contiguous, of the same length and type on every rank; rank 0's are written into
   *     the others'
   * @throws GroupException when a rank fails, goes or does something else
   * @throws IllegalArgumentException when they are not contiguous
   */
  public void broadcast(Tensor numbers) {
    if (company != null) {
      company.inPlace(
          "sending rank 0's tensor", numbers, some -> company.link().broadcast(some, 0));
    }
  }

  /**
   * Puts together what each rank has. Every rank calls this at the same place.
   *
   * @param mine (rows, …), of the same type and shape on each rank but for how many rows there are
   * @param rows how many each rank has
   * @return all rows, by rank; the caller's scope owns it
   * @throws GroupException when a rank fails, goes or does something else
   */
  public Tensor gatherRows(Tensor mine, int... rows) {
    if (company == null) {
      return mine;
    }
    long[] shape = Shapes.of(mine);
    shape[0] = Arrays.stream(rows).sum();
    Tensor all = torch.empty(shape, mine.options(), null);
    List<Tensor> parts = new ArrayList<>();
    long from = 0;
    for (int count : rows) {
      parts.add(all.narrow(0, from, count));
      from += count;
    }
    parts.get(rank).copy_(mine);
    spread(parts);
    return all;
  }

  /**
   * Waits until all ranks have come here.
   *
   * @throws GroupException when a rank fails, goes or does something else
   */
  public void barrier() {
    texts("");
  }

  /**
   * Tells all ranks something. Every rank calls this at the same place.
   *
   * @param mine what this rank says
   * @return what each has said, by rank
   * @throws GroupException when a rank fails, goes or does something else
   */
  public List<String> texts(String mine) {
    return company == null ? List.of(mine) : Arrays.asList(company.texts(mine));
  }

  /**
   * Sees to it that all ranks are about to do the same.
   *
   * @param mine what this rank is about to do, a line for each setting
   * @throws GroupException when one says something else than rank 0: which, and what
   */
  public void requireSame(List<String> mine) {
    if (company != null) {
      company.requireSame(mine);
    }
  }

  /**
   * Tells the others that this rank cannot go on, so that nobody waits for it.
   *
   * @param why what happened
   */
  public void fail(Throwable why) {
    if (company != null) {
      company.fail(why);
    }
  }

  @Override
  public String toString() {
    return company == null ? ALONE : "rank " + rank + " of " + size;
  }

  /**
   * Leaves the group. Rank 0, where it has the store, waits some seconds for the others to leave.
   */
  @Override
  public void close() {
    if (company != null) {
      company.close();
    }
  }
}
