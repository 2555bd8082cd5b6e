package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which columns the inputs, or the targets, of a network consist of, as users have said it. */
final class Columns implements Serializable {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String method;
  private final LinkedHashMap<String, List<String>> columns = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param what they are for, for messages: input or target
   * @param method by which users say the columns of an only one
   */
  Columns(String what, String method) {
    this.what = what;
    this.method = method;
  }

  void set(String name, String... some) {
    if (some.length == 0) {
      throw new IllegalArgumentException("name at least one column for the " + what);
    }
    columns.put(name, List.copyOf(Arrays.asList(some)));
  }

  /**
   * Which columns each part consists of.
   *
   * @param specs the network's
   * @return in the network's order, by its names
   * @throws IllegalArgumentException when a part has none, or there is none of a name
   */
  Map<String, List<String>> of(TensorSpecs specs) {
    for (String name : columns.keySet()) {
      if (!(name.isEmpty() && specs.size() == 1) && !specs.names().contains(name)) {
        throw new IllegalArgumentException(
            "the network has no "
                + what
                + (name.isEmpty() ? " without a name" : " \"" + name + '"')
                + "; it has "
                + names(specs));
      }
    }
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String name : specs.names()) {
      all.put(name, of(name, specs));
    }
    return all;
  }

  private List<String> of(String name, TensorSpecs specs) {
    List<String> some = columns.get(name);
    if (some == null && specs.size() == 1) {
      some = columns.get("");
    }
    if (some == null) {
      throw new IllegalArgumentException(
          specs.size() == 1
              ? "say which columns are the " + what + ", by " + method
              : "say which columns are the " + what + " \"" + name + "\", of " + names(specs));
    }
    return some;
  }

  private static String names(TensorSpecs specs) {
    return specs.names().equals(List.of(""))
        ? "a single one, without a name"
        : specs.size() == 0 ? "none" : String.join(", ", specs.names());
  }
}
