package io.github.torchscribe.runtime.torch;

import java.util.List;

/**
 * What the parts of an example or of its target are, by name; or what the single one is, which
 * needs no name. Nothing about it changes.
 *
 * <pre>{@code
 * TensorSpecs.of("ids", TensorSpec.indices(30_000, 128)).and("mask", TensorSpec.numbers(128))
 * }</pre>
 */
public final class TensorSpecs {
  private final ByName<TensorSpec> all;

  private TensorSpecs(ByName<TensorSpec> all) {
    this.all = all;
  }

  /**
   * None at all, such as the targets of losses that take none.
   *
   * @return an empty list
   */
  public static TensorSpecs none() {
    return of(List.of(), List.of());
  }

  /**
   * A single part, without a name.
   *
   * @param spec what it is
   * @return it alone; its name is empty
   */
  public static TensorSpecs of(TensorSpec spec) {
    return of("", spec);
  }

  /**
   * A part with its name.
   *
   * @param name of an input or a target
   * @param spec what it is
   * @return it alone
   */
  public static TensorSpecs of(String name, TensorSpec spec) {
    return of(List.of(name), List.of(spec));
  }

  /**
   * Parts with their names.
   *
   * @param names each once
   * @param specs as many
   * @return all of them, in this order
   * @throws IllegalArgumentException when there are not as many, two names are the same, or one of
   *     several is empty
   */
  public static TensorSpecs of(List<String> names, List<TensorSpec> specs) {
    return new TensorSpecs(ByName.of(names, specs));
  }

  /**
   * Another behind these.
   *
   * @param name that none of these has
   * @param spec what it is
   * @return these and that
   * @throws IllegalArgumentException when one is already called so, or has no name
   */
  public TensorSpecs and(String name, TensorSpec spec) {
    return new TensorSpecs(all.and(name, spec));
  }

  /**
   * The same with another in one's place.
   *
   * @param name one of {@link #names()}
   * @param spec what it is
   * @return the changed copy
   * @throws IllegalArgumentException when none is called so
   */
  public TensorSpecs with(String name, TensorSpec spec) {
    return new TensorSpecs(all.with(name, spec));
  }

  /**
   * How many there are.
   *
   * @return their number
   */
  public int size() {
    return all.size();
  }

  /**
   * What they are called.
   *
   * @return in their order; an empty name where there is a single one without
   */
  public List<String> names() {
    return all.names();
  }

  /**
   * The one with this name.
   *
   * @param name one of {@link #names()}
   * @return what it is
   * @throws IllegalArgumentException when none is called so
   */
  public TensorSpec get(String name) {
    return all.get(name);
  }

  /**
   * The one at this place.
   *
   * @param index counted from 0
   * @return what it is
   */
  public TensorSpec get(int index) {
    return all.get(index);
  }

  /**
   * The part, where there is a single one.
   *
   * @return what it is, whatever it is called
   * @throws IllegalStateException when there are several, or none
   */
  public TensorSpec only() {
    return all.only();
  }

  /**
   * Room for a batch of them.
   *
   * @param n how many examples
   * @return new tensors on the CPU, of any content, under the same names
   */
  public Tensors empty(long n) {
    return new Tensors(all.map(spec -> spec.empty(n)));
  }

  /**
   * Room for a batch of them on a device.
   *
   * @param n how many examples
   * @param device where
   * @return new tensors there, of any content, under the same names
   */
  public Tensors empty(long n, Device device) {
    return new Tensors(all.map(spec -> spec.empty(n, device)));
  }

  /**
   * How much memory one example takes, all its parts together.
   *
   * @return bytes
   */
  public long bytes() {
    long sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += get(i).bytes();
    }
    return sum;
  }

  /** For a message: {@code ids: Long (N, 12), indices from 0 to 99; mask: Float (N, 12)}. */
  @Override
  public String toString() {
    return all.toString();
  }
}
