package io.github.torchscribe.runtime.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a dataset's files are looked for. */
class IdxFilesTest {
  private static final String NAME = "train-images-idx3-ubyte.gz";
  private static final Duration PATIENCE = Duration.ofMillis(600);

  @TempDir private Path folder;

  private final MockWebServer mirror = new MockWebServer();
  private final byte[] content = new byte[300_000];
  private String md5;

  @BeforeEach
  void start() throws Exception {
    mirror.start();
    new Random(1).nextBytes(content);
    md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
  }

  @AfterEach
  void stop() {
    mirror.close();
  }

  @Test
  void theCacheComesBeforeTheBundledFilesAndTheMirrors() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve(NAME), new byte[] {1, 2, 3});
    IdxFiles files = new IdxFiles(folder, "nowhere/", List.of(mirror()), Map.of(), PATIENCE);
    try (InputStream in = files.open(NAME)) {
      assertArrayEquals(new byte[] {1, 2, 3}, in.readAllBytes());
    }
    assertEquals(0, mirror.getRequestCount());
  }

  @Test
  void theMirrorsComeLastAndFillTheCache() throws Exception {
    mirror.enqueue(new MockResponse.Builder().body(new Buffer().write(content)).build());
    IdxFiles files =
        new IdxFiles(folder, "nowhere/", List.of(mirror()), Map.of(NAME, md5), PATIENCE);
    for (int time = 0; time < 2; time++) {
      try (InputStream in = files.open(NAME)) {
        assertArrayEquals(content, in.readAllBytes());
      }
    }
    assertEquals(1, mirror.getRequestCount());
  }

  private String mirror() {
    return mirror.url("/mnist/").toString();
  }
}
