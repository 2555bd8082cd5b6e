package io.github.torchscribe.processor.graph;

import io.github.torchscribe.processor.layer.Layer;
import io.github.torchscribe.processor.tensor.ParameterSpec;
import io.github.torchscribe.processor.tensor.Shape;
import java.util.List;

/**
 * A layer at its place.
 *
 * @param index its position in the whole, counted from 0
 * @param path where {@code nn.Sequential} has it, for example {@code 1}, or {@code 2.0} in a
 *     network inside
 * @param layer what it does
 * @param input the shape that arrives
 * @param output the shape that leaves
 * @param parameters what it learns
 * @param state what it remembers besides
 */
public record Node(
    int index,
    String path,
    Layer layer,
    Shape input,
    Shape output,
    List<ParameterSpec> parameters,
    List<ParameterSpec> state) {
  /**
   * The same at another position.
   *
   * @param position counted from 0
   * @return otherwise equal
   */
  public Node at(int position) {
    return new Node(position, path, layer, input, output, parameters, state);
  }

  /**
   * What the layer is called in generated code.
   *
   * @return for example {@code linear1}, or {@code encodeLinear1} on a method
   */
  public String variable() {
    String name = path.replace('.', '_');
    if (Character.isDigit(path.charAt(0)) || path.indexOf('.') < 0) {
      return layer.variable() + name;
    }
    int end = path.indexOf('.');
    String layerName = layer.variable();
    return path.substring(0, end)
        + Character.toUpperCase(layerName.charAt(0))
        + layerName.substring(1)
        + name.substring(end + 1);
  }

  /**
   * The multiplications of the layer's products.
   *
   * @return for one example, forward
   */
  public long multiplyAdds() {
    return layer.multiplyAdds(input, output);
  }

  /**
   * What the layer is called in Javadoc and comments.
   *
   * @return for example {@code 1 Linear}
   */
  public String label() {
    return path + " " + layer.name();
  }
}
