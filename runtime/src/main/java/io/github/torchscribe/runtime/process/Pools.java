package io.github.torchscribe.runtime.process;

import java.util.Set;
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
 *
 * <p>A process has one owner only where it loads this class once: what several class loaders have
 * of it know nothing of each other, and set the same OpenBLAS.
 */
public final class Pools {
  /** The system property that says how many threads do the work. */
  public static final String PROPERTY = "torchscribe.threads";

  /** The system property that says into how many shares a batch is divided by rows. */
  public static final String SHARES = "torchscribe.shares";

  private static final Set<String> WITH_SMALL_KERNELS =
      Set.of("SkylakeX", "Cooperlake", "SapphireRapids");

  private static final Cores CORES = new Cores();
  private static final Turns OPENBLAS = new Turns();

  /**
   * What each thread has of cores and pools. Numbers in an array: an object of a class of ours
   * would hold our class loader for as long as the thread lives, which may be a servlet
   * container's.
   */
  private static final ThreadLocal<int[]> TURN = ThreadLocal.withInitial(() -> new int[5]);

  /** How many operations within each other the thread is in. */
  private static final int OPERATIONS = 0;

  /** What libtorch's pool was before the first of them. */
  private static final int LIBTORCH_BEFORE = 1;

  /** How many cores the operation has; 0 as long as it needs none. */
  private static final int GRANTED = 2;

  /** How many it wanted. */
  private static final int WANTED = 3;

  /** How many threads of OpenBLAS' it needs; 0 as long as it computes no product. */
  private static final int OPENBLAS_THREADS = 4;

  /** How many processes share the cores. */
  private static final int HERE = processesHere();

  /** How many threads do the work; 0 for as many as there are cores. */
  private static volatile int threads = fromProperty(PROPERTY, "of threads");

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
    return count > 0 ? count : Math.max(1, cores() / HERE);
  }

  /** As many as the JVM may use, by cpusets and quotas; but not a small part of one. */
  private static int cores() {
    return Quota.threads(Runtime.getRuntime().availableProcessors());
  }

  /** How many processes of a group run on this machine, as torchrun says it. */
  private static int processesHere() {
    String value = System.getenv("LOCAL_WORLD_SIZE");
    return value != null && value.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(value) : 1;
  }

  /**
   * Into how many shares a batch is to be divided by rows, products among the other threads: to see
   * what another way than the chosen one takes.
   *
   * @return 0 where that is chosen
   */
  public static int shares() {
    return fromProperty(SHARES, "of shares");
  }

  private static int fromProperty(String property, String what) {
    String value = System.getProperty(property);
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
        "-D" + property + "=" + value + " is not a number " + what + ": give 1 or more");
  }

  /**
   * Sets libtorch's pool for the calling thread.
   *
   * @param count at least 1
   * @return how many it had before
   */
  public static int libtorch(int count) {
    int before = torch.get_num_threads();
    if (before != count) {
      torch.set_num_threads(count);
    }
    return before;
  }

  /** How many threads libtorch has now for what the calling thread computes. */
  public static int libtorch() {
    return torch.get_num_threads();
  }

  /** How many threads OpenBLAS has now. */
  public static int openBlas() {
    return openblas_full.openblas_get_num_threads();
  }

  /** Whether OpenBLAS has kernels for small matrices on this processor: where there is AVX-512. */
  public static boolean multipliesSmall() {
    return WITH_SMALL_KERNELS.contains(openblas_full.openblas_get_corename().getString());
  }

  /**
   * The calling thread begins an operation, which has nothing yet; operations within operations
   * take over what there is.
   */
  public static void begin() {
    Native.load();
    int[] turn = TURN.get();
    if (turn[OPERATIONS]++ == 0) {
      turn[LIBTORCH_BEFORE] = torch.get_num_threads();
    }
  }

  /**
   * Takes what the operation needs, and waits for it where it has to be alone.
   *
   * @param workers how many could work on it
   * @return how many may, the calling thread among them
   */
  public static int take(Need need, int workers) {
    int[] turn = TURN.get();
    boolean first = turn[OPERATIONS] == 1;
    boolean within = turn[GRANTED] > 0; // another operation, which has them
    boolean ours = need != Need.LIBTORCH && need != Need.OPENBLAS;
    int all = ours && workers == 1 ? 1 : threads(); // a call that predictions do without
    if (turn[OPENBLAS_THREADS] == 0 && need != Need.WORKERS_WITHOUT_PRODUCTS) {
      takeOpenBlas(turn, need == Need.OPENBLAS ? all : 1);
    }
    if (!within) {
      takeCores(turn, ours ? workers : all, all, ours && workers > 1);
    }
    if (!within || first) {
      libtorch(need == Need.LIBTORCH ? all : 1);
    }
    return ours && first ? turn[GRANTED] : 1;
  }

  /** How many more threads compute in operations than there are cores. */
  static int beyond(int cores) {
    return CORES.beyond(cores);
  }

  /** Whether nobody has lately computed beside somebody else. */
  static boolean isQuiet() {
    return CORES.isQuiet();
  }

  private static void takeOpenBlas(int[] turn, int threads) {
    if (threads == 1) {
      OPENBLAS.enter();
    } else {
      OPENBLAS.enterAlone();
    }
    turn[OPENBLAS_THREADS] = threads;
    setOpenBlas(threads);
  }

  private static void takeCores(int[] turn, int threads, int all, boolean fewerWillDo) {
    turn[WANTED] = threads;
    if (fewerWillDo) {
      turn[GRANTED] = CORES.enter(threads, all);
    } else {
      CORES.enterWith(threads);
      turn[GRANTED] = threads;
    }
  }

  /**
   * The operation waits for one of another process, or of another model of this one, which may need
   * OpenBLAS alone before it can answer: until then others may have it.
   */
  public static void whileWaiting(Runnable forAnother) {
    int[] turn = TURN.get();
    int openBlas = turn[OPENBLAS_THREADS];
    leaveOpenBlas(turn);
    try {
      forAnother.run();
    } finally {
      if (openBlas > 0) {
        takeOpenBlas(turn, openBlas);
      }
    }
  }

  private static void leaveOpenBlas(int... turn) {
    if (turn[OPENBLAS_THREADS] == 1) {
      OPENBLAS.leave();
    } else if (turn[OPENBLAS_THREADS] > 1) {
      OPENBLAS.leaveAlone();
    }
    turn[OPENBLAS_THREADS] = 0;
  }

  /** The operation ends: all is as it was before. */
  public static void end() {
    int[] turn = TURN.get();
    if (--turn[OPERATIONS] > 0) {
      return;
    }
    leaveOpenBlas(turn);
    if (turn[GRANTED] > 0) {
      CORES.leave(turn[WANTED], turn[GRANTED]);
      turn[GRANTED] = 0;
    }
    libtorch(turn[LIBTORCH_BEFORE]);
  }

  /**
   * Sets how many threads OpenBLAS has, once no operation of a model needs another number.
   *
   * @param threads at least 1
   */
  public static void openBlas(int threads) {
    // Else a model's operation goes on, and is what calls this.
    if (TURN.get()[OPENBLAS_THREADS] == 0) {
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
   * A model is closed; after the last helpers end, and OpenBLAS is set as before the first. Not
   * after each operation: whenever OpenBLAS gets fewer threads it gives their buffers away.
   */
  public static synchronized void closed() {
    if (--models == 0) {
      openblas_full.openblas_set_num_threads(openBlasBefore);
      Hands.dismissAll();
    }
  }
}
