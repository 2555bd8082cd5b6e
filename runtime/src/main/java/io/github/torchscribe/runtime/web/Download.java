package io.github.torchscribe.runtime.web;

import io.github.torchscribe.runtime.terminal.ProgressLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;

/**
 * Fetches a file whose digest is known. What has arrived when a connection breaks is kept in {@code
 * NAME.part} and continued, from the same or another mirror, now or in another run; the file itself
 * appears whole and checked, or not at all.
 */
public final class Download {
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TRIES = 2;
  private static final long CHUNK = 1 << 16;

  private final OkHttpClient client;

  /**
   * A downloader.
   *
   * @param patience how long to wait for a connection, and for each next piece of data
   */
  public Download(Duration patience) {
    client = new OkHttpClient.Builder().connectTimeout(patience).readTimeout(patience).build();
  }

  /**
   * Fetches a file.
   *
   * @param name of the file
   * @param md5 of its content, in hexadecimal
   * @param mirrors addresses of folders to fetch it from, tried in turn
   * @param folder where it goes
   * @return the file
   * @throws IOException when no mirror gives it, or the folder cannot be written; the message says
   *     what happened at each mirror
   */
  public Path fetch(String name, String md5, List<String> mirrors, Path folder) throws IOException {
    Path part = folder.resolve(name + ".part");
    try {
      Files.createDirectories(folder);
      Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (FileSystemException e) {
      throw new IOException("cannot write to " + folder + ": " + reason(e), e);
    }
    List<String> failures = new ArrayList<>();
    for (String mirror : mirrors) {
      HttpUrl url = HttpUrl.get(mirror).newBuilder().addPathSegment(name).build();
      for (int attempt = 0; attempt < TRIES; attempt++) {
        try {
          transfer(url, part);
          check(part, md5);
          return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (LocalFailure e) {
          throw new IOException(
              "cannot write " + part + ": " + reason(e.cause) + "; what arrived is kept", e.cause);
        } catch (IOException e) {
          failures.add(url + ": " + reason(e));
        }
      }
    }
    throw new IOException(
        "cannot download "
            + name
            + ":\n  "
            + String.join("\n  ", failures.stream().distinct().toList()));
  }

  /** Appends to the part what it lacks. */
  private void transfer(HttpUrl url, Path part) throws IOException, LocalFailure {
    long have = Files.size(part);
    Request.Builder request = new Request.Builder().url(url).header("Accept-Encoding", "identity");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    Call call = client.newCall(request.build());
    try (Response response = AnswerCheck.checked(call::execute)) {
      if (have > 0 && response.code() == RANGE_NOT_SATISFIABLE) {
        return; // all there already, or too much: the digest decides
      }
      if (!response.isSuccessful()) {
        throw new IOException("the server answered " + response.code());
      }
      ResponseBody body = response.body();
      if (body.contentType() != null && body.contentType().subtype().equals("html")) {
        throw new IOException("the server answered with a web page instead of the file");
      }
      boolean continues = response.code() == PARTIAL;
      long start = continues ? have : 0;
      save(body, part, continues, start, url.pathSegments().get(url.pathSize() - 1));
    }
  }

  private static void save(ResponseBody body, Path part, boolean append, long start, String name)
      throws IOException, LocalFailure {
    ProgressLine progress = ProgressLine.onTerminal();
    long total = body.contentLength() < 0 ? -1 : start + body.contentLength();
    progress.begin(name, total);
    progress.advance(start);
    try (BufferedSource source = body.source();
        BufferedSink sink = open(part, append)) {
      for (long count; (count = source.read(sink.getBuffer(), CHUNK)) >= 0; ) {
        try {
          sink.emitCompleteSegments();
        } catch (IOException e) {
          throw new LocalFailure(e);
        }
        progress.advance(count);
      }
    } finally {
      progress.end();
    }
  }

  private static BufferedSink open(Path part, boolean append) throws LocalFailure {
    try {
      return Okio.buffer(
          Okio.sink(
              part,
              StandardOpenOption.WRITE,
              append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING));
    } catch (IOException e) {
      throw new LocalFailure(e);
    }
  }

  private static void check(Path part, String md5) throws IOException {
    String found = md5(part);
    if (!found.equals(md5)) {
      Files.write(part, new byte[0]); // not worth continuing
      throw new IOException("what arrived is another file: its MD5 is " + found + ", not " + md5);
    }
  }

  static String md5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] chunk = new byte[(int) CHUNK];
      for (int count; (count = in.read(chunk)) >= 0; ) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof InterruptedIOException) {
      return "no answer in time";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    if (e instanceof UnknownHostException) {
      return "the host is not known; is there an internet connection?";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Something went wrong on this machine; no other mirror can help. */
  private static final class LocalFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient IOException cause;

    LocalFailure(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
