package io.github.torchscribe.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {
  @TempDir private Path root;

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content + "\n");
  }

  /** Measured: with 1.25 cores one thread is faster than two, with 1.5 two are faster than one. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 1.1, 1",
    "2, 1.25, 1",
    "2, 1.5, 2",
    "2, 1.75, 2",
    "2, 2, 2",
    "3, 2.25, 2",
    "1, 0.5, 1",
    "4, Infinity, 4",
    "2, 7.25, 2",
    "8, 7.25, 7"
  })
  void roundsToTheNearest(int processors, double cores, int threads) {
    assertEquals(threads, Quota.threads(processors, cores));
  }

  @Test
  void readsTheSecondVersion() throws IOException {
    write("proc/self/cgroup", "0::/kubepods/pod7");
    write("sys/fs/cgroup/kubepods/cpu.max", "max 100000");
    write("sys/fs/cgroup/kubepods/pod7/cpu.max", "125000 100000");
    assertEquals(1.25, Quota.cores(root));
    write("sys/fs/cgroup/kubepods/cpu.max", "40000 50000"); // a group around it has less
    assertEquals(0.8, Quota.cores(root));
  }

  /** A container that sees itself as the root. */
  @Test
  void readsTheRoot() throws IOException {
    write("proc/self/cgroup", "0::/");
    write("sys/fs/cgroup/cpu.max", "150000 100000");
    assertEquals(1.5, Quota.cores(root));
  }

  /** A container that does not: the path is the host's, and what is mounted is its own group. */
  @Test
  void readsTheFirstVersion() throws IOException {
    write("proc/self/cgroup", "3:cpuset:/\n2:cpu,cpuacct:/docker/abc\n0::/system.slice");
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "250000");
    write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
    assertEquals(2.5, Quota.cores(root));
    write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
    assertEquals(Double.POSITIVE_INFINITY, Quota.cores(root));
  }

  @Test
  void nothingIsSaid() throws IOException {
    assertEquals(Double.POSITIVE_INFINITY, Quota.cores(root));
    write("proc/self/cgroup", "0::/");
    assertEquals(Double.POSITIVE_INFINITY, Quota.cores(root));
    write("sys/fs/cgroup/cpu.max", "rubbish");
    assertEquals(Double.POSITIVE_INFINITY, Quota.cores(root));
  }
}
