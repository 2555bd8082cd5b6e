package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.learner.Parameter;
import io.github.torchscribe.runtime.torch.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks of torchvision's, in Java: their state dicts have the names and shapes that torchvision
 * gives them. {@code parity/torchvision_names.py} writes these, and into a folder whole state dicts
 * with what torchvision computes of them, which are read with {@code -Dparity.torchvision=FOLDER}.
 */
class TorchvisionTest {
  private static final Path LISTS = ParityTable.FOLDER.resolve("torchvision");
  private static final String BY = "python parity/torchvision_names.py FOLDER";

  @TempDir private Path folder;

  private static Model model(String name) throws IOException {
    String source = Files.readString(LISTS.resolve(name + ".java"));
    return Networks.model(source.replaceFirst("@Dropout\\(0.2\\)", "@Dropout(0)"), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2", "resnet18", "resnet50"})
  void hasTorchvisionsNames(String name) throws IOException {
    List<String> listed = Files.readAllLines(LISTS.resolve(name + ".txt"));
    Path saved = folder.resolve("saved.safetensors");
    try (Model model = model(name)) {
      assertEquals(
          listed.stream().filter(line -> !line.matches(".*\\.(running|num)_\\w+ .*")).toList(),
          model.parameters().stream()
              .map(parameter -> line(parameter.name(), Shapes.of(parameter.value())))
              .toList());
      model.save(saved);
    }
    Map<String, String> written = new TreeMap<>();
    Safetensors.open(saved)
        .entries()
        .forEach((tensor, entry) -> written.put(tensor, line(tensor, entry.shape())));
    assertEquals(listed.stream().sorted().toList(), written.values().stream().sorted().toList());
  }

  /** As Python writes a tuple. */
  private static String line(String name, long... shape) {
    String sizes = LongStream.of(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    return name + " (" + sizes + (shape.length == 1 ? ",)" : ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2", "resnet18", "resnet50"})
  void computesWhatTorchvisionDoes(String name) throws IOException {
    String python = System.getProperty("parity.torchvision");
    assumeTrue(python != null, "made by " + BY);
    Fixture check = Fixture.read(Path.of(python, name + ".check.safetensors"), BY);
    try (Model model = model(name);
        PointerScope scope = new PointerScope()) {
      Tensor input = check.get("input");
      scope.attach(input);
      model.load(Path.of(python, name + ".safetensors"));
      assertNear(name + "'s output", check.get("output"), model.forward(input), 1e-4);
      double loss = check.get("loss").item_double();
      assertEquals(loss, model.backward(input, check.get("target")), 1e-4 * loss);
      List<Parameter> parameters = model.parameters();
      Tensor first = parameters.get(0).gradient();
      Tensor last = parameters.get(parameters.size() - 2).gradient();
      assertNear(name + "'s last gradient", check.get("last"), last, 1e-4);
      // Of so many numbers some lie where a ReLU turns; on which side, rounding decides.
      assertNear(name + "'s first gradient", check.get("first"), first, 5e-2);
      double pythons = check.get("first_off").item_double();
      System.out.printf(Locale.ROOT, "(PyTorch's own, of 32 bits, by %.1e)%n", pythons);
    }
  }

  private static void assertNear(String what, Tensor expected, Tensor actual, double tolerance) {
    double difference = expected.sub(actual).norm().item_double() / expected.norm().item_double();
    System.out.printf(Locale.ROOT, "%s differs by %.1e of its norm%n", what, difference);
    assertTrue(difference <= tolerance, () -> what + " differs by " + difference);
  }
}
