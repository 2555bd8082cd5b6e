package io.github.torchscribe.samples.sentences;

import io.github.torchscribe.runtime.Predictor;
import java.util.List;
import java.util.stream.IntStream;

/** Sentences and what they are about, so that those about the same can be found. */
final class Embeddings {
  private final List<String> sentences;
  private final List<float[]> vectors;

  private Embeddings(List<String> sentences, List<float[]> vectors) {
    this.sentences = sentences;
    this.vectors = vectors;
  }

  /**
   * What sentences are about.
   *
   * @param predictor of {@link MiniLm}
   */
  static Embeddings of(List<String> sentences, Tokens tokens, Predictor predictor) {
    return new Embeddings(
        sentences,
        predictor.predict(sentences.stream().map(tokens::of).toList()).stream()
            .map(answer -> answer.get("embedding"))
            .toList());
  }

  /** A sentence, and the cosine of the angle between it and what was asked for. */
  record Near(String sentence, double cosine) {}

  String sentence(int index) {
    return sentences.get(index);
  }

  int size() {
    return sentences.size();
  }

  /** The sentences that are nearest to one of others. */
  List<Near> nearest(Embeddings others, int which, int count) {
    float[] wanted = others.vectors.get(which);
    return IntStream.range(0, size())
        .mapToObj(i -> new Near(sentence(i), cosine(wanted, vectors.get(i))))
        .sorted((a, b) -> Double.compare(b.cosine, a.cosine))
        .limit(count)
        .toList();
  }

  /** The sentence that is nearest to one of these, that itself left out. */
  int nearestOf(int which) {
    return IntStream.range(0, size())
        .filter(i -> i != which)
        .boxed()
        .max(
            (a, b) ->
                Double.compare(
                    cosine(vectors.get(which), vectors.get(a)),
                    cosine(vectors.get(which), vectors.get(b))))
        .orElseThrow();
  }

  /** Of vectors of length 1. */
  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
