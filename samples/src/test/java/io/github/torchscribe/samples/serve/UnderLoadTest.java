package io.github.torchscribe.samples.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.samples.mnist.CnnModel;
import io.github.torchscribe.samples.tools.Java;
import io.github.torchscribe.samples.tools.Tools;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server under wrk while its weights change: each answer is one of the two weights', to the
 * last digit of its probabilities, and none is an error. With {@code -Dlong.tests=true} 100,000
 * questions and 100 changes, and what it costs is printed.
 */
class UnderLoadTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");
  private static final int QUESTIONS = 20;
  private static final int SWAPS = LONG ? 100 : 10;
  private static final int ANSWERS = LONG ? 100_000 : 2_000;
  private static final int SECONDS_OF_A_ROUND = LONG ? 10 : 1;
  private static final Pattern RESULT =
      Pattern.compile(
          "of the first (\\d+), of the second (\\d+), of neither (\\d+), errors (\\d+), p50 (\\d+)"
              + " us, p99 (\\d+) us\n(.*)");

  @TempDir private Path folder;
  private Path wrk;
  private Model present;
  private Predictor predictor;
  private DigitServer server;

  /** What one run of wrk came to. */
  private record Round(long first, long second, long neither, long errors, long p50, long p99) {}

  @BeforeEach
  void start() throws IOException, InterruptedException {
    wrk = Tools.requireProgram("no wrk; scripts/wrk.sh brings it", "wrk");
    for (int which = 1; which >= 0; which--) {
      present = CnnModel.create(1 + which);
      present.save(folder.resolve("weights-" + which));
      predictor = present.predictor();
      server = new DigitServer(predictor, () -> "", new InetSocketAddress("127.0.0.1", 0), 2);
      write(which);
      if (which == 1) {
        stop();
      }
    }
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
      predictor.close();
      present.close();
    }
  }

  /** What the server answers by the weights at hand; all answers differ. */
  private void write(int which) throws IOException, InterruptedException {
    Random random = new Random(4);
    List<String> questions = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      String pixels =
          random.ints(784, 0, 256).mapToObj(String::valueOf).collect(Collectors.joining(","));
      questions.add("{\"pixels\":[" + pixels + "]}");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url()))
                      .POST(HttpRequest.BodyPublishers.ofString(questions.get(i)))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      answers.add(answer.body());
    }
    assertEquals(QUESTIONS, answers.stream().distinct().count());
    Files.write(folder.resolve("questions"), questions);
    Files.write(folder.resolve("answers-" + which), answers);
  }

  private String url() throws IOException {
    return "http://127.0.0.1:" + server.port() + "/predict";
  }

  /** Asks by eight connections for a while. */
  private Round ask() throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            wrk.toString(),
            "-t1",
            "-c8",
            "-d" + SECONDS_OF_A_ROUND + "s",
            "--latency",
            "-s",
            Path.of("src/test/resources/serve/check.lua").toAbsolutePath().toString(),
            url(),
            "--",
            folder.toString());
    String output = Java.said(command, folder.resolve("output"));
    Matcher found = RESULT.matcher(output);
    assertTrue(found.find(), output);
    Round round =
        new Round(
            number(found, 1),
            number(found, 2),
            number(found, 3),
            number(found, 4),
            number(found, 5),
            number(found, 6));
    assertEquals(0, round.neither + round.errors, output);
    return round;
  }

  private static long number(Matcher found, int group) {
    return Long.parseLong(found.group(group));
  }

  /** Rounds until there are as many answers as wanted; prints what they took. */
  private List<Round> askEnough(String what) throws IOException, InterruptedException {
    List<Round> rounds = new ArrayList<>();
    long answers = 0;
    while (answers < ANSWERS) {
      Round round = ask();
      rounds.add(round);
      answers += round.first + round.second;
    }
    System.out.println(what + ": " + rounds);
    return rounds;
  }

  @Test
  void everyAnswerIsOfOneOfTheTwoWeights() throws Exception {
    ask(); // until it is compiled
    List<Round> before = askEnough("the same weights all the time");
    assertTrue(before.stream().allMatch(round -> round.first > 0 && round.second == 0));
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    int[] swaps = new int[1];
    Thread swapping =
        new Thread(
            () -> {
              try {
                while (!over.get()) {
                  Thread.sleep(1_000L * SECONDS_OF_A_ROUND / SWAPS);
                  swap(++swaps[0] % 2);
                }
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    swapping.start();
    List<Round> during = new ArrayList<>();
    while (failure.get() == null && (swaps[0] < SWAPS || during.isEmpty())) {
      during.addAll(askEnough("weights that change"));
    }
    over.set(true);
    swapping.join();
    assertEquals(null, failure.get());
    System.out.println(swaps[0] + " changes of weights");
    assertTrue(during.stream().mapToLong(Round::first).sum() > 0);
    assertTrue(during.stream().mapToLong(Round::second).sum() > 0);
  }

  private void swap(int which) {
    Model next = CnnModel.create().load(folder.resolve("weights-" + which));
    predictor.swap(next).close();
    present = next;
  }
}
