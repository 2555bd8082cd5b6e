package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Position;
import io.github.torchscribe.processor.message.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names that are taken: by parts, by what they learn and remember, and by what generated code
 * calls them. By them weights are found in files, and values in the graph.
 */
final class PartNames {
  private final Report report;
  private final Set<String> parts = new HashSet<>();
  private final Set<String> twice = new HashSet<>();
  private final Set<String> tensors = new HashSet<>();
  private final Set<String> variables = new HashSet<>();

  PartNames(Report report) {
    this.report = report;
  }

  /** A part is there. */
  void take(String path, Position at) {
    if (!parts.add(path) && !isInsideTwice(path)) {
      report.say(Message.SAME_NAME, at, "part", path);
      twice.add(path);
    }
  }

  /** A layer is there. */
  void takeAll(Node node) {
    Position at = node.layer().written().at();
    Optional<String> taken =
        Stream.of(node.parameters(), node.state())
            .flatMap(List::stream)
            .map(tensor -> node.path() + "." + tensor.name())
            .filter(name -> !tensors.add(name))
            .findFirst();
    boolean similar = !variables.add(node.variable());
    if (node.path().equals(Value.INPUT)) {
      report.say(Message.SAME_NAME, at, "value, the network's own,", node.path());
    }
    if (isInsideTwice(node.path())) {
      return;
    }
    if (taken.isPresent()) {
      report.say(Message.SAME_NAME, at, "tensor", taken.get());
    } else if (similar) {
      report.say(Message.SAME_NAME, at, "part, but for dots and underscores,", node.path());
    }
  }

  /** What is inside of two parts of one name has none of its own. */
  private boolean isInsideTwice(String path) {
    return twice.stream().anyMatch(name -> path.equals(name) || path.startsWith(name + "."));
  }
}
