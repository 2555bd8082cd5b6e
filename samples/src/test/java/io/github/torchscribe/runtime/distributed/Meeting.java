package io.github.torchscribe.runtime.distributed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Several groups, one after the other, in one process, which users have no use for. */
public final class Meeting {
  private Meeting() {}

  /**
   * Meets the others in a file.
   *
   * @param store where
   * @param rank of this process
   * @param size as it believes
   * @param timeout how long it waits
   * @return its group
   */
  public static Group in(Path store, int rank, int size, Duration timeout) {
    Map<String, String> environment =
        Map.of(
            "RANK", "" + rank,
            "WORLD_SIZE", "" + size,
            "TORCHSCRIBE_STORE", store.toString());
    return Group.of(Place.in(environment).orElseThrow(), timeout);
  }
}
