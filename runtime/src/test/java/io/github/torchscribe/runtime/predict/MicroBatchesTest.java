package io.github.torchscribe.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks is told, whatever happens to the thread that answers. */
@Timeout(60)
class MicroBatchesTest {
  private static final long PATIENCE = Duration.ofSeconds(10).toMillis();

  private final CountDownLatch answering = new CountDownLatch(1);
  private final CountDownLatch allHaveAsked = new CountDownLatch(1);
  private final AtomicInteger passes = new AtomicInteger();

  /** A question for its number plus one. */
  private record Question(int number, float[] given) implements Lane.Query {
    Question(int number) {
      this(number, new float[1]);
    }

    @Override
    public float[] numbers(int input) {
      return new float[] {number};
    }

    @Override
    public long[] indices(int input) {
      return null;
    }

    @Override
    public float[] output(int which) {
      return given;
    }
  }

  /** A thread that asks, and what it was told. */
  private static final class Asker {
    private final Question question;
    private final Thread thread;
    private volatile Throwable thrown;

    Asker(MicroBatches together, int number) {
      question = new Question(number);
      thread =
          new Thread(
              () -> {
                try {
                  together.answer(question);
                } catch (Throwable e) {
                  thrown = e;
                }
              });
      thread.start();
    }

    void awaitSleep() throws InterruptedException {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.sleep(1);
      }
    }

    void awaitEnd() throws InterruptedException {
      thread.join(PATIENCE);
      assertTrue(!thread.isAlive(), "question " + question.number + " was never answered");
    }
  }

  private static void right(List<? extends Lane.Query> queries) {
    queries.forEach(query -> query.output(0)[0] = query.numbers(0)[0] + 1);
  }

  /** The first pass waits until it is told to go on; the second is what is given. */
  private Consumer<List<? extends Lane.Query>> thenSecond(
      Consumer<List<? extends Lane.Query>> second) {
    return queries -> {
      int pass = passes.incrementAndGet();
      if (pass == 1) {
        answering.countDown();
        await(allHaveAsked);
      }
      if (pass == 2) {
        second.accept(queries);
      } else {
        right(queries);
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anErrorReachesAllWhomItLeavesWithoutAnAnswer() throws InterruptedException {
    OutOfMemoryError error = new OutOfMemoryError("injected");
    MicroBatches together =
        new MicroBatches(
            thenSecond(
                queries -> {
                  throw error;
                }),
            4,
            1);
    List<Asker> askers = new ArrayList<>();
    askers.add(new Asker(together, 0));
    answering.await();
    for (int i = 1; i < 7; i++) {
      askers.add(new Asker(together, i));
      askers.get(i).awaitSleep();
    }
    allHaveAsked.countDown();
    for (Asker asker : askers) {
      asker.awaitEnd();
    }
    assertNull(askers.get(0).thrown);
    for (int i = 1; i < 5; i++) {
      assertSame(error, askers.get(i).thrown, "of the second pass");
    }
    for (int i : new int[] {0, 5, 6}) {
      assertNull(askers.get(i).thrown);
      assertEquals(i + 1, askers.get(i).question.given[0]);
    }
  }

  /** Its question is under way in another thread, and nothing else waits to be answered. */
  @Test
  void whoFindsACoreButNothingToAnswerSleeps() throws InterruptedException {
    List<CountDownLatch> ends = Stream.generate(() -> new CountDownLatch(1)).limit(3).toList();
    AtomicInteger begun = new AtomicInteger();
    MicroBatches together =
        new MicroBatches(
            queries -> {
              await(ends.get(begun.getAndIncrement()));
              right(queries);
            },
            4,
            2);
    List<Asker> askers = new ArrayList<>();
    for (int i = 0; i < 4; i++) { // two passes of one question each, two questions that wait
      askers.add(new Asker(together, i));
      askers.get(i).awaitSleep();
    }
    ends.get(0).countDown();
    while (begun.get() < 3) { // a pass of the two questions, in the thread that asked the first
      Thread.sleep(1);
    }
    ends.get(1).countDown();
    askers.get(0).awaitEnd();
    askers.get(1).awaitEnd();
    Asker last = askers.get(3);
    last.thread.interrupt();
    while (last.thread.isInterrupted()) {
      Thread.sleep(1); // until it is awake; now a core is free
    }
    last.awaitSleep();
    ends.get(2).countDown();
    askers.get(2).awaitEnd();
    last.awaitEnd();
    assertEquals(4, last.question.given[0]);
  }

  @Test
  void afterAFailureItAnswersOn() {
    AtomicInteger asked = new AtomicInteger();
    MicroBatches together =
        new MicroBatches(
            queries -> {
              if (asked.getAndIncrement() == 0) {
                throw new StackOverflowError("injected");
              }
              right(queries);
            },
            8,
            1);
    assertThrows(StackOverflowError.class, () -> together.answer(new Question(1)));
    Question next = new Question(2);
    together.answer(next);
    assertEquals(3, next.given[0]);
  }
}
