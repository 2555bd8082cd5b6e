package io.github.torchscribe.runtime.log;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Picture;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;

/** The first images of a run's test data, and what they are taken for. */
public final class TestImages {
  /** How many stand beside each other. */
  public static final int PER_ROW = 10;

  private static final int MOST = 40;
  private static final int PADDING = 3;

  private final Dataset data;
  private final int part;
  private final String output;
  private final long[] first;

  private TestImages(Dataset data, int part, String output) {
    this.data = data;
    this.part = part;
    this.output = output;
    first = LongStream.range(0, Math.min(MOST, data.size())).toArray();
  }

  /**
   * Those of a run.
   *
   * @param run whose
   * @return of the first output that decides once for each example; empty where there is none, and
   *     where examples are no images
   */
  public static Optional<TestImages> of(TrainingLog.Run run) {
    Dataset data = run.test();
    OptionalInt part = Picture.among(data.inputSpecs());
    if (part.isEmpty()) {
      return Optional.empty();
    }
    TensorSpecs targets = data.targetSpecs();
    return run.learner().deciding().stream()
        .filter(
            name ->
                Shapes.elements((name.isEmpty() ? targets.get(0) : targets.get(name)).shape()) == 1)
        .findFirst()
        .map(name -> new TestImages(data, part.getAsInt(), name));
  }

  /**
   * The output that decides.
   *
   * @return its name; empty where there is a single one
   */
  public String output() {
    return output;
  }

  /**
   * What a learner takes them for now.
   *
   * @param learner decides
   * @return a decision for each image
   */
  public Predictions predictions(Learner learner) {
    try (Subset subset = new Subset(data, first)) {
      return Predictions.ofEach(learner, subset, first.length).get(output);
    }
  }

  /**
   * The images, {@value #PER_ROW} beside each other, wrong ones in a red frame.
   *
   * @param predictions what they are taken for
   * @return all of them
   */
  public Picture draw(Predictions predictions) {
    PointerScope scope = new PointerScope();
    try {
      return Picture.grid(
          Picture.stretched(data.allExamples(first).get(part)),
          PER_ROW,
          PADDING,
          predictions.wrong());
    } finally {
      scope.close();
    }
  }
}
