package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Picture;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.log.TrainingLog;
import io.github.torchscribe.runtime.torch.Shapes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * The first images of the test data, wrong ones in a red frame, and a table of what they are taken
 * for in the same order.
 */
final class TestImages {
  private static final int MOST = 40;
  private static final int PER_ROW = 10;
  private static final int PADDING = 3;
  private static final int SCALE = 2;
  private static final int TEXT_HEIGHT = 160;
  private static final int TITLE_BAR = 20;

  private final Dataset data;
  private final int part;
  private final String output;
  private final long[] first;
  private final Snapshot images = new Snapshot("images");
  private final Snapshot predictions = new Snapshot("predictions");

  private TestImages(Dataset data, int part, String output) {
    this.data = data;
    this.part = part;
    this.output = output;
    first = LongStream.range(0, Math.min(MOST, data.size())).toArray();
  }

  /**
   * Of the first output that decides once for each example; empty where there is none, and where
   * examples are no images.
   */
  static Optional<TestImages> of(TrainingLog.Run run) {
    Dataset data = run.test();
    OptionalInt part = Picture.among(data.inputSpecs());
    if (part.isEmpty()) {
      return Optional.empty();
    }
    Learner learner = run.learner();
    Stream<String> deciding =
        learner.losses().isEmpty()
            ? Stream.of(data.targetSpecs().names().get(0)).filter(single -> learner.decides())
            : learner.losses().stream().filter(learner::decides);
    return deciding
        .filter(name -> Shapes.elements(data.targetSpecs().get(name).shape()) == 1)
        .findFirst()
        .map(name -> new TestImages(data, part.getAsInt(), learner.losses().isEmpty() ? "" : name));
  }

  List<Window> windows() {
    return List.of(images, predictions);
  }

  /** Shows what the learner takes them for now. */
  void update(Learner learner, int epoch) {
    Predictions some;
    try (Subset subset = new Subset(data, first)) {
      some = Predictions.ofEach(learner, subset, first.length).get(output);
    }
    Picture picture = draw(some);
    Options pictureOptions =
        Options.title("test images" + what() + ", epoch " + epoch + ", wrong ones framed")
            .width(SCALE * picture.width())
            .height(SCALE * picture.height() + TITLE_BAR);
    images.show(env -> Plots.picture(picture, images.win(), env, pictureOptions));
    Options textOptions =
        Options.title("predictions" + what() + ", epoch " + epoch)
            .width(picture.width())
            .height(TEXT_HEIGHT);
    predictions.show(env -> Plots.text(table(some), predictions.win(), env, textOptions));
  }

  private String what() {
    return output.isEmpty() ? "" : " (" + output + ")";
  }

  private Picture draw(Predictions some) {
    PointerScope scope = new PointerScope();
    try {
      return Picture.grid(
          Picture.stretched(data.allExamples(first).get(part)), PER_ROW, PADDING, some.wrong());
    } finally {
      scope.close();
    }
  }

  private static String table(Predictions some) {
    StringBuilder html =
        new StringBuilder("<table style=\"width:100%;table-layout:fixed;text-align:center\"><tr>");
    for (int i = 0; i < some.right().length; i++) {
      if (i > 0 && i % PER_ROW == 0) {
        html.append("</tr><tr>");
      }
      long predicted = some.predicted()[i];
      html.append("<td>")
          .append(
              some.isWrong(i)
                  ? "<b style=\"color:#c00\">" + predicted + "≠" + some.right()[i] + "</b>"
                  : "" + predicted)
          .append("</td>");
    }
    return html.append("</tr></table>").toString();
  }
}
