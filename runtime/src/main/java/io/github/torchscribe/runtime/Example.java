package io.github.torchscribe.runtime;

import java.util.Map;
import java.util.TreeMap;

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
