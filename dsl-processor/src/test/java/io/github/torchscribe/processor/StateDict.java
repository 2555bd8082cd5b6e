package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** All that a file of a model would have, by name. */
final class StateDict {
  private StateDict() {}

  /** As it is now: what the model learns later does not change it. */
  static Map<String, Tensor> of(Model model) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    model.parameters().forEach(p -> all.put(p.name(), p.value().clone()));
    model.buffers().forEach((name, buffer) -> all.put(name, buffer.clone()));
    return all;
  }

  /** The same names with the same numbers, in any order. */
  static void assertEqual(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, tensor) -> assertTrue(tensor.equal(actual.get(name)), name));
  }
}
