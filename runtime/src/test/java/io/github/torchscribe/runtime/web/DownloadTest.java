package io.github.torchscribe.runtime.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What can go wrong on the way from a mirror, each fault for real. */
@Execution(ExecutionMode.CONCURRENT) // it waits above all
class DownloadTest {
  private static final String NAME = "train-images-idx3-ubyte.gz";
  private static final Duration PATIENCE = Duration.ofMillis(600);

  @TempDir private Path temporary;

  private final MockWebServer first = new MockWebServer();
  private final MockWebServer second = new MockWebServer();
  private final byte[] content = new byte[300_000];
  private Path folder;
  private String md5;

  @BeforeEach
  void start() throws Exception {
    first.start();
    second.start();
    new Random(1).nextBytes(content);
    md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    folder = temporary.resolve("cache/mnist");
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void arrivesWholeAndChecked() throws Exception {
    first.enqueue(ok(content));
    Path file = fetch();
    assertArrayEquals(content, Files.readAllBytes(file));
    assertFalse(Files.exists(part()));
    assertEquals("/mnist/" + NAME, first.takeRequest().getUrl().encodedPath());
  }

  @Test
  void goesToTheNextMirrorAfter404() throws Exception {
    first.enqueue(status(404));
    first.enqueue(status(404));
    second.enqueue(ok(content));
    assertArrayEquals(content, Files.readAllBytes(fetch()));
  }

  @Test
  void continuesWhatAnEarlierRunBegan() throws Exception {
    Files.createDirectories(folder);
    Files.write(part(), Arrays.copyOf(content, 123_456));
    first.enqueue(rest(123_456));
    assertArrayEquals(content, Files.readAllBytes(fetch()));
    RecordedRequest request = first.takeRequest();
    assertEquals("bytes=123456-", request.getHeaders().get("Range"));
  }

  @Test
  void beginsAgainWhereTheServerCannotContinue() throws Exception {
    Files.createDirectories(folder);
    Files.write(part(), Arrays.copyOf(content, 123_456));
    first.enqueue(ok(content));
    assertArrayEquals(content, Files.readAllBytes(fetch()));
  }

  @Test
  void aWholePartOnlyNeedsItsCheck() throws Exception {
    Files.createDirectories(folder);
    Files.write(part(), content);
    first.enqueue(status(416));
    assertArrayEquals(content, Files.readAllBytes(fetch()));
  }

  @Test
  void refusesAWebPageWithStatus200() throws Exception {
    for (MockWebServer server : List.of(first, first, second, second)) {
      server.enqueue(
          new MockResponse.Builder()
              .code(200)
              .setHeader("Content-Type", "text/html; charset=utf-8")
              .body("<html>Please log in</html>")
              .build());
    }
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(e.getMessage().contains("web page instead of the file"), e.getMessage());
    assertNothingArrived();
  }

  @Test
  void refusesAnotherFileAndForgetsIt() throws Exception {
    byte[] other = content.clone();
    other[17] ^= 1;
    for (MockWebServer server : List.of(first, first, second)) {
      server.enqueue(ok(other));
    }
    second.enqueue(ok(content));
    assertArrayEquals(content, Files.readAllBytes(fetch()));
  }

  @Test
  void namesTheDigestOfAnotherFile() throws Exception {
    for (MockWebServer server : List.of(first, first, second, second)) {
      server.enqueue(ok("another file".getBytes(StandardCharsets.UTF_8)));
    }
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(e.getMessage().contains("MD5 is "), e.getMessage());
    assertTrue(e.getMessage().contains(", not " + md5), e.getMessage());
    assertNothingArrived();
  }

  @Test
  void halfAFileIsKeptAndContinuedByTheNextMirror() throws Exception {
    first.enqueue(half(content.length / 2));
    first.enqueue(status(503));
    second.enqueue(rest(content.length / 2));
    assertArrayEquals(content, Files.readAllBytes(fetch()));
  }

  @Test
  void givesUpOnAServerThatNeverAnswers() throws Exception {
    for (MockWebServer server : List.of(first, first, second, second)) {
      server.enqueue(
          new MockResponse.Builder().onRequestStart(SocketEffect.Stall.INSTANCE).build());
    }
    long began = System.nanoTime();
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(e.getMessage().contains("no answer in time"), e.getMessage());
    assertTrue(System.nanoTime() - began < Duration.ofSeconds(20).toNanos());
    assertNothingArrived();
  }

  @Test
  void saysWhatHappenedAtEachMirror() {
    first.enqueue(status(404));
    first.enqueue(status(404));
    second.enqueue(status(503));
    second.enqueue(status(503));
    IOException e = assertThrows(IOException.class, this::fetch);
    assertEquals(
        "cannot download "
            + NAME
            + ":\n  "
            + mirror(first)
            + NAME
            + ": the server answered 404\n  "
            + mirror(second)
            + NAME
            + ": the server answered 503",
        e.getMessage());
  }

  @Test
  void saysThatTheCacheCannotBeWritten() throws Exception {
    Path blocked = temporary.resolve("blocked");
    Files.writeString(blocked, "a file where the folder should be");
    folder = blocked.resolve("mnist");
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(e.getMessage().startsWith("cannot write to " + folder + ": "), e.getMessage());
    assertEquals("a file where the folder should be", Files.readString(blocked));
  }

  @Test
  void saysThatTheCacheIsReadOnly() throws Exception {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(folder), "this user may write everywhere");
    IOException e = assertThrows(IOException.class, this::fetch);
    assertEquals("cannot write to " + folder + ": permission denied", e.getMessage());
  }

  @Test
  void saysThatTheFileSystemIsNotForUs() {
    Path kernels = Path.of("/sys");
    assumeTrue(Files.exists(kernels), "needs a folder where not even root may write: Linux' /sys");
    folder = kernels.resolve("torchscribe");
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(e.getMessage().startsWith("cannot write to /sys/torchscribe: "), e.getMessage());
    assertEquals(0, first.getRequestCount());
  }

  @Test
  void keepsWhatArrivedWhenTheDiskIsFull() throws Exception {
    // Linux' device that is always full stands in for a full disk.
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs Linux' /dev/full");
    Files.createDirectories(folder);
    Files.createSymbolicLink(part(), full);
    first.enqueue(ok(content));
    IOException e = assertThrows(IOException.class, this::fetch);
    assertTrue(
        e.getMessage().startsWith("cannot write " + part() + ": No space left on device"),
        e.getMessage());
    assertFalse(Files.exists(folder.resolve(NAME)));
  }

  private Path fetch() throws IOException {
    return new Download(PATIENCE).fetch(NAME, md5, mirrors(), folder);
  }

  private List<String> mirrors() {
    return List.of(mirror(first).toString(), mirror(second).toString());
  }

  private void assertNothingArrived() throws IOException {
    assertFalse(Files.exists(folder.resolve(NAME)));
    assertTrue(!Files.exists(part()) || Files.size(part()) == 0);
  }

  private Path part() {
    return folder.resolve(NAME + ".part");
  }

  private static HttpUrl mirror(MockWebServer server) {
    return server.url("/mnist/");
  }

  private static MockResponse status(int code) {
    return new MockResponse.Builder().code(code).build();
  }

  private static MockResponse ok(byte[] bytes) {
    return new MockResponse.Builder().code(200).body(new Buffer().write(bytes)).build();
  }

  private MockResponse rest(int from) {
    return new MockResponse.Builder()
        .code(206)
        .body(new Buffer().write(content, from, content.length - from))
        .build();
  }

  /** States the whole length, sends a part and closes. */
  private MockResponse half(int length) {
    return new MockResponse.Builder()
        .code(200)
        .body(new Buffer().write(content, 0, length))
        .setHeader("Content-Length", content.length)
        .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
        .build();
  }
}
