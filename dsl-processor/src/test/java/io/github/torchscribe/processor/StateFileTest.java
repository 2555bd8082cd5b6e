package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.learner.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weights from Python and back: {@code parity/weights.py}. {@code -Dweights.out=FOLDER} leaves what
 * Java writes there for it.
 */
class StateFileTest {
  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  static Model model(String name) {
    return ParityTable.rows()
        .filter(row -> row.name().equals(name))
        .map(row -> Networks.model(row.declaration("GENERATED"), 9))
        .findFirst()
        .orElseThrow();
  }

  private static final String BY = "python parity/weights.py write";

  private static Path python(String file) {
    Path path = ParityTable.FOLDER.resolve("weights-" + file + ".safetensors");
    assertTrue(Files.exists(path), () -> path + " is missing: " + BY + " makes it");
    return path;
  }

  private static Fixture check(String name) throws IOException {
    return Fixture.read(python(name + ".check"), BY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "network-resnet", "network-gpt"})
  void pythonsWeightsGivePythonsOutputsAndGoBackAsTheyCame(String name) throws IOException {
    Fixture check = check(name);
    Path saved = folder.resolve("saved.safetensors");
    try (Model model = model(name)) {
      model.load(python(name));
      assertTrue(difference(check.get("output"), model.forward(check.get("input"))) < 1e-6);
      model.save(saved);
    }
    Safetensors expected = Safetensors.open(python(name));
    Safetensors actual = Safetensors.open(saved);
    assertEquals(expected.entries().keySet(), Map.copyOf(actual.entries()).keySet());
    for (Map.Entry<String, Safetensors.Entry> named : expected.entries().entrySet()) {
      Safetensors.Entry mine = actual.entries().get(named.getKey());
      assertEquals(named.getValue().type(), mine.type(), named.getKey());
      assertArrayEquals(named.getValue().shape(), mine.shape(), named.getKey());
      Tensor theirs = torch.empty(new long[] {count(mine)});
      Tensor ours = theirs.clone();
      expected.read(named.getKey(), theirs);
      actual.read(named.getKey(), ours);
      assertTrue(theirs.equal(ours), named.getKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "network-resnet", "network-gpt"})
  void whatJavaTrainedIsWritten(String name) throws IOException {
    Path out = Path.of(System.getProperty("weights.out", folder.toString()));
    Tensor input = check(name).get("input");
    try (Model model = model(name);
        Model other = model(name)) {
      for (Parameter parameter : model.parameters()) {
        parameter.value().add_(torch.randn_like(parameter.value()), new Scalar(0.05));
      }
      Tensor output = model.forward(input);
      model.save(out.resolve(name + ".safetensors"));
      Map<String, Tensor> check = new LinkedHashMap<>();
      check.put("input", input);
      check.put("output", output);
      Safetensors.write(out.resolve(name + ".check.safetensors"), check, Map.of());
      other.load(out.resolve(name + ".safetensors"));
      assertEquals(0, difference(output, other.forward(input)));
    }
  }

  @Test
  void countsBatchesAsPythonDoes() throws IOException {
    Path file = folder.resolve("counted.safetensors");
    try (Model model = model("network-resnet")) {
      Tensor input = torch.randn(4, 1, 6, 6);
      model.load(python("network-resnet")); // 3 batches
      model.step(input, torch.tensor(0L, 1L, 2L, 0L));
      model.forward(input);
      model.save(file);
    }
    Tensor count = torch.empty(new long[] {1});
    Safetensors.open(file).read("1.num_batches_tracked", count);
    assertEquals(4, count.item_long());
    assertEquals("I64", Safetensors.open(file).entries().get("1.num_batches_tracked").type());
  }

  @Test
  void halvesAndDoublesAreConverted() throws IOException {
    for (torch.ScalarType type :
        List.of(torch.ScalarType.Half, torch.ScalarType.BFloat16, torch.ScalarType.Double)) {
      Path file = folder.resolve("other.safetensors");
      try (Model model = model("linear-1")) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Parameter parameter : model.parameters()) {
          tensors.put(parameter.name(), parameter.value().to(type));
        }
        Safetensors.write(file, tensors, Map.of());
        model.load(file);
        for (Parameter parameter : model.parameters()) {
          Tensor expected = tensors.get(parameter.name()).to(torch.ScalarType.Float);
          assertTrue(expected.equal(parameter.value()), parameter.name() + " from " + type);
        }
      }
    }
  }

  /** As PyTorch: a state dict of before 0.4.1 has none, and the count stays as it is. */
  @Test
  void countsOfBatchesMayBeMissing() throws IOException {
    Path all = folder.resolve("all.safetensors");
    Path old = folder.resolve("old.safetensors");
    try (Model model = model("network-resnet");
        Model other = model("network-resnet")) {
      model.load(python("network-resnet"));
      Map<String, Tensor> tensors = tensors(python("network-resnet"), "");
      assertTrue(tensors.keySet().removeIf(name -> name.endsWith("num_batches_tracked")));
      Safetensors.write(old, tensors, Map.of());
      other.step(torch.randn(4, 1, 6, 6), torch.tensor(0L, 1L, 2L, 0L));
      other.load(old);
      assertEquals(List.of(), other.loadLenient(old));
      Tensor input = torch.randn(2, 1, 6, 6);
      assertEquals(0, difference(model.forward(input), other.forward(input)));
      other.save(all);
      assertEquals(1, tensors(all, "").get("1.num_batches_tracked").item_long());
      tensors.remove("1.running_mean");
      Safetensors.write(old, tensors, Map.of());
      assertEquals(List.of("missing: 1.running_mean (4)"), other.loadLenient(old));
    }
  }

  @Test
  void readsTheWeightsOfACheckpoint() throws IOException {
    Tensor input = torch.randn(8, 6);
    try (Model model = model("adam-1");
        Model other = model("adam-1");
        Model wrong = model("linear-1");
        TensorDataset data = new TensorDataset(input, torch.tensor(0L, 1, 2, 0, 1, 2, 0, 1))) {
      Trainer.of(model)
          .epochs(3)
          .batchSize(4)
          .checkpoints(Checkpoints.in(folder.resolve("run")))
          .run(data, data);
      for (String name : List.of("best", "step-0000000006")) {
        Path file = folder.resolve("run").resolve(name + ".safetensors");
        other.load(file);
        assertEquals(0, difference(model.forward(input), other.forward(input)), name);
        assertEquals(List.of(), other.loadLenient(file));
        String message =
            assertThrows(IllegalArgumentException.class, () -> wrong.load(file)).getMessage();
        assertTrue(message.contains("unexpected: 2.weight (3, 8)"), message);
        assertFalse(message.contains("optimizer"), message);
      }
      Path damaged = folder.resolve("damaged.safetensors");
      byte[] bytes = Files.readAllBytes(folder.resolve("run/best.safetensors"));
      bytes[bytes.length - 3] ^= 4;
      Files.write(damaged, bytes);
      assertSays(" is damaged: its content is not what its ", () -> other.load(damaged));
    }
  }

  /** What is in a file, under other names. */
  static Map<String, Tensor> tensors(Path path, String prefix) throws IOException {
    Safetensors file = Safetensors.open(path);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Safetensors.Entry> named : file.entries().entrySet()) {
      boolean counts = named.getValue().type().equals("I64");
      Tensor tensor =
          torch.empty(
              named.getValue().shape(),
              new TensorOptions(counts ? torch.ScalarType.Long : torch.ScalarType.Float),
              null);
      file.read(named.getKey(), tensor);
      tensors.put(prefix + named.getKey(), tensor);
    }
    return tensors;
  }

  static void assertSays(String what, Runnable bad) {
    UncheckedIOException thrown = assertThrows(UncheckedIOException.class, bad::run);
    assertTrue(thrown.getMessage().contains(what), thrown::getMessage);
  }

  private static long count(Safetensors.Entry entry) {
    long product = 1;
    for (long size : entry.shape()) {
      product *= size;
    }
    return product;
  }

  private static double difference(Tensor a, Tensor b) {
    return a.sub(b).abs().max().item_double();
  }
}
