package io.github.torchscribe.runtime.file;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What something remembers, to be written into a file and taken up again: tensors and numbers by
 * name. Numbers are kept to the last bit.
 */
public final class State {
  private final String prefix;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> texts;

  /** Nothing yet. */
  public State() {
    this("", new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  State(String prefix, Map<String, Tensor> tensors, Map<String, String> texts) {
    this.prefix = prefix;
    this.tensors = tensors;
    this.texts = texts;
  }

  /**
   * A part with names of its own.
   *
   * @param name of the part
   * @return shares what it holds with this
   */
  public State part(String name) {
    return new State(prefix + name + ".", tensors, texts);
  }

  /**
   * Keeps a tensor.
   *
   * @param name of it
   * @param tensor is copied to the CPU by whoever gives it
   */
  public void put(String name, Tensor tensor) {
    tensors.put(prefix + name, tensor);
  }

  /**
   * Keeps a text.
   *
   * @param name of it
   * @param text any
   */
  public void put(String name, String text) {
    texts.put(prefix + name, text);
  }

  /**
   * Keeps a number.
   *
   * @param name of it
   * @param number also NaN and infinities
   */
  public void put(String name, double number) {
    put(name, Double.toString(number));
  }

  /**
   * Keeps a whole number.
   *
   * @param name of it
   * @param number any
   */
  public void put(String name, long number) {
    put(name, Long.toString(number));
  }

  /**
   * Whether there is something of a name.
   *
   * @param name of a tensor, a text or a number
   * @return true when there is
   */
  public boolean has(String name) {
    return tensors.containsKey(prefix + name) || texts.containsKey(prefix + name);
  }

  /**
   * A tensor that was kept.
   *
   * @param name of it
   * @return on the CPU
   * @throws IOException when there is none
   */
  public Tensor tensor(String name) throws IOException {
    return required(name, tensors);
  }

  /**
   * A text that was kept.
   *
   * @param name of it
   * @return the text
   * @throws IOException when there is none
   */
  public String text(String name) throws IOException {
    return required(name, texts);
  }

  /**
   * A number that was kept.
   *
   * @param name of it
   * @return the number
   * @throws IOException when there is none
   */
  public double number(String name) throws IOException {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw new IOException(prefix + name + " is no number", e);
    }
  }

  /**
   * A whole number that was kept.
   *
   * @param name of it
   * @return the number
   * @throws IOException when there is none
   */
  public long whole(String name) throws IOException {
    try {
      return Long.parseLong(text(name));
    } catch (NumberFormatException e) {
      throw new IOException(prefix + name + " is no whole number", e);
    }
  }

  private <T> T required(String name, Map<String, T> from) throws IOException {
    T value = from.get(prefix + name);
    if (value == null) {
      throw new IOException("there is no " + prefix + name + " in it");
    }
    return value;
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  Map<String, String> texts() {
    return texts;
  }
}
