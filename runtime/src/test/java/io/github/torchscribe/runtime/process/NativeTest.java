package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** What a thread frees it gets back without the system's help. */
class NativeTest {
  private static final Path STATISTICS = Path.of("/proc/thread-self/stat");

  /** Where the number of pages is that the system had to bring, after the program's name. */
  private static final int FAULTS = 7;

  private static final int ROUNDS = 20;
  private static final long BYTES = 6_400_000;
  private static final long PAGES = BYTES / 4096;

  /** On the way to 192 MB that are in use: each time there is another place where blocks lie. */
  private static final int MOST_KEPT = 30;

  @Test
  void freedMemoryIsKept() throws Exception {
    assumeTrue(Files.exists(STATISTICS), "reads Linux' /proc");
    // The C library lets threads share memory where there have been many.
    String most = OwnProcess.output(Alone.class);
    assertTrue(Long.parseLong(most) < ROUNDS * PAGES / 4, most + " pages in " + ROUNDS + " rounds");
  }

  /** Says how many pages the system had to bring at most. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] arguments) throws InterruptedException {
      long[] most = new long[1];
      Thread thread = // one of which the C library has no memory yet
          new Thread(
              () -> {
                Native.keepFreedMemory();
                List<Pointer> kept = new ArrayList<>();
                while (kept.size() < MOST_KEPT) {
                  Pointer.free(block());
                  most[0] = Math.max(most[0], faultsOfBlocks());
                  kept.add(block());
                }
                kept.forEach(Pointer::free);
              });
      thread.start();
      thread.join();
      System.out.println(most[0]);
    }
  }

  /** While libtorch is loaded JavaCPP is told that there are no libraries for GPUs. */
  @Test
  void settingsOfJavaCppAreLeftAsTheyWere() {
    Native.load();
    assertNull(Loader.loadProperties().getProperty("platform.extension"));
  }

  private static long faultsOfBlocks() {
    long before = faults();
    for (int i = 0; i < ROUNDS; i++) {
      Pointer.free(block());
    }
    return faults() - before;
  }

  private static Pointer block() {
    Pointer block = Pointer.malloc(BYTES);
    Pointer.memset(block, 1, BYTES);
    return block;
  }

  private static long faults() {
    try {
      String all = Files.readString(STATISTICS);
      return Long.parseLong(all.substring(all.lastIndexOf(')') + 2).split(" ")[FAULTS]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
