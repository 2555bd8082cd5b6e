package io.github.torchscribe.samples.dates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.metric.Metric;
import io.github.torchscribe.runtime.torch.Threads;
import io.github.torchscribe.samples.Printed;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sample that translates dates, reduced; all of it with {@code -Dlong.tests=true}. */
class TranslateSampleTest {
  private static final boolean LONG = Boolean.getBoolean("long.tests");

  /** By heart, which takes less than to learn how dates are written. */
  @Test
  void decodesGreedilyWhatItHasLearned() {
    Dates.Split dates = Dates.draw(48, 1, 1);
    Dates some = dates.train();
    int threads = Threads.count();
    Threads.set(1);
    try (Model model = TranslatorModel.create()) {
      Trainer.of(model).epochs(40).batchSize(12).run(some, dates.test());
      Metric whole = new WholeTexts();
      model.evaluate(some, List.of(whole));
      double exact = whole.value();
      assertTrue(exact > 0.9, () -> "exact: " + exact);
      try (Predictor predictor = model.predictor()) {
        List<Dates.Pair> pairs = some.pairs();
        List<String> found =
            new Decoder(predictor).translate(pairs.stream().map(Dates.Pair::written).toList());
        long right =
            pairs.stream().filter(p -> found.get(pairs.indexOf(p)).equals(p.iso())).count();
        // The decoder has padding where training had what comes next: no place may see it.
        assertEquals(exact, (double) right / pairs.size());
      }
    } finally {
      Threads.set(threads);
    }
  }

  @Test
  void translatesOtherDays() {
    String out = run(LONG ? "" : " --examples 64 --test-examples 20 --epochs 1");
    Matcher result = Pattern.compile("exactly right: (\\d+) of (\\d+)").matcher(out);
    assertTrue(result.find(), out);
    assertEquals(LONG ? "2000" : "20", result.group(2));
    assertTrue(!LONG || Integer.parseInt(result.group(1)) >= 1_980, out);
    Matcher own = Pattern.compile("(?m)^27-nov-26 +(.{10})$").matcher(out);
    assertTrue(own.find(), out);
    assertTrue(!LONG || own.group(1).equals("2026-11-27"), out);
  }

  private static String run(String reduced) {
    return Printed.by(
        new TranslateSample(),
        ("--no-report --threads 1 --translate 27-nov-26" + reduced).split(" "));
  }
}
