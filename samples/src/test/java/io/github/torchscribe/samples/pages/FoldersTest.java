package io.github.torchscribe.samples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that fill a folder leave one alone that has something of others. */
class FoldersTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"release.sh 0.1.0", "site.sh"})
  void whatIsOfOthersStays(String script) throws IOException, InterruptedException {
    Path mine = Files.createDirectory(folder.resolve("out")).resolve("mine");
    Files.writeString(mine, "mine");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder((Page.ROOT.toRealPath() + "/scripts/" + script + " out").split(" "))
            .directory(folder.toFile()) // which paths are relative to
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(2, process.exitValue());
    assertTrue(Files.readString(output).contains("mine"));
    assertEquals("mine", Files.readString(mine));
    try (var files = Files.list(folder.resolve("out"))) {
      assertEquals(List.of(mine), files.toList());
    }
  }
}
