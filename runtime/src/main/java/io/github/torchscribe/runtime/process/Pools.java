package io.github.torchscribe.runtime.process;

import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;

/**
 * The owner of the process' two thread pools and of its cores, which all models share.
 *
 * <p>OpenBLAS has one number of threads for the whole process, and the last bits of a product
 * depend on it. So it is changed under nobody's hands: operations that need it to be 1 go on side
 * by side, one that needs all cores has them alone. libtorch has a number for each thread. What a
 * model computes does not depend on who computes beside it: how a batch is divided and how many
 * threads the pools have stays as it is, and only who works on the shares changes.
 */
public final class Pools {
  /** The system property that says how many threads do the work. */
  public static final String PROPERTY = "torchscribe.threads";

  private static final Cores CORES = new Cores();
  private static final Turns OPENBLAS = new Turns();
  private static final ThreadLocal<Turn> TURN = ThreadLocal.withInitial(Turn::new);

  /** How many threads do the work; 0 for as many as there are cores. */
  private static volatile int threads = fromProperty();

  /** How many models are open. */
  private static int models;

  /** What OpenBLAS had before the first of them. */
  private static int openBlasBefore;

  private Pools() {}

  /** Whose threads do the work. */
  public enum Need {
    /** Our own, of which one does with less if need be; no pool has more than the caller's. */
    WORKERS,
    /** The same, and no product is computed. */
    WORKERS_WITHOUT_PRODUCTS,
    /** Those of libtorch. */
    LIBTORCH,
    /** Those of OpenBLAS. */
    OPENBLAS
  }

  /**
   * Sets how many threads do the work.
   *
   * @param count at least 1; 0 for as many as there are cores
   */
  public static void threads(int count) {
    threads = count;
  }

  /** How many threads do the work. */
  public static int threads() {
    int count = threads;
    return count > 0 ? count : Runtime.getRuntime().availableProcessors();
  }

  private static int fromProperty() {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      return 0;
    }
    try {
      int count = Integer.parseInt(value.trim());
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below, for both
    }
    throw new IllegalArgumentException(
        "-D" + PROPERTY + "=" + value + " is not a number of threads: give 1 or more");
  }

  /**
   * Sets libtorch's pool for the calling thread.
   *
   * @param count at least 1
   */
  public static void libtorch(int count) {
    if (torch.get_num_threads() != count) {
      torch.set_num_threads(count);
    }
  }

  /** The calling thread's. */
  public static Turn turn() {
    return TURN.get();
  }

  /** What a thread has of cores and pools; operations within operations take it over. */
  public static final class Turn {
    private int operations;
    private int libtorchBefore;
    private int cores;
    private int wanted;
    private int openBlas;

    private Turn() {}

    /** An operation begins; it has nothing yet. */
    public void begin() {
      Native.load();
      if (operations == 0) {
        libtorchBefore = torch.get_num_threads();
      }
      operations++;
    }

    /**
     * Takes what the operation needs, and waits for it where it has to be alone.
     *
     * @param workers how many could work on it
     * @return how many may, the calling thread among them
     */
    public int take(Need need, int workers) {
      boolean within = cores > 0; // another operation, which has them
      boolean ours = need != Need.LIBTORCH && need != Need.OPENBLAS;
      int all = ours && workers == 1 ? 1 : threads(); // a call that predictions do without
      if (openBlas == 0 && need != Need.WORKERS_WITHOUT_PRODUCTS) {
        takeOpenBlas(need == Need.OPENBLAS ? all : 1);
      }
      if (!within) {
        takeCores(ours ? workers : all, all, ours && workers > 1);
      }
      if (!within || operations == 1) {
        libtorch(need == Need.LIBTORCH ? all : 1);
      }
      return ours && operations == 1 ? cores : 1;
    }

    private void takeOpenBlas(int threads) {
      if (threads == 1) {
        OPENBLAS.enter();
      } else {
        OPENBLAS.enterAlone();
      }
      openBlas = threads;
      setOpenBlas(threads);
    }

    private void takeCores(int threads, int all, boolean fewerWillDo) {
      wanted = threads;
      if (fewerWillDo) {
        cores = CORES.enter(threads, all);
      } else {
        CORES.enterWith(threads);
        cores = threads;
      }
    }

    /** The operation ends: all is as it was before. */
    public void end() {
      if (--operations > 0) {
        return;
      }
      if (openBlas == 1) {
        OPENBLAS.leave();
      } else if (openBlas > 1) {
        OPENBLAS.leaveAlone();
      }
      openBlas = 0;
      if (cores > 0) {
        CORES.leave(wanted, cores);
        cores = 0;
      }
      libtorch(libtorchBefore);
    }
  }

  /**
   * Sets how many threads OpenBLAS has, once no operation of a model needs another number.
   *
   * @param threads at least 1
   */
  public static void openBlas(int threads) {
    if (turn().openBlas == 0) { // else a model's operation goes on, and is what calls this
      OPENBLAS.enterAlone();
      try {
        setOpenBlas(threads);
      } finally {
        OPENBLAS.leaveAlone();
      }
    }
  }

  private static void setOpenBlas(int threads) {
    // Asked anew each time: anybody may have set it since.
    if (openblas_full.openblas_get_num_threads() != threads) {
      setOpenBlasOnce(threads);
    }
  }

  private static synchronized void setOpenBlasOnce(int threads) {
    if (openblas_full.openblas_get_num_threads() != threads) {
      openblas_full.openblas_set_num_threads(threads);
    }
  }

  /** A model begins to be: from now on OpenBLAS is set as models need it. */
  public static synchronized void opened() {
    Native.load();
    if (models++ == 0) {
      openBlasBefore = openblas_full.openblas_get_num_threads();
    }
  }

  /**
   * A model is closed; after the last OpenBLAS is set as before the first. Not after each
   * operation: whenever OpenBLAS gets fewer threads it gives their buffers away.
   */
  public static synchronized void closed() {
    if (--models == 0) {
      openblas_full.openblas_set_num_threads(openBlasBefore);
    }
  }
}
