package io.github.torchscribe.runtime.report;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Picture;
import io.github.torchscribe.runtime.learner.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * What the network took for something else.
 *
 * @param count how many
 * @param decisions of how many that count
 * @param images the first of them, where examples are images
 */
record Mistakes(int count, int decisions, List<Image> images) {
  private static final int MOST_IMAGES = 60;

  /**
   * A misclassified image.
   *
   * @param source a data URL
   * @param index in the test data
   * @param right what it is
   * @param predicted what it was taken for
   */
  record Image(String source, int index, long right, long predicted) {}

  static Mistakes of(Predictions predictions, Dataset data) {
    int[] wrong = predictions.wrong();
    boolean oneForEach = predictions.right().length == data.size();
    OptionalInt pictures = Picture.among(data.inputSpecs());
    return new Mistakes(
        wrong.length,
        predictions.counting(),
        oneForEach && pictures.isPresent()
            ? images(
                predictions,
                data,
                pictures.getAsInt(),
                Arrays.copyOf(wrong, Math.min(MOST_IMAGES, wrong.length)))
            : List.of());
  }

  private static List<Image> images(Predictions predictions, Dataset data, int part, int[] wrong) {
    if (wrong.length == 0) {
      return List.of();
    }
    List<Image> images = new ArrayList<>();
    PointerScope scope = new PointerScope();
    try {
      long[] indices = Arrays.stream(wrong).asLongStream().toArray();
      Tensor all = Picture.stretched(data.allExamples(indices).get(part));
      for (int i = 0; i < wrong.length; i++) {
        images.add(
            new Image(
                Picture.of(all.select(0, i)).dataUrl(),
                wrong[i],
                predictions.right()[wrong[i]],
                predictions.predicted()[wrong[i]]));
      }
    } finally {
      scope.close();
    }
    return images;
  }
}
