package io.github.torchscribe.runtime.learner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network as a Mermaid flowchart: an arrow for each value that a layer reads. */
final class Diagram {
  private final StringBuilder text = new StringBuilder("flowchart TD\n");

  Diagram(Summary summary) {
    Map<String, String> ids = new HashMap<>(Map.of(Summary.INPUT, Summary.INPUT));
    boolean branches = summary.branches();
    for (int i = 0; i < summary.inputs().size(); i++) {
      Summary.Port port = summary.inputs().get(i);
      String id = i == 0 ? Summary.INPUT : Summary.INPUT + i;
      ids.put(port.name(), id);
      box(id, port.name(), port.shape());
    }
    List<Summary.Layer> layers = summary.wired();
    for (int i = 0; i < layers.size(); i++) {
      Summary.Layer layer = layers.get(i);
      String id = "layer" + i;
      ids.put(layer.path(), id);
      box(id, branches ? layer.path() + "<br/>" + layer.text() : layer.text(), layer.output());
      layer.reads().forEach(from -> edge(ids.get(from), id));
    }
  }

  private void box(String id, String title, String shape) {
    String escaped = title.replace("\"", "#quot;");
    text.append("  ").append(id).append("[\"").append(escaped);
    text.append("<br/>").append(shape).append("\"]\n");
  }

  private void edge(String from, String to) {
    text.append("  ").append(from).append(" --> ").append(to).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
