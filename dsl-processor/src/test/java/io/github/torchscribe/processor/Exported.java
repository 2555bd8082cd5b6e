package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.torchscribe.onnx.proto.OnnxProto.ModelProto;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** A model as an ONNX file, in ONNX Runtime. */
final class Exported implements AutoCloseable {
  private final Model model;
  private final Path folder;
  private final Path file;

  Exported(Model model) throws IOException {
    this.model = model;
    folder = Files.createTempDirectory("onnx");
    file = folder.resolve("network.onnx");
    try {
      model.exportOnnx(file);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What is in the file. */
  ModelProto proto() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  /** Whether ONNX Runtime gives the same for each batch, relative to the largest number. */
  void requireSame(List<Tensors> batches, double tolerance) throws OrtException {
    try (InOnnxRuntime runtime = new InOnnxRuntime(file)) {
      for (Tensors inputs : batches) {
        assertNear(model.forward(inputs), runtime.run(inputs), tolerance);
      }
    }
  }

  private static void assertNear(Tensors expected, Tensors actual, double tolerance) {
    assertEquals(expected.names().size(), actual.names().size());
    if (expected.names().size() == 1) {
      assertNear("output", expected.only().cpu(), actual.only(), tolerance);
      return;
    }
    assertEquals(Set.copyOf(expected.names()), Set.copyOf(actual.names()));
    for (String name : expected.names()) {
      assertNear("output " + name, expected.get(name).cpu(), actual.get(name), tolerance);
    }
  }

  private static void assertNear(String what, Tensor expected, Tensor actual, double tolerance) {
    double difference = largest(expected.sub(actual));
    double scale = Math.max(largest(expected), 1e-12);
    assertTrue(
        difference <= tolerance * scale, () -> what + " differs by " + difference + " of " + scale);
  }

  private static double largest(Tensor tensor) {
    return tensor.abs().max().item_double();
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(folder);
  }
}
