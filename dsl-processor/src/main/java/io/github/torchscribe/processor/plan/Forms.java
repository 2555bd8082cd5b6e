package io.github.torchscribe.processor.plan;

import io.github.torchscribe.processor.graph.Node;
import io.github.torchscribe.processor.graph.Segment;
import io.github.torchscribe.processor.graph.Value;
import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.tensor.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that each layer finds values in the form that it wants. From the first convolution on
 * images lie channels last, until somebody cannot read that; in mixed precision numbers stay
 * bfloat16 from the first product on, until somebody wants more. A value that several layers read
 * is changed once for all that want the same; who does not mind takes it as it was changed last.
 */
final class Forms {
  /** A value in some form. */
  private record Version(Value value, Form form) {}

  private final boolean mixed;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Version, Value> versions = new HashMap<>();
  private final Map<Value, Version> latest = new HashMap<>();

  private Forms(boolean mixed) {
    this.mixed = mixed;
  }

  /**
   * The same layers, with changes of form where they are needed.
   *
   * @param mixed whether some compute in bfloat16
   */
  static Segment arranged(Segment segment, boolean mixed) {
    Forms forms = new Forms(mixed);
    segment.inputs().forEach(input -> forms.give(input.value(), Form.PLAIN));
    segment.nodes().forEach(forms::add);
    Map<Value, Node> givers = segment.givers();
    List<Value> outputs = new ArrayList<>();
    for (Value output : segment.outputs()) {
      Node last = givers.get(output);
      outputs.add(
          last == null // an input, which is plain
              ? output
              : forms.in(Form.PLAIN, output, last.layer(), last.path() + ".out"));
    }
    return new Segment(segment.method(), segment.inputs(), forms.nodes, outputs);
  }

  private void give(Value value, Form form) {
    Version version = new Version(value, form);
    versions.put(version, value);
    latest.put(value, version);
  }

  private void add(Node node) {
    List<Form> arriving = node.reads().stream().map(value -> latest.get(value).form()).toList();
    Form form = node.layer().form(arriving, node.inputs(), mixed);
    List<Value> reads = new ArrayList<>();
    for (Value value : node.reads()) {
      String which = reads.isEmpty() ? "" : String.valueOf(reads.size() + 1);
      reads.add(in(form, value, node.layer(), node.path() + ".in" + which));
    }
    nodes.add(node.reading(reads));
    give(node.gives(), form);
  }

  /** The value in a form, changed before a layer where it is not there. */
  private Value in(Form form, Value value, Layer before, String path) {
    Version wanted = new Version(value, form);
    Value there = versions.get(wanted);
    if (there != null) {
      return there;
    }
    Value from = versions.get(latest.get(value));
    Value changed = value.copiedAt(path);
    Relayout change = new Relayout(before.written(), latest.get(value).form(), form, value.shape());
    nodes.add(new Node(change, List.of(from), changed));
    versions.put(wanted, changed);
    latest.put(value, wanted);
    return changed;
  }
}
