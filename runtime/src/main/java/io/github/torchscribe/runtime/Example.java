package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Encoder;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a network of several inputs is asked about, by the names of its inputs. It does not change;
 * nor does it copy arrays, which must stay as they are until there is an answer.
 *
 * <pre>{@code
 * Map<String, float[]> answer =
 *     predictor.predict(Example.of("numbers", 0.3f, 1.2f).and("city", 17L));
 * float[] price = answer.get("price");
 * }</pre>
 */
public final class Example {
  private final Map<String, Object> parts;

  private Example(Map<String, Object> parts) {
    this.parts = parts;
  }

  /**
   * One input.
   *
   * @param input its name
   * @param numbers one dimension after the other
   * @return an example that has this alone
   */
  public static Example of(String input, float... numbers) {
    return new Example(Map.of(input, numbers));
  }

  /**
   * One input.
   *
   * @param input its name
   * @param indices one dimension after the other
   * @return an example that has this alone
   */
  public static Example of(String input, long... indices) {
    return new Example(Map.of(input, indices));
  }

  /**
   * All inputs from the cells of a table's row, with their words. No tensor is left to be freed, so
   * that a server may ask in each request; from any number of threads, with one encoder.
   *
   * <pre>{@code
   * predictor.predict(Example.of(encoder, Map.of("rooms", "3", "area", "72.5", "town", "Basel")));
   * }</pre>
   *
   * @param encoder which has learned from the table
   * @param cells as with {@link Encoder#encode(Map)}
   * @return an example that has the encoder's inputs, by their names
   * @throws IllegalArgumentException when a cell is not there, empty, no number or no known word
   *     where it must be one; the message names it
   */
  public static Example of(Encoder encoder, Map<String, String> cells) {
    PointerScope scope = new PointerScope();
    try {
      return of(encoder.encode(cells));
    } finally {
      scope.close();
    }
  }

  /**
   * All inputs from tensors, such as those that a table's {@link Encoder#encode(Map) Encoder} makes
   * of words.
   *
   * @param inputs of each (1, …), 32-bit floats or 64-bit integers
   * @return an example that has copies of them
   * @throws IllegalArgumentException when there are several examples, or none
   */
  public static Example of(Tensors inputs) {
    Map<String, Object> parts = new TreeMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor part = inputs.get(i);
      if (part.dim() == 0 || part.size(0) != 1) {
        throw new IllegalArgumentException(
            "an example is one, of shape (1, …), but there are " + inputs);
      }
      parts.put(inputs.names().get(i), numbers(part));
    }
    return new Example(parts);
  }

  private static Object numbers(Tensor part) {
    PointerScope scope = new PointerScope();
    try {
      if (part.scalar_type().intern() == torch.ScalarType.Long) {
        return Longs.of(part);
      }
      float[] numbers = new float[Math.toIntExact(part.numel())];
      part.cpu().contiguous().data_ptr_float().get(numbers);
      return numbers;
    } finally {
      scope.close();
    }
  }

  /**
   * One more input.
   *
   * @param input its name
   * @param numbers one dimension after the other
   * @return an example that has this, too
   * @throws IllegalArgumentException when it has one of that name
   */
  public Example and(String input, float... numbers) {
    return with(input, numbers);
  }

  /**
   * One more input.
   *
   * @param input its name
   * @param indices one dimension after the other
   * @return an example that has this, too
   * @throws IllegalArgumentException when it has one of that name
   */
  public Example and(String input, long... indices) {
    return with(input, indices);
  }

  private Example with(String input, Object part) {
    Map<String, Object> more = new TreeMap<>(parts);
    if (more.put(input, part) != null) {
      throw new IllegalArgumentException("the example has the input " + input + " already");
    }
    return new Example(more);
  }

  Map<String, Object> parts() {
    return parts;
  }
}
