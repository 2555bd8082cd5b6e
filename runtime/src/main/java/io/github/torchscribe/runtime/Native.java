package io.github.torchscribe.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  static {
    // JavaCPP compares the process' memory with the Java heap's limit and, above it, collects
    // garbage and fails. libtorch alone is larger than a small heap; and we free by ourselves.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
    Loader.load(openblas.class);
    Loader.load(torch.class);
    keepFreedMemory();
  }

  /**
   * Makes the C library keep memory that is freed for what is allocated next. It learns from the
   * largest block that it has had to get from the system and back; until then it gives each large
   * temporary of a step back, and the system clears it anew for the next step, which takes a
   * twelfth of the step of a convolution network.
   */
  private static void keepFreedMemory() {
    Pointer.free(Pointer.malloc(LARGEST_BLOCK_KEPT));
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

  /** Does nothing but see to it that libtorch is loaded. */
  static void load() {}
}
