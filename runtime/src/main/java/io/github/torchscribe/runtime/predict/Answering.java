package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.engine.Engine;
import io.github.torchscribe.runtime.generated.QuantizedWeights;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Threads;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who answers: the lanes of a model, which may be swapped for those of another while questions
 * come. What changes how answers are made is done by one thread at a time.
 */
public final class Answering implements AutoCloseable {
  private volatile Source source;
  private volatile MicroBatches microBatches;
  private volatile Passes passes;
  private boolean closed;

  /** Is told of passes. */
  public interface Passes {
    /**
     * One is over.
     *
     * @param examples that were computed in it
     */
    void computed(int examples, long nanos);
  }

  public Answering(Engine engine) {
    source = new Source(engine, new Lanes(engine));
  }

  /** From now on somebody is told of each pass. */
  public void tell(Passes some) {
    passes = some;
  }

  /** From now on questions that come while all cores are busy share a pass, so many at most. */
  public synchronized void together(int most) {
    if (most < 1 || most > Lanes.MOST) {
      throw new IllegalArgumentException(
          "a micro-batch has from 1 to " + Lanes.MOST + " examples, but not " + most);
    }
    if (source.lanes.areQuantized()) {
      throw new IllegalStateException(
          "with INT8 what comes of a question would depend on those in the same pass: use FLOAT32");
    }
    microBatches = new MicroBatches(this::inOnePass, most, Threads.count());
  }

  /** From now on products are computed with weights in 8 bits, or no longer. */
  public synchronized void quantize(boolean some) {
    if (some) {
      requireBytes(source.engine);
    }
    source.lanes.quantize(some);
  }

  private void requireBytes(Engine engine) {
    if (engine.device().type() != Device.Type.CPU) {
      throw new IllegalStateException(
          "INT8 is for processors, but the model is on "
              + engine.device()
              + ": move it, or have @Training(precision = Precision.BF16)");
    }
    if (microBatches != null) {
      throw new IllegalStateException(
          "with INT8 what comes of a question would depend on those in the same pass: leave"
              + " microBatches out");
    }
    if (!QuantizedWeights.areThere()) {
      throw new IllegalStateException(
          "libtorch has no products of 8 bits for this processor: use FLOAT32");
    }
  }

  /** Answers a question. */
  public void answer(Lane.Query query) {
    MicroBatches together = microBatches;
    if (together == null) {
      inOnePass(List.of(query));
    } else {
      together.answer(query);
    }
  }

  /** Answers 1, 2, 4 … 64. */
  private void inOnePass(List<? extends Lane.Query> queries) {
    Source asked = begin();
    try {
      pass(asked.lanes, queries, passes);
    } finally {
      asked.end();
    }
  }

  /** Answers any number, all with the same weights. */
  public void answerAll(List<? extends Lane.Query> queries) {
    answerAll(queries, passes);
  }

  private void answerAll(List<? extends Lane.Query> queries, Passes told) {
    Source asked = begin();
    try {
      asked.engine.read(() -> inPasses(asked.lanes, queries, told));
    } finally {
      asked.end();
    }
  }

  /**
   * A call begins, and ends with the model that it began with: a swap that comes meanwhile waits
   * for it.
   */
  private Source begin() {
    while (true) {
      Source asked = source;
      asked.begin();
      if (asked == source) {
        return asked;
      }
      asked.end(); // left between the two: perhaps nobody waits for this call any more
    }
  }

  private void inPasses(Lanes lanes, List<? extends Lane.Query> queries, Passes told) {
    for (int from = 0; from < queries.size(); ) {
      int to = from + lanes.together(queries.size() - from);
      pass(lanes, queries.subList(from, to), told);
      from = to;
    }
  }

  private void pass(Lanes lanes, List<? extends Lane.Query> queries, Passes told) {
    if (told == null) {
      lanes.answer(queries);
    } else {
      long began = System.nanoTime();
      lanes.answer(queries);
      told.computed(queries.size(), System.nanoTime() - began);
    }
  }

  /**
   * Has another model answer from now on, and waits for the last answer of the one before.
   *
   * @throws IllegalArgumentException when it cannot take its place; then all is as it was
   */
  public synchronized void swap(Engine next) {
    if (closed) {
      throw new IllegalStateException("this predictor is closed");
    }
    Source before = source;
    if (next == before.engine) {
      throw new IllegalArgumentException(
          "this "
              + next.network().name()
              + " answers already: give swap another model; it returns the one that has answered"
              + " until then");
    }
    source = new Source(next, readied(next));
    before.awaitCalls();
    before.lanes.close();
  }

  /** As many lanes as there are, which have answered once. */
  private Lanes readied(Engine next) {
    Fit.require(source.engine.network(), next.network());
    Lanes lanes = new Lanes(next);
    try {
      if (source.lanes.areQuantized()) {
        requireBytes(next);
        lanes.quantize(true);
      }
      Asked question = MadeUp.of(next.network());
      lanes.answer(List.of(question));
      if (question.makesNaN() && trouble().isEmpty()) {
        throw new IllegalArgumentException(makesNaN(next));
      }
      lanes.beLike(source.lanes, question);
      return lanes;
    } catch (RuntimeException | Error e) {
      lanes.close();
      throw e;
    }
  }

  private static String makesNaN(Engine engine) {
    return engine.network().name() + " makes NaN of a made-up example: look at its weights";
  }

  /** What keeps questions from being answered, or answers from being numbers. */
  public Optional<String> trouble() {
    Engine engine = source.engine;
    Asked question = MadeUp.of(engine.network());
    try {
      answerAll(List.of(question), null);
    } catch (RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    return question.makesNaN() ? Optional.of(makesNaN(engine)) : Optional.empty();
  }

  /**
   * Answers made-up questions until that goes no faster.
   *
   * @param together how many examples come in a call; with micro-batches 1, 2, 4 … so many share a
   *     pass
   * @param most how long at most
   */
  public void warmUp(int together, Duration most) {
    if (together < 1 || together > Lanes.MOST) {
      throw new IllegalArgumentException(
          "a call is warmed up for 1 to " + Lanes.MOST + " examples, but not for " + together);
    }
    new WarmUp(() -> madeUp(together), Threads.count()).run(most);
  }

  private Runnable madeUp(int together) {
    Asked question = MadeUp.of(source.engine.network());
    List<Asked> questions = Collections.nCopies(together, question);
    if (microBatches == null) {
      return () -> answerAll(questions, null);
    }
    return () -> { // as many share a pass as come by chance
      for (int some = 1; some <= together; some *= 2) {
        answerAll(questions.subList(0, some), null);
      }
    };
  }

  /** Frees all lanes, at once or when those that are in use come back. */
  @Override
  public synchronized void close() {
    closed = true;
    source.lanes.close();
  }
}
