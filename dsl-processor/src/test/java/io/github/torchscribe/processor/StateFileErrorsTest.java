package io.github.torchscribe.processor;

import static io.github.torchscribe.processor.StateFileTest.assertSays;
import static io.github.torchscribe.processor.StateFileTest.model;
import static io.github.torchscribe.processor.StateFileTest.tensors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.file.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is wrong with a file of weights, or with where it shall go, is said, and nothing changes.
 */
class StateFileErrorsTest {
  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void listsAllThatDoesNotFitAndChangesNothing() throws IOException {
    Path file = folder.resolve("other.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", torch.zeros(8, 5));
    tensors.put("0.bias", torch.zeros(8).to(torch.ScalarType.Int));
    tensors.put("1.weight", torch.zeros(3, 8));
    tensors.put("9.more", torch.zeros(2, 2));
    Safetensors.write(file, tensors, Map.of());
    try (Model model = model("linear-2")) {
      float before = model.parameters().get(2).value().sum().item_float();
      IllegalArgumentException thrown =
          assertThrows(IllegalArgumentException.class, () -> model.load(file));
      assertEquals(
          file
              + """
               does not fit Net:
                wrong shape: 0.weight is (8, 5) in the file, but (8, 6) here
                wrong type: 0.bias is I32 in the file
                missing: 1.bias (3)
                unexpected: 9.more (2, 2)
              Load what does fit with loadLenient."""
                  .replaceFirst("^ *", " "),
          thrown.getMessage());
      assertEquals(before, model.parameters().get(2).value().sum().item_float());
      assertEquals(4, model.loadLenient(file).size());
      assertEquals(0, model.parameters().get(2).value().sum().item_float());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "_orig_mod.", "module._orig_mod.", "model.net."})
  void saysWhatToSaveOfANetworkInsideOfAnother(String prefix) throws IOException {
    Path file = folder.resolve("wrapped.safetensors");
    try (Model model = model("linear-2")) {
      model.save(file);
      Safetensors.write(file, tensors(file, prefix), Map.of());
      IllegalArgumentException thrown =
          assertThrows(IllegalArgumentException.class, () -> model.load(file));
      String hint = "All names in the file begin with \"" + prefix + "\"";
      assertTrue(thrown.getMessage().contains(hint), thrown::getMessage);
      assertTrue(
          thrown.getMessage().contains("save net." + prefix + "state_dict() instead"),
          thrown::getMessage);
      assertTrue(model.loadLenient(file).stream().anyMatch(line -> line.startsWith(hint)));
    }
    try (Model other = model("crossentropy-5")) { // has other layers, but the names say as much
      boolean known = !prefix.startsWith("model");
      String message =
          assertThrows(IllegalArgumentException.class, () -> other.load(file)).getMessage();
      assertTrue(!known || message.contains("save net." + prefix), message);
    }
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("folder"));
    try (Model model = model("linear-1")) {
      assertSays("it is a folder; give the name of a file", () -> model.save(inside));
      assertSays("there is no folder", () -> model.save(folder.resolve("none/a.safetensors")));
      assertSays("there is no file", () -> model.load(folder.resolve("none")));
      assertSays("is a folder", () -> model.load(inside));
      Path link = folder.resolve("link.safetensors");
      Files.createSymbolicLink(link, Files.createFile(folder.resolve("real.safetensors")));
      model.save(link);
      assertTrue(Files.isSymbolicLink(link), "the link stays");
      assertTrue(Files.size(folder.resolve("real.safetensors")) > 0);
    }
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".part")), "nothing is left");
    }
  }
}
