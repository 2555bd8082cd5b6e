package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.torch.Threads;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/** How many threads compute. */
final class Cores {
  private static final String DRIVER = "driver";

  private Cores() {}

  /**
   * As many as {@code spark.task.cpus} gives a task. Where tasks run in the driver's own process,
   * in local mode, that says for itself: its models share all cores.
   */
  static void ofTask(TaskContext context) {
    if (!SparkEnv.get().executorId().equals(DRIVER)) {
      Threads.set(Math.max(1, context.cpus()));
    }
  }
}
