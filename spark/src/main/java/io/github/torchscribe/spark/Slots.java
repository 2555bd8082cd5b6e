package io.github.torchscribe.spark;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;

/**
 * Whether an application has room for all processes at once. Spark would look for itself, and say
 * after ten minutes that there is none.
 */
final class Slots {
  private static final String PATIENCE = "spark.scheduler.maxRegisteredResourcesWaitingTime";
  private static final long LOOK_EVERY_MILLIS = 200;

  private final SparkContext spark;
  private final int processes;
  private final int cpus;

  Slots(SparkContext spark, int processes) {
    this.spark = spark;
    this.processes = processes;
    cpus = spark.conf().getInt("spark.task.cpus", 1);
  }

  /**
   * Waits for executors that are about to come, as long as Spark itself does.
   *
   * @throws IllegalStateException when there are too few; the message says how many there are, how
   *     many are wanted, and what to set
   */
  void require() {
    requireFixed(spark.conf(), spark.isLocal());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience());
    int there = all();
    while (there < processes && System.nanoTime() < until && !spark.isLocal()) {
      sleep();
      there = all();
    }
    if (there < processes) {
      throw new IllegalStateException(tooFew(there));
    }
    int busy = Arrays.stream(executors()).mapToInt(SparkExecutorInfo::numRunningTasks).sum();
    if (there - busy < processes) {
      System.getLogger(Slots.class.getName())
          .log(
              Level.INFO,
              "Training begins when there are "
                  + processes
                  + " free slots: "
                  + busy
                  + " of "
                  + there
                  + " are taken by other tasks of this application");
    }
  }

  /** Spark runs no barrier stage where executors come and go. */
  static void requireFixed(SparkConf conf, boolean local) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false) && !local) {
      throw new IllegalStateException(
          "spark.dynamicAllocation.enabled is true, but all processes must be there from the"
              + " beginning to the end: submit with --conf spark.dynamicAllocation.enabled=false"
              + " and as many executors as are wanted (--num-executors on YARN and Kubernetes,"
              + " --total-executor-cores on a standalone cluster)");
    }
  }

  private long patience() {
    return spark.isLocal() ? 0 : spark.conf().getTimeAsSeconds(PATIENCE, "30s");
  }

  /** How many tasks run at once. */
  private int all() {
    try {
      return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
    } catch (LinkageError e) {
      return Integer.MAX_VALUE; // not of Spark's public API; its own check comes later
    }
  }

  private SparkExecutorInfo[] executors() {
    return spark.statusTracker().getExecutorInfos();
  }

  private String tooFew(int there) {
    int executors = Math.max(0, executors().length - 1); // without the driver
    String master = spark.master();
    int cores = processes * cpus;
    String each = cpus == 1 ? "" : " (each takes spark.task.cpus = " + cpus + " cores)";
    String found =
        spark.isLocal()
            ? "the master " + master + " has " + many(there, "slot")
            : many(executors, "executor")
                + (executors == 1 ? " has " : " have ")
                + many(there, "slot")
                + " together after "
                + patience()
                + " s";
    String remedy =
        spark.isLocal()
            ? "a master of local[" + cores + "]"
            : master.startsWith("spark:")
                ? "--total-executor-cores "
                    + cores
                    + ", and workers that have so many cores and the memory"
                : "--num-executors and --executor-cores, of which the product is at least " + cores;
    return processes
        + " processes"
        + each
        + " train at the same time, but "
        + found
        + "; ask for fewer, processes("
        + Math.max(1, there)
        + "), or submit with "
        + remedy;
  }

  private static String many(int count, String what) {
    return (count == 0 ? "no" : "" + count) + " " + what + (count == 1 ? "" : "s");
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for executors", e);
    }
  }
}
