package io.github.torchscribe.runtime.learner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as a Mermaid flowchart. How values go follows from where layers stand: a residual
 * network {@code 2.} ends in {@code 2.sum}, and what stands beside it is {@code 2.shortcut.…}.
 */
final class Diagram {
  private static final String SUM = "sum";
  private static final String SHORTCUT = "shortcut.";

  private final List<Summary.Layer> layers;
  private final boolean branches;
  private final Map<String, String> ids = new HashMap<>();
  private final StringBuilder text = new StringBuilder("flowchart TD\n");

  Diagram(Summary summary) {
    layers = summary.layers();
    branches = summary.branches();
    box(Summary.INPUT, Summary.INPUT, summary.input());
    ids.put(Summary.INPUT, Summary.INPUT);
    for (int i = 0; i < layers.size(); i++) {
      Summary.Layer layer = layers.get(i);
      box(id(i), branches ? layer.path() + "<br/>" + layer.text() : layer.text(), layer.output());
      ids.put(layer.path(), id(i));
      edges(i);
    }
  }

  private void edges(int i) {
    if (!layers.get(i).reads().isEmpty()) {
      layers.get(i).reads().forEach(path -> edge(ids.get(path), id(i)));
      return;
    }
    if (branches) {
      edge(i == 0 ? Summary.INPUT : id(i - 1), id(i));
      return;
    }
    String path = layers.get(i).path();
    if (path.equals(SUM) || path.endsWith("." + SUM)) {
      String network = path.substring(0, path.length() - SUM.length());
      List<Integer> main = new ArrayList<>();
      List<Integer> beside = new ArrayList<>();
      for (int j = 0; j < i; j++) {
        String other = layers.get(j).path();
        if (other.startsWith(network + SHORTCUT)) {
          beside.add(j);
        } else if (other.startsWith(network)) {
          main.add(j);
        }
      }
      edge(last(main, entry(network)), id(i));
      edge(last(beside, entry(network)), id(i));
    } else {
      edge(before(i), id(i));
    }
  }

  /** What a layer reads that is no sum. */
  private String before(int i) {
    String path = layers.get(i).path();
    int at = path.lastIndexOf(SHORTCUT);
    if (at >= 0 && path.indexOf('.', at + SHORTCUT.length()) < 0 && path.endsWith(".0")) {
      return entry(path.substring(0, at)); // the first layer beside a residual network
    }
    boolean firstOfMethod =
        !Character.isDigit(path.charAt(0))
            && i > 0
            && !method(path).equals(method(layers.get(i - 1).path()));
    return i == 0 || firstOfMethod ? "input" : id(i - 1);
  }

  /** What arrives at a network inside. */
  private String entry(String network) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).path().startsWith(network)) {
        return before(i);
      }
    }
    return "input";
  }

  private static String method(String path) {
    return path.contains(".") ? path.substring(0, path.indexOf('.')) : "";
  }

  private static String last(List<Integer> chain, String otherwise) {
    return chain.isEmpty() ? otherwise : id(chain.get(chain.size() - 1));
  }

  private static String id(int layer) {
    return "layer" + layer;
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
