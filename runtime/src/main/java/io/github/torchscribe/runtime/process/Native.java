package io.github.torchscribe.runtime.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.LongArrayRef;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Loads libtorch, with JavaCPP set up so that it does not get in the way. */
public final class Native {
  /** glibc gives blocks of more than 32 MiB back whatever it has learned. */
  private static final long LARGEST_BLOCK_KEPT = (32L << 20) - (1 << 16);

  /**
   * How many regions the C library keeps for each thread, at most 64 MiB each, of which only what
   * has been used takes memory. With four a residual network's step took and gave back one.
   */
  private static final int REGIONS = 6;

  /** JavaCPP's name for what a processor's libraries lack, and the setting that says so. */
  private static final String GPU = "-gpu";

  private static final String EXTENSION = "platform.extension";

  /** What networks and their training need of libtorch. */
  private static final List<Class<?>> COMMON =
      List.of(
          Tensor.class,
          TensorOptions.class,
          TensorOptional.class,
          Scalar.class,
          ScalarTypeOptional.class,
          LongOptional.class,
          LongArrayRef.class,
          MemoryFormatOptional.class,
          T_TensorTensor_T.class,
          T_TensorTensorTensor_T.class,
          Generator.class,
          GeneratorOptional.class,
          GradMode.class,
          InferenceMode.class,
          org.bytedeco.pytorch.Device.class);

  /** Not null for threads whose freed memory is kept. */
  private static final ThreadLocal<Boolean> KEEPS = new ThreadLocal<>();

  private static volatile boolean loaded;
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static Error failure;

  static {
    // JavaCPP compares the process' memory with the Java heap's limit and, above it, collects
    // garbage and fails. libtorch alone is larger than a small heap; and we free by ourselves.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
  }

  /** Sees to it that libtorch is loaded. */
  public static void load() {
    if (!loaded) {
      loadFirst();
    }
  }

  private static synchronized void loadFirst() {
    if (failure != null) {
      throw failure; // a second attempt would only say that there has been a first
    }
    try {
      loadLibraries();
      loaded = true;
    } catch (Error e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Unless it is told otherwise, JavaCPP looks for each of CUDA's 30 libraries in each jar of the
   * class path, which takes a quarter of the time in which libtorch is loaded. So it is told that
   * there is no such extension, where there is none, and only for as long.
   */
  private static void loadLibraries() {
    Properties settings = Loader.loadProperties();
    boolean onlyProcessor =
        settings.getProperty(EXTENSION) == null
            && !System.getProperty("java.class.path", "").contains(GPU)
            && !hasGpuLibraries();
    if (onlyProcessor) {
      settings.setProperty(EXTENSION, "");
    }
    try {
      Loader.load(openblas.class);
      Loader.load(torch.class);
      for (Class<?> each : COMMON) { // each asks for all libraries anew
        Class.forName(each.getName(), true, each.getClassLoader());
      }
    } catch (ClassNotFoundException e) {
      throw new NoClassDefFoundError(e.getMessage());
    } finally {
      if (onlyProcessor) {
        settings.remove(EXTENSION);
      }
    }
  }

  /** Whether the libtorch on the class path has been built with CUDA. */
  public static boolean hasGpuLibraries() {
    String folder = "org/bytedeco/pytorch/" + Loader.getPlatform() + GPU;
    String library = folder + "/" + System.mapLibraryName("torch_cuda");
    return torch.class.getClassLoader().getResource(library) != null;
  }

  /**
   * Whether libtorch's part for CUDA is loaded: where CUDA's own libraries are not found JavaCPP
   * goes on without it, if the class path has a libtorch for the processor, too.
   */
  public static boolean hasLoadedGpuLibraries() {
    return Loader.getLoadedLibraries().containsKey("torch_cuda");
  }

  /** Begins to load, and returns at once. Who needs libtorch waits, and is told if it fails. */
  public static void loadAhead() {
    if (loaded || BEGUN.getAndSet(true)) {
      return;
    }
    // JavaCPP's own first, lest each of two threads begins with a class for which the other has to
    // wait.
    Loader.load(Pointer.class);
    lookUp();
    Thread ahead =
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
   * Calls what somebody who reads files meanwhile calls of native code. A first call looks up where
   * the code is, and the system lets nobody do so while it loads libtorch, for some tenths of a
   * second.
   */
  private static void lookUp() {
    Path any = Path.of(System.getProperty("java.home"), "release");
    try (RawBytes memory = new RawBytes(1)) {
      memory.asByteBuffer();
      memory.get(new byte[1]);
      if (Files.isReadable(any)) {
        Files.readAllBytes(any);
      }
    } catch (IOException e) {
      // who reads waits
    }
  }

  /**
   * Ends JavaCPP's thread, which holds the class loader of JavaCPP, where that is the calling
   * application's own. The Java machine lets go of libtorch when it collects that.
   */
  public static void unload() {
    if (Pointer.class.getClassLoader() == Thread.currentThread().getContextClassLoader()) {
      Pointer.interruptDeallocatorThread();
      Pointer.deallocateReferences(); // what it has been told of and not come to
    }
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
  public static void keepFreedMemory() {
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
  public static boolean hasBfloat16() {
    return Instructions.OF_BFLOAT16;
  }

  /** Whether this processor multiplies bytes and adds up in 32 bits. Only where that is known. */
  public static boolean multipliesBytes() {
    return Instructions.OF_BYTES;
  }

  /** Looked up once, by those who ask. */
  private static final class Instructions {
    /** As Linux names them on x86-64 and on ARM. */
    static final boolean OF_BFLOAT16 = areListed(Set.of("avx512_bf16", "amx_bf16", "bf16"), true);

    static final boolean OF_BYTES = areListed(Set.of("avx512_vnni"), false);

    private static boolean areListed(Set<String> names, boolean elsewhere) {
      try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
        List<String> flags =
            lines
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .limit(1)
                .flatMap(line -> Stream.of(line.split("[:\\s]+")))
                .toList();
        return flags.stream().anyMatch(names::contains);
      } catch (IOException | UncheckedIOException e) {
        return elsewhere;
      }
    }
  }
}
