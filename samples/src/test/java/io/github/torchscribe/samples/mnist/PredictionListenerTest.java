package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.PredictionListener;
import io.github.torchscribe.runtime.Predictor;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What becomes of questions is told, and who is told keeps nobody from an answer. */
class PredictionListenerTest {
  /** In the order in which it is told; times are in order, too. */
  private static final class Notes implements PredictionListener {
    private final List<String> all = new ArrayList<>();
    private long computed;

    @Override
    public void answered(int examples, long nanos) {
      all.add("answered " + examples + (nanos >= computed ? "" : " in no time: " + nanos));
      computed = 0;
    }

    @Override
    public void failed(int examples, long nanos, Throwable why) {
      all.add("failed " + examples + ": " + why.getMessage() + (nanos > 0 ? "" : " in no time"));
    }

    @Override
    public void computed(int examples, long nanos) {
      computed += nanos;
      all.add("computed " + examples);
    }

    @Override
    public void swapped(Model next, long nanos) {
      all.add("swapped for " + next.seed());
    }

    void are(String... expected) {
      assertEquals(List.of(expected), all);
      all.clear();
    }
  }

  @Test
  void callsAndPassesAreTold() {
    Notes notes = new Notes();
    float[][] images = PredictorTest.images();
    try (Model model = MlpModel.create();
        Model next = MlpModel.create(2)) {
      Predictor predictor = model.predictor().listener(notes);
      predictor.predict(images[0]);
      notes.are("computed 1", "answered 1");
      predictor.predict(images);
      notes.are("computed 64", "computed 32", "computed 4", "answered 100");
      predictor.predict(List.of(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY)));
      notes.are("computed 1", "answered 1");
      assertThrows(IllegalArgumentException.class, () -> predictor.predict(1, 2, 3f));
      notes.are(
          "failed 1: Mlp takes Float (N, 1, 28, 28): 784 for an example, but was given 3 numbers");
      List<BufferedImage> none = Arrays.asList((BufferedImage) null);
      assertThrows(IllegalArgumentException.class, () -> predictor.predict(none));
      notes.are("failed 1: image 0 is null, as ImageIO.read has it for what it cannot read");
      predictor.swap(next);
      notes.are("swapped for 2");
      predictor.trouble();
      notes.are();
      predictor.close();
      assertThrows(IllegalStateException.class, () -> predictor.predict(images[0]));
      notes.are("failed 1: this predictor is closed");
    }
  }

  @Test
  void warmingUpIsNotTold() {
    Notes notes = new Notes();
    float[][] images = PredictorTest.images();
    Model model = MlpModel.create();
    try (Predictor predictor = model.predictor().listener(notes)) {
      long began = System.nanoTime();
      predictor.warmUp(1, Duration.ofMillis(300)).warmUp(32, Duration.ofMillis(100));
      assertTrue(System.nanoTime() - began < 10e9, "it was to end");
      notes.are();
      predictor.predict(images[0]);
      notes.are("computed 1", "answered 1");
      assertEquals(
          "a call is warmed up for 1 to 64 examples, but not for 65",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> predictor.warmUp(65, Duration.ofMillis(100)))
              .getMessage());
      model.close();
      assertThrows(IllegalStateException.class, () -> predictor.warmUp(1, Duration.ofSeconds(100)));
    }
  }

  @Test
  void whoFailsIsNamedOnceAndKeepsNobodyFromAnAnswer() {
    AtomicInteger warnings = new AtomicInteger();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            warnings.addAndGet(record.getMessage().contains("has failed") ? 1 : 0);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.github.torchscribe.runtime.Listeners");
    logger.addHandler(handler);
    Notes notes = new Notes();
    float[][] images = PredictorTest.images();
    try (Model model = MlpModel.create();
        Model next = MlpModel.create();
        Predictor plain = model.predictor();
        Predictor predictor =
            model
                .predictor()
                .listener(
                    new PredictionListener() {
                      @Override
                      public void answered(int examples, long nanos) {
                        throw new IllegalStateException("no");
                      }
                    })
                .listener(
                    new PredictionListener() {
                      @Override
                      public void computed(int examples, long nanos) {
                        throw new AssertionError("not that many");
                      }

                      @Override
                      public void swapped(Model next, long nanos) {
                        throw new AssertionError("not this one");
                      }
                    })
                .listener(notes)) {
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(plain.predict(images[i]), predictor.predict(images[i]));
        notes.are("computed 1", "answered 1");
      }
      assertEquals(2, warnings.get(), "one for each who fails");
      assertSame(model, predictor.swap(next));
      notes.are("swapped for " + next.seed());
      assertEquals(2, warnings.get());
    } finally {
      logger.removeHandler(handler);
    }
  }

  /**
   * Of questions that share a pass each is answered; passes have as many examples as there were.
   */
  @Test
  void passesOfSeveralQuestionsAreToldOnce() throws InterruptedException {
    LongAdder answered = new LongAdder();
    LongAdder computed = new LongAdder();
    float[] image = PredictorTest.images()[0];
    try (Model model = MlpModel.create();
        Predictor predictor =
            model
                .predictor()
                .microBatches(8)
                .listener(
                    new PredictionListener() {
                      @Override
                      public void answered(int examples, long nanos) {
                        answered.add(examples);
                      }

                      @Override
                      public void computed(int examples, long nanos) {
                        computed.add(examples);
                      }
                    })) {
      Thread[] askers = new Thread[8];
      for (int t = 0; t < askers.length; t++) {
        askers[t] =
            new Thread(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    predictor.predict(image);
                  }
                });
        askers[t].start();
      }
      for (Thread asker : askers) {
        asker.join();
      }
      assertEquals(1_600, answered.sum());
      assertEquals(1_600, computed.sum());
    }
  }
}
