package io.github.torchscribe.samples.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.samples.tools.InProcesses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Norms over all ranks, in processes of their own: they learn what one with all of it does. */
@InProcesses
class SyncedNormsTest {
  private static final int WHOLE = 60;
  private static final String SMALL = "examples=600";

  @TempDir private Path folder;

  @Test
  void ranksAreOneProcessWithTheWholeBatch() throws Exception {
    compare("synced", 2);
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = "long.tests", matches = "true")
  @CsvSource({"synced, 3", "syncedRecorded, 2"})
  void moreRanksAreToo(String network, int size) throws Exception {
    compare(network, size);
  }

  private void compare(String network, int size) throws Exception {
    Ranks alone = run(network, 1, SMALL);
    Ranks together = run(network, size, SMALL);
    List<String> expected = alone.losses(0);
    List<String> actual = together.losses(0);
    assertEquals(expected.size(), actual.size());
    double apart = 0;
    for (int i = 0; i < expected.size() && !expected.get(i).contains(" "); i++) {
      double loss = Double.parseDouble(expected.get(i));
      apart = Math.max(apart, Math.abs(loss - Double.parseDouble(actual.get(i))));
    }
    assertTrue(apart < 1e-5, "losses are apart by " + apart);
    assertNear(state(network, alone.weights(0)), state(network, together.weights(0)));
  }

  private static Map<String, Tensor> state(String network, Path from) {
    Map<String, Tensor> all = new TreeMap<>();
    try (Model model = Program.model(network)) {
      model.load(from);
      model.parameters().forEach(p -> all.put(p.name(), p.value().clone()));
      model.buffers().forEach((name, numbers) -> all.put(name, numbers.clone()));
    }
    return all;
  }

  private static void assertNear(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    expected.forEach(
        (name, tensor) -> {
          double largest = tensor.abs().max().item_double();
          double apart = tensor.sub(actual.get(name)).abs().max().item_double();
          assertTrue(apart <= 1e-5 * largest + 1e-6, () -> name + ": " + apart + " of " + largest);
        });
  }

  /** A mean of equal numbers is that number, also where a third of three times it is none. */
  @Test
  void whatIsFrozenStaysBitForBit() throws Exception {
    Path learned = folder.resolve("learned.safetensors");
    try (Model model = Program.model("normed");
        Dataset all = Mnist.train();
        Dataset some = new Subset(all, LongStream.range(0, 600).toArray())) {
      Trainer.of(model).epochs(1).run(some, some);
      model.save(learned);
    }
    Ranks frozen = run("normed", 3, SMALL, "begin=" + learned, "freeze=1");
    Map<String, Tensor> expected = state("normed", learned);
    Map<String, Tensor> actual = state("normed", frozen.weights(0));
    for (String name : List.of("1.weight", "1.bias", "1.running_mean", "1.running_var")) {
      assertTrue(expected.get(name).equal(actual.get(name)), name);
    }
    assertFalse(expected.get("0.weight").equal(actual.get("0.weight")));
  }

  private Ranks run(String network, int size, String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("network=" + network, "batch=" + WHOLE / size));
    return Ranks.in(folder, network + size, size).run(all.toArray(String[]::new));
  }
}
