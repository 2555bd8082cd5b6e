package io.github.torchscribe.runtime.learner;

import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a network whose values branch and meet: each with its path, and below it what it
 * reads where that is not the layer above. A line is as wide as a terminal: long texts go on in the
 * next one, for a column of paths beside them would leave them no room.
 */
final class WiredTable {
  private static final int WIDTH = 100;
  private static final int NARROWEST = 32;
  private static final int LAYER = 1;
  private static final String MORE = "  ";

  private final Summary summary;

  WiredTable(Summary summary) {
    this.summary = summary;
  }

  @Override
  public String toString() {
    Table measured = table(Integer.MAX_VALUE);
    int others = 0;
    for (int i = 0; i < 5; i++) {
      others += MORE.length() + (i == LAYER ? 0 : measured.width(i));
    }
    return table(Math.max(NARROWEST, WIDTH - others)).toString();
  }

  private Table table(int width) {
    Table table = new Table(3, "path", "layer", "output", "parameters", "multiply-adds");
    summary.inputs().forEach(port -> table.row(port.name(), "", port.shape(), "", ""));
    for (Summary.Layer layer : summary.layers()) {
      List<String> lines = lines(layer.text(), "", width);
      String learned = Summary.count(layer.parameters());
      String work = Summary.count(layer.multiplyAdds());
      table.row(layer.path(), lines.get(0), layer.output(), learned, work);
      lines.subList(1, lines.size()).forEach(line -> table.row("", line, "", "", ""));
      if (!layer.reads().isEmpty()) {
        lines("reads " + String.join(", ", layer.reads()), MORE, width)
            .forEach(line -> table.row("", line, "", "", ""));
      }
    }
    return table;
  }

  /** Divides a text behind commas, where it has to be. */
  private static List<String> lines(String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.split("(?<=, )")) {
      if (line.length() + word.stripTrailing().length() > width && !line.toString().isBlank()) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent).append(MORE);
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
