package io.github.torchscribe.runtime.torch;

import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Tensors by name, such as a network's inputs; or a single one, which needs no name. Nothing about
 * it changes. Whoever made the tensors owns them.
 *
 * <pre>{@code
 * Tensors.of("ids", ids).and("mask", mask)
 * }</pre>
 */
public final class Tensors {
  private final ByName<Tensor> all;

  Tensors(ByName<Tensor> all) {
    this.all = all;
  }

  /**
   * None at all, such as the targets of losses that take none.
   *
   * @return an empty list
   */
  public static Tensors none() {
    return of(List.of(), List.of());
  }

  /**
   * A single tensor, without a name.
   *
   * @param tensor any
   * @return it alone; its name is empty
   */
  public static Tensors of(Tensor tensor) {
    return of("", tensor);
  }

  /**
   * A tensor with its name.
   *
   * @param name of an input, an output or a target
   * @param tensor any
   * @return it alone
   * @throws IllegalArgumentException when one of both is null
   */
  public static Tensors of(String name, Tensor tensor) {
    return of(Collections.singletonList(name), Collections.singletonList(tensor));
  }

  /**
   * Tensors with their names.
   *
   * @param names each once
   * @param tensors as many
   * @return all of them, in this order
   * @throws IllegalArgumentException when there are not as many, two names are the same, or one of
   *     several is empty
   */
  public static Tensors of(List<String> names, List<Tensor> tensors) {
    return new Tensors(ByName.of(names, tensors));
  }

  /**
   * Another behind these.
   *
   * @param name that none of these has
   * @param tensor any
   * @return these and that
   * @throws IllegalArgumentException when one is already called so, or has no name
   */
  public Tensors and(String name, Tensor tensor) {
    return new Tensors(all.and(name, tensor));
  }

  /**
   * The same with another in one's place.
   *
   * @param name one of {@link #names()}
   * @param tensor any
   * @return the changed copy
   * @throws IllegalArgumentException when none is called so
   */
  public Tensors with(String name, Tensor tensor) {
    return new Tensors(all.with(name, tensor));
  }

  /**
   * Others under the same names.
   *
   * @param change gives the other
   * @return as many, in the same order
   */
  public Tensors map(UnaryOperator<Tensor> change) {
    return new Tensors(all.map(change));
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
   * @return the tensor
   * @throws IllegalArgumentException when none is called so
   */
  public Tensor get(String name) {
    return all.get(name);
  }

  /**
   * The one at this place.
   *
   * @param index counted from 0
   * @return the tensor
   */
  public Tensor get(int index) {
    return all.get(index);
  }

  /**
   * The tensor, where there is a single one.
   *
   * @return it, whatever it is called
   * @throws IllegalStateException when there are several, or none
   */
  public Tensor only() {
    return all.only();
  }

  /** For a message: {@code ids: Long (2, 12) on the CPU; mask: Float (2, 12) on the CPU}. */
  @Override
  public String toString() {
    return all.map(Shapes::describe).toString();
  }
}
