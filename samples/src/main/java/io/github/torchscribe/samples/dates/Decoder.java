package io.github.torchscribe.samples.dates;

import io.github.torchscribe.runtime.Example;
import io.github.torchscribe.runtime.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes translations greedily: at each place the likeliest character, behind those before it. */
final class Decoder {
  private final Predictor predictor;

  Decoder(Predictor predictor) {
    this.predictor = predictor;
  }

  /**
   * Translates several texts, a character of each at a time.
   *
   * @throws IllegalArgumentException when one is empty, too long or has characters beyond ASCII's
   */
  List<String> translate(List<String> texts) {
    List<Example> examples = new ArrayList<>();
    List<long[]> targets = new ArrayList<>();
    for (String text : texts) {
      long[] target = new long[Translator.WRITTEN]; // padding, where nothing is written yet
      target[0] = Letters.BEGIN;
      targets.add(target);
      examples.add(
          Example.of("source", Letters.indices(text, Translator.LENGTH)).and("target", target));
    }
    StringBuilder[] written = new StringBuilder[texts.size()];
    for (int place = 0; place < Translator.WRITTEN; place++) {
      List<Map<String, float[]>> answers = predictor.predict(examples);
      for (int i = 0; i < written.length; i++) {
        int best = likeliest(answers.get(i).get("next"), place);
        if (place == 0) {
          written[i] = new StringBuilder();
        }
        written[i].append(Letters.character(best));
        if (place + 1 < Translator.WRITTEN) {
          targets.get(i)[place + 1] = best;
        }
      }
    }
    return List.of(written).stream().map(StringBuilder::toString).toList();
  }

  private static int likeliest(float[] scores, int place) {
    int begin = place * Letters.COUNT;
    int best = Letters.BEGIN; // nothing comes behind nothing
    for (int i = best; i < Letters.COUNT; i++) {
      best = scores[begin + i] > scores[begin + best] ? i : best;
    }
    return best;
  }
}
