package io.github.torchscribe.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch, with JavaCPP set up so that it does not get in the way. */
final class Native {
  /** glibc gives blocks of more than 32 MiB back whatever it has learned. */
  private static final long LARGEST_BLOCK_KEPT = (32L << 20) - (1 << 16);

  /** How many regions the C library keeps for each thread, at most 64 MiB each. */
  private static final int REGIONS = 4;

  /** Not null for threads whose freed memory is kept. */
  private static final ThreadLocal<Boolean> KEEPS = new ThreadLocal<>();

  private static volatile boolean loaded;
  private static Thread ahead;
  private static Error failure;

  static {
    // JavaCPP compares the process' memory with the Java heap's limit and, above it, collects
    // garbage and fails. libtorch alone is larger than a small heap; and we free by ourselves.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
  }

  /** Sees to it that libtorch is loaded. */
  static void load() {
    if (!loaded) {
      loadFirst();
    }
  }

  private static synchronized void loadFirst() {
    if (failure != null) {
      throw failure; // a second attempt would only say that there has been a first
    }
    try {
      Loader.load(openblas.class);
      Loader.load(torch.class);
      loaded = true;
    } catch (Error e) {
      failure = e;
      throw e;
    }
  }

  /** Begins to load, and returns at once. Who needs libtorch waits, and is told if it fails. */
  static synchronized void loadAhead() {
    if (loaded || failure != null || ahead != null) {
      return;
    }
    Loader.load(Pointer.class); // for memory of which no tensor is made yet
    ahead =
        new Thread(
            () -> {
              try {
                load();
              } catch (Error e) {
                // kept for whoever needs it
              }
            },
            "torchscribe-loader");
    ahead.setDaemon(true);
    ahead.start();
  }

  /**
   * Loads libtorch, and makes the C library keep what the calling thread frees for what it
   * allocates next. Otherwise it gives a step's large temporaries back, and the system clears each
   * page anew for the next step, which takes a twelfth of the step of a convolution network.
   *
   * <p>glibc gives back whole blocks that it got from the system one by one, until it has had to
   * get a larger one; and whole regions of 64 MiB, of which threads have several, once nothing in
   * one is in use. So a few bytes in each of some regions stay in use.
   */
  static void keepFreedMemory() {
    if (KEEPS.get() == null) {
      load(); // in its order, before anybody asks libtorch something
      KEEPS.set(true);
      if (Loader.getPlatform().startsWith("linux")) {
        holdRegions();
      }
    }
  }

  private static void holdRegions() {
    Pointer.free(Pointer.malloc(LARGEST_BLOCK_KEPT));
    List<Pointer> fillers = new ArrayList<>();
    for (int i = 0; i < REGIONS; i++) {
      fillers.add(Pointer.malloc(30L << 20));
      fillers.add(Pointer.malloc(30L << 20));
      Pointer first = Pointer.malloc(4L << 20); // no room for it but at the beginning of the next
      Pointer.realloc(first, 64);
    }
    fillers.forEach(Pointer::free);
  }

  private Native() {}

  /**
   * Whether this processor multiplies numbers in bfloat16. Where nobody says, it is taken to.
   *
   * @return false on Linux when no such instructions are listed
   */
  static boolean hasBfloat16() {
    return Bfloat16.THERE;
  }

  /** Looked up once, by those who ask. */
  private static final class Bfloat16 {
    /** As Linux names them on x86-64 and on ARM. */
    private static final Set<String> FLAGS = Set.of("avx512_bf16", "amx_bf16", "bf16");

    static final boolean THERE = isListed();

    private static boolean isListed() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
        List<String> flags =
            lines
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .limit(1)
                .flatMap(line -> Stream.of(line.split("[:\\s]+")))
                .toList();
        return flags.stream().anyMatch(FLAGS::contains);
      } catch (IOException | UncheckedIOException e) {
        return true;
      }
    }
  }
}
