package io.github.torchscribe.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs that workers begin and end phases together, as in each training step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TeamMicro {
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
    team.run(workers, NOTHING, NOTHING);
  }
}
