package io.github.torchscribe.tensorboard;

import com.google.protobuf.ByteString;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.torch.Shapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A network as TensorBoard's {@code graph.proto} has it, named as PyTorch's {@code add_graph} does:
 * {@code Mlp/Linear[1]}, in which its weights and its operation are.
 */
final class NetworkGraph {
  private static final int PRODUCER = 22;
  private static final Pattern ANNOTATION = Pattern.compile("@?(\\w+).*", Pattern.DOTALL);

  private final Message graph = new Message();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> unread = new HashSet<>();

  private NetworkGraph() {}

  /**
   * Draws a network.
   *
   * @param network what it consists of
   * @param parameters what its layers learn; may be empty
   */
  static Message of(Summary network, List<Parameter> parameters) {
    Map<String, List<Parameter>> byLayer = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      layerOf(network, parameter.name())
          .ifPresent(
              path -> byLayer.computeIfAbsent(path, any -> new ArrayList<>()).add(parameter));
    }
    NetworkGraph drawing = new NetworkGraph();
    for (Summary.Port port : network.inputs()) {
      drawing.input(port);
    }
    if (!network.inputs().isEmpty()) {
      String first = network.inputs().get(0).name();
      drawing.names.putIfAbsent(Summary.INPUT, drawing.names.get(first));
    }
    for (Summary.Layer layer : network.wired()) {
      drawing.layer(network.name(), layer, byLayer.getOrDefault(layer.path(), List.of()));
    }
    drawing.outputs(network);
    return drawing.graph.put(4, new Message().put(1, PRODUCER));
  }

  private static Optional<String> layerOf(Summary network, String parameter) {
    return network.layers().stream()
        .map(Summary.Layer::path)
        .filter(path -> parameter.startsWith(path + "."))
        .max(Comparator.comparingInt(String::length));
  }

  private void input(Summary.Port port) {
    String name = "input/" + port.name();
    names.put(port.name(), name);
    node(name, "IO Node", List.of(), dimensions(port.shape()), Map.of());
  }

  private void layer(String network, Summary.Layer layer, List<Parameter> parameters) {
    int dot = layer.path().lastIndexOf('.');
    String scope = dot < 0 ? "" : layer.path().substring(0, dot).replace('.', '/') + "/";
    String kind = ANNOTATION.matcher(layer.text()).replaceFirst("$1");
    String name = network + "/" + scope + kind + "[" + layer.path().substring(dot + 1) + "]";
    List<String> reads = new ArrayList<>();
    for (String read : layer.reads()) {
      reads.add(names.get(read));
      unread.remove(read);
    }
    for (Parameter parameter : parameters) {
      String own = parameter.name().substring(layer.path().length() + 1);
      String inside = name + "/" + own.replace('.', '/');
      node(inside, "Parameter", List.of(), Shapes.of(parameter.value()), Map.of());
      reads.add(inside);
    }
    String operation = parameters.isEmpty() ? name : name + "/" + kind;
    names.put(layer.path(), operation);
    unread.add(layer.path());
    Map<String, Message> attributes = new LinkedHashMap<>();
    attributes.put("attr", text(layer.text()));
    if (layer.parameters() > 0) {
      attributes.put("parameters", new Message().put(3, layer.parameters()));
    }
    if (layer.multiplyAdds() > 0) {
      attributes.put("multiply-adds", new Message().put(3, layer.multiplyAdds()));
    }
    node(operation, kind, reads, dimensions(layer.output()), attributes);
  }

  private void outputs(Summary network) {
    int number = 1;
    for (Summary.Layer layer : network.layers()) {
      if (unread.contains(layer.path())) {
        String read = names.get(layer.path());
        String name = "output/output." + number++;
        node(name, "IO Node", List.of(read), dimensions(layer.output()), Map.of());
      }
    }
  }

  private void node(
      String name,
      String operation,
      List<String> reads,
      long[] shape,
      Map<String, Message> attributes) {
    Message node = new Message().put(1, name).put(2, operation).putAll(3, reads);
    Message dimensions = new Message();
    for (long size : shape) {
      dimensions.put(2, new Message().put(1, size));
    }
    node.put(5, "_output_shapes", new Message().put(1, new Message().put(7, dimensions)));
    attributes.forEach((key, value) -> node.put(5, key, value));
    graph.put(1, node);
  }

  private static Message text(String text) {
    return new Message().put(2, ByteString.copyFrom(text, StandardCharsets.UTF_8));
  }

  /** Of {@code (N, 1, 28, 28)}; −1 for what is known later, such as how many examples there are. */
  private static long[] dimensions(String shape) {
    String inside = shape.replaceAll("[()\\s]", "");
    return inside.isEmpty()
        ? new long[0]
        : Pattern.compile(",")
            .splitAsStream(inside)
            .mapToLong(size -> size.matches("\\d{1,18}") ? Long.parseLong(size) : -1)
            .toArray();
  }
}
