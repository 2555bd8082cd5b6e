package io.github.torchscribe.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application's jar, in a process of its own. */
final class Service implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final long PATIENCE = 120_000_000_000L;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Process process;
  private final Path log;
  private final int port;

  /**
   * Starts it, and waits until it listens.
   *
   * @param folder has its log
   * @param options for the JVM, and behind {@code --} for the application
   */
  Service(Path folder, String... options) throws IOException, InterruptedException {
    log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    int dashes = Arrays.asList(options).indexOf("--");
    command.addAll(Arrays.asList(options).subList(0, dashes));
    command.addAll(List.of("-jar", System.getProperty("application"), "--server.port=0"));
    command.addAll(Arrays.asList(options).subList(dashes + 1, options.length));
    process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    port = awaitPort();
  }

  private int awaitPort() throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - began < PATIENCE) {
      Matcher found = PORT.matcher(log());
      if (found.find()) {
        return Integer.parseInt(found.group(1));
      }
      Thread.sleep(50);
    }
    process.destroyForcibly();
    throw new AssertionError("it did not come up:\n" + log());
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String type, byte[] body) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri("/predict"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Asks it to end, as a container does. */
  void terminate() {
    process.destroy();
  }

  /** How it ended; -1 where it does not. */
  int await() throws InterruptedException {
    return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
