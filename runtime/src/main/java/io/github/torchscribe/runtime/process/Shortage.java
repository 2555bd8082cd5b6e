package io.github.torchscribe.runtime.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What libtorch says where it finds no memory.
 *
 * @param asked for so many bytes; 0 where it does not say
 * @param free so many bytes of the device's that it could have; -1 where it does not say
 */
public record Shortage(long asked, long free) {
  private static final String SIZE = "([0-9.]+) (bytes|KiB|MiB|GiB)";
  private static final Pattern GPU =
      Pattern.compile("CUDA out of memory|CUDA error: out of memory");
  private static final Pattern GPU_ASKED = Pattern.compile("Tried to allocate " + SIZE);
  private static final Pattern GPU_FREE = Pattern.compile("of which " + SIZE + " is free");

  /** The allocator's own: it has them from the driver, and nobody uses them. */
  private static final Pattern GPU_KEPT =
      Pattern.compile(SIZE + " is reserved by PyTorch but unallocated");

  private static final Pattern CPU =
      Pattern.compile("DefaultCPUAllocator: can't allocate memory: you tried to allocate (\\d+)");

  /**
   * Reads libtorch's message.
   *
   * @param text of an exception; may be null
   * @return empty where it is about something else
   */
  public static Optional<Shortage> in(String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher cpu = CPU.matcher(text);
    if (cpu.find()) {
      return Optional.of(new Shortage(Long.parseLong(cpu.group(1)), -1));
    }
    if (!GPU.matcher(text).find()) {
      return Optional.empty();
    }
    long free = size(GPU_FREE, text, -1);
    long kept = size(GPU_KEPT, text, 0);
    return Optional.of(new Shortage(size(GPU_ASKED, text, 0), free < 0 ? -1 : free + kept));
  }

  private static long size(Pattern pattern, String text, long otherwise) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      return otherwise;
    }
    int shift =
        switch (found.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return Math.round(Double.parseDouble(found.group(1)) * (1L << shift));
  }
}
