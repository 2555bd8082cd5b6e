package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.benchmarks.micro.Micro;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/** What it costs that workers begin and end phases together, as in each training step. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TeamMicro extends Micro {
  private static final IntConsumer NOTHING = number -> {};

  /** How many work together. */
  @Param({"1", "2"})
  int workers;

  private final Team team = new Team("micro");

  /** Ends the threads. */
  @TearDown
  public void close() {
    team.close();
  }

  /** Two phases of nothing. */
  @Benchmark
  public void twoPhases() {
    team.run(workers, workers, NOTHING, NOTHING);
  }
}
