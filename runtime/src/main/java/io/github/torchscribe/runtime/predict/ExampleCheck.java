package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.generated.Network;
import io.github.torchscribe.runtime.generated.Signature;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Refuses examples that a network cannot be asked about. */
public final class ExampleCheck {
  private final Network network;

  /** How many numbers each input has: asked for in each prediction. */
  private final long[] sizes;

  /**
   * A check.
   *
   * @param network is asked
   */
  public ExampleCheck(Network network) {
    this.network = network;
    TensorSpecs inputs = network.signature().inputs();
    sizes = new long[inputs.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Shapes.elements(inputs.get(i).shape());
    }
  }

  /**
   * A question of some parts.
   *
   * @param parts by the inputs' names: arrays of numbers or of indices
   * @throws IllegalArgumentException when one is missing, or of another kind or size
   */
  public Asked asked(Map<String, Object> parts) {
    Signature signature = network.signature();
    List<String> names = signature.inputs().names();
    boolean alone = names.size() == 1 && parts.size() == 1;
    if (!alone && !parts.keySet().equals(new TreeSet<>(names))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes the inputs %s, but the example has %s",
              network.name(),
              String.join(", ", names),
              parts.isEmpty() ? "none" : String.join(", ", parts.keySet())));
    }
    float[][] numbers = new float[names.size()][];
    long[][] indices = new long[names.size()][];
    for (int i = 0; i < names.size(); i++) {
      Object part = alone ? parts.values().iterator().next() : parts.get(names.get(i));
      if (part instanceof float[] some) {
        numbers(i, "the example", some);
        numbers[i] = some;
      } else {
        long[] some = (long[]) part;
        indices(i, some);
        indices[i] = some;
      }
    }
    return Asked.of(signature, numbers, indices);
  }

  /**
   * Checks numbers.
   *
   * @param input which they are of
   * @param which example, for messages
   */
  public void numbers(int input, String which, float... example) {
    check(input, false, "numbers", example.length);
    for (int i = areSurelyFinite(example) ? example.length : 0; i < example.length; i++) {
      if (!Float.isFinite(example[i])) {
        throw new IllegalArgumentException(
            "number " + i + of(input) + " of " + which + " is " + example[i]);
      }
    }
    network
        .signature()
        .inputs()
        .get(input)
        .lack(example)
        .ifPresent(lack -> say(input, which, lack));
  }

  /**
   * Whether all of them are finite, in a third of the time that it takes to ask each. Only what is
   * not gives something else than zero when it is multiplied by that; sums of large numbers may,
   * too.
   */
  static boolean areSurelyFinite(float... all) {
    float zero = 0;
    int i = 0;
    for (; i < all.length - 7; i += 8) {
      float some = all[i] + all[i + 1] + (all[i + 2] + all[i + 3]);
      float others = all[i + 4] + all[i + 5] + (all[i + 6] + all[i + 7]);
      zero += (some + others) * 0;
    }
    for (; i < all.length; i++) {
      zero += all[i] * 0;
    }
    return zero == 0;
  }

  private void say(int input, String which, String lack) {
    String name = network.signature().inputs().names().get(input);
    throw new IllegalArgumentException(
        (name.isEmpty() ? which : name + " of " + which) + " " + lack);
  }

  /**
   * Checks indices.
   *
   * @param input which they are of
   */
  public void indices(int input, long... example) {
    check(input, true, "indices", example.length);
    TensorSpec wanted = network.signature().inputs().get(input);
    for (int i = 0; i < example.length; i++) {
      if (example[i] < 0 || example[i] >= wanted.count()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "index %d%s of the example is %d, but they are from 0 to %d",
                i,
                of(input),
                example[i],
                wanted.count() - 1));
      }
    }
    wanted.lack(example).ifPresent(lack -> say(input, "the example", lack));
  }

  private String of(int input) {
    String name = network.signature().inputs().names().get(input);
    return name.isEmpty() ? "" : " of " + name;
  }

  private void check(int input, boolean indices, String what, int length) {
    TensorSpec wanted = network.signature().inputs().get(input);
    if (indices != wanted.areIndices() || length != sizes[input]) {
      String name = network.signature().inputs().names().get(input);
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %s%s: %d for an example, but was given %d %s%s",
              network.name(),
              wanted,
              name.isEmpty() ? "" : " as " + name,
              sizes[input],
              length,
              what,
              indices && !wanted.areIndices() ? "; numbers are floats, such as 1f" : ""));
    }
  }
}
