package io.github.torchscribe.spark;

import io.github.torchscribe.runtime.learner.History;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * What became of training: weights and history, or what is wrong and would be wrong again, were it
 * tried once more. Other failures are thrown, and Spark tries again.
 *
 * @param weights a safetensors file; empty where it failed
 * @param history null where it failed
 * @param failure null where it did not
 */
record Outcome(byte[] weights, History history, RuntimeException failure) implements Serializable {
  static Outcome trained(byte[] weights, History history) {
    return new Outcome(weights, history, null);
  }

  static Outcome failed(RuntimeException why) {
    return new Outcome(new byte[0], null, why);
  }

  /** For a shuffle: bytes, which any of Spark's serializers takes. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Outcome of(byte... bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Outcome) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("what the tasks have sent cannot be read", e);
    }
  }
}
