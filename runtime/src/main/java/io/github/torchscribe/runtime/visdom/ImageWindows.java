package io.github.torchscribe.runtime.visdom;

import io.github.torchscribe.runtime.data.Picture;
import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Predictions;
import io.github.torchscribe.runtime.log.TestImages;
import java.util.List;

/**
 * The first images of the test data, wrong ones in a red frame, and a table of what they are taken
 * for in the same order.
 */
final class ImageWindows {
  private static final int SCALE = 2;
  private static final int TEXT_HEIGHT = 160;
  private static final int TITLE_BAR = 20;

  private final TestImages shown;
  private final Snapshot images = new Snapshot("images");
  private final Snapshot predictions = new Snapshot("predictions");

  ImageWindows(TestImages shown) {
    this.shown = shown;
  }

  List<Window> windows() {
    return List.of(images, predictions);
  }

  /** Shows what the learner takes them for now. */
  void update(Learner learner, int epoch) {
    Predictions some = shown.predictions(learner);
    Picture picture = shown.draw(some);
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
    return shown.output().isEmpty() ? "" : " (" + shown.output() + ")";
  }

  private static String table(Predictions some) {
    StringBuilder html =
        new StringBuilder("<table style=\"width:100%;table-layout:fixed;text-align:center\"><tr>");
    for (int i = 0; i < some.right().length; i++) {
      if (i > 0 && i % TestImages.PER_ROW == 0) {
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
