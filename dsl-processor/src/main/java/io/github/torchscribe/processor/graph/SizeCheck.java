package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.message.Message;
import io.github.torchscribe.processor.message.Report;
import io.github.torchscribe.processor.tensor.ParameterSpec;

/** Says what no machine could hold. */
record SizeCheck(Report report) {
  private static final long MOST_ELEMENTS = 1L << 40;

  void check(Node node) {
    for (ParameterSpec parameter : node.parameters()) {
      check(node, parameter.shape().elements(), "elements of its " + parameter.name());
    }
    check(node, node.output().elements(), "elements for one example");
  }

  private void check(Node node, long elements, String what) {
    if (elements > MOST_ELEMENTS) {
      report.say(
          Message.TOO_LARGE,
          node.layer().written().at(),
          node.layer().written().text(),
          elements,
          what);
    }
  }
}
