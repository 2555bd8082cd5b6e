package io.github.torchscribe.samples.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.samples.mnist.CnnModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers come of what a file has now, whatever happens meanwhile. */
class FollowedFileTest {
  private static CnnModel model;
  private static Predictor predictor;

  @BeforeAll
  static void start() {
    model = CnnModel.create(3);
    predictor = model.predictor();
  }

  @AfterAll
  static void stop() {
    predictor.close();
    model.close();
  }

  /** The file is replaced, by one that fits, by one that does not, and by the first again. */
  @Test
  void followsAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("weights.safetensors");
    float[] image = new float[784];
    BlockingQueue<String> news = new LinkedBlockingQueue<>();
    model.save(file);
    float[] before;
    float[] after;
    try (CnnModel other = CnnModel.create(7);
        Predictor alone = other.predictor()) {
      before = predictor.predict(image);
      after = alone.predict(image);
      try (Model own = CnnModel.create().load(file);
          Predictor some = own.predictor();
          FollowedFile followed =
              new FollowedFile(
                  file, FollowedFile.Stamp.of(file), CnnModel::create, some, news::add)) {
        followed.follow(Duration.ofMillis(20));
        assertArrayEquals(before, some.predict(image));
        other.save(file);
        assertEquals("answers come of " + file + " as it is now", news.poll(60, SECONDS));
        assertArrayEquals(after, some.predict(image));
        Files.write(file, new byte[100]);
        String bad = news.poll(60, SECONDS);
        assertTrue(bad.startsWith("the weights stay as they are: " + file), bad);
        assertArrayEquals(after, some.predict(image));
        model.save(file);
        assertEquals("answers come of " + file + " as it is now", news.poll(60, SECONDS));
        assertArrayEquals(before, some.predict(image));
      }
    }
  }

  /** Whoever fails meanwhile: what is written while it starts is seen, and all that comes later. */
  @Test
  void followsAFileFromItsFirstLoadOn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("weights.safetensors");
    float[] image = new float[784];
    BlockingQueue<String> news = new LinkedBlockingQueue<>();
    AtomicInteger made = new AtomicInteger();
    model.save(file);
    try (CnnModel other = CnnModel.create(7);
        Predictor alone = other.predictor()) {
      FollowedFile.Stamp loaded = FollowedFile.Stamp.of(file);
      try (Model own = CnnModel.create().load(file);
          Predictor some = own.predictor()) {
        other.save(file);
        Supplier<Model> models =
            () -> {
              if (made.incrementAndGet() == 2) {
                throw new OutOfMemoryError("injected");
              }
              return CnnModel.create();
            };
        try (FollowedFile followed =
            new FollowedFile(
                file,
                loaded,
                models,
                some,
                what -> {
                  news.add(what);
                  throw new AssertionError("injected");
                })) {
          followed.follow(Duration.ofMillis(20));
          String same = "answers come of " + file + " as it is now";
          assertEquals(same, news.poll(60, SECONDS));
          assertArrayEquals(alone.predict(image), some.predict(image));
          model.save(file);
          assertEquals(
              "the weights stay as they are: java.lang.OutOfMemoryError: injected",
              news.poll(60, SECONDS));
          assertArrayEquals(alone.predict(image), some.predict(image));
          model.save(file);
          assertEquals(same, news.poll(60, SECONDS));
          assertArrayEquals(predictor.predict(image), some.predict(image));
        }
      }
    }
  }
}
