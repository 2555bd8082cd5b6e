package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read in libtorch's messages: of allocators, of CUDA, and of all else. */
class ShortageTest {
  private static final String GPU =
      "CUDA out of memory. Tried to allocate 20.50 GiB. GPU 0 has a total capacity of 79.18 GiB of"
          + " which 5.25 GiB is free. Including non-PyTorch memory, this process has 73.92 GiB"
          + " memory in use. Of the allocated memory 70.00 GiB is allocated by PyTorch, with 12.00"
          + " MiB allocated in private pools (e.g., CUDA Graphs), and 512.00 MiB is reserved by"
          + " PyTorch but unallocated.";

  @Test
  void readsWhatAGpuHas() {
    long free = (5L << 30) + (1L << 28) + (1L << 29);
    assertEquals(Optional.of(new Shortage((41L << 30) / 2, free)), Shortage.in(GPU));
  }

  @Test
  void smallNumbersAreBytes() {
    String text = GPU.replace("20.50 GiB", "512 bytes");
    assertEquals(512, Shortage.in(text).orElseThrow().asked());
  }

  @Test
  void aDriverSaysNoNumbers() {
    assertEquals(
        Optional.of(new Shortage(0, -1)), Shortage.in("CUDA error: out of memory\nCUDA kernel"));
  }

  @Test
  void theSystemSaysWhatWasAsked() {
    String text =
        "[enforce fail at alloc_cpu.cpp:128] err == 0. DefaultCPUAllocator: can't allocate memory:"
            + " you tried to allocate 4000000000000 bytes. Error code 12 (Cannot allocate memory)";
    assertEquals(Optional.of(new Shortage(4_000_000_000_000L, -1)), Shortage.in(text));
  }

  @Test
  void otherMessagesAreAboutOtherThings() {
    assertEquals(Optional.empty(), Shortage.in("shape '[7, 7]' is invalid for input of size 1"));
    assertEquals(Optional.empty(), Shortage.in(null));
  }
}
