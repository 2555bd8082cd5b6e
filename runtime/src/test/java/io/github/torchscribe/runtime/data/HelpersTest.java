package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpersTest {
  /** Each row once, by as many threads as there is work for, each with none of libtorch's. */
  @ParameterizedTest
  @CsvSource({"1, 200, 1", "3, 200, 3", "9, 200, 4", "3, 40, 2", "3, 5, 1", "0, 200, 1"})
  void divideABatch(int count, int size, int parts) {
    Map<Integer, Integer> ranges = new ConcurrentSkipListMap<>();
    Map<Thread, Integer> threads = new ConcurrentHashMap<>();
    try (Helpers helpers = new Helpers(count)) {
      helpers.divide(
          size,
          (from, to) -> {
            ranges.put(from, to);
            threads.put(Thread.currentThread(), torch.get_num_threads());
          });
    }
    assertEquals(parts, ranges.size());
    int next = 0;
    for (Map.Entry<Integer, Integer> range : ranges.entrySet()) {
      assertEquals(next, range.getKey());
      next = range.getValue();
    }
    assertEquals(size, next);
    assertEquals(List.of(1), threads.values().stream().distinct().toList());
  }

  /** What one throws is thrown, when all the others are done. */
  @Test
  void failTogether() {
    IllegalStateException broken = new IllegalStateException("no such file");
    AtomicInteger done = new AtomicInteger();
    try (Helpers helpers = new Helpers(4)) {
      assertSame(
          broken,
          assertThrows(
              IllegalStateException.class,
              () ->
                  helpers.divide(
                      100,
                      (from, to) -> {
                        if (from == 50) {
                          throw broken;
                        }
                        done.incrementAndGet();
                      })));
      assertEquals(3, done.get());
    }
  }
}
