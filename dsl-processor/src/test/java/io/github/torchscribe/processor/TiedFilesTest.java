package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.file.WeightNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One weight of two layers has one name here, and two or either of them in files of PyTorch. */
class TiedFilesTest {
  private static final String BY = "python parity/tied.py";

  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  private static Model model() {
    return Networks.model(ParityGraphs.named("tied").declaration("GENERATED"), 2);
  }

  private static Path python(String name) {
    return ParityTable.FOLDER.resolve("tied" + name + ".safetensors");
  }

  private static void assertOutputs(Model model) throws IOException {
    Fixture check = Fixture.read(python(".check"), BY);
    Tensor difference = model.forward(check.get("input")).sub(check.get("output")).abs().max();
    assertTrue(difference.item_double() < 1e-6, () -> "differs by " + difference.item_double());
  }

  /** A state dict has both names, what save_model writes only those of the layers above. */
  @ParameterizedTest
  @ValueSource(strings = {"-both", "-one"})
  void filesWithBothNamesOrEitherAreRead(String name) throws IOException {
    Path saved = folder.resolve("saved.safetensors");
    try (Model model = model();
        Model again = model()) {
      model.load(python(name));
      assertOutputs(model);
      assertEquals(List.of(), again.loadLenient(python(name)));
      assertOutputs(again);
      model.save(saved);
      again.load(saved);
      assertOutputs(again);
    }
    Map<String, Safetensors.Entry> entries = Safetensors.open(saved).entries();
    assertTrue(entries.containsKey("tokens.weight"));
    assertFalse(entries.containsKey("next.weight"));
    assertTrue(entries.containsKey("deep.inner.there.0.weight"));
    assertFalse(entries.containsKey("deep.inner.back.0.weight"));
  }

  private Path changed(String file, String name, Tensor value) throws IOException {
    Path changed = folder.resolve("changed.safetensors");
    Map<String, Tensor> tensors = StateFileTest.tensors(python(file), "");
    if (value == null) {
      assertTrue(tensors.remove(name) != null, name);
    } else {
      tensors.put(name, value);
    }
    Safetensors.write(changed, tensors, Map.of());
    return changed;
  }

  private static String refused(Model model, Path file, WeightNames names) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> model.load(file, names)).getMessage();
    return message.replace(file.toString(), "FILE");
  }

  @Test
  void whatDiffersIsSaidInBothNames() throws IOException {
    try (Model model = model()) {
      Tensor table = StateFileTest.tensors(python("-both"), "").get("tokens.weight");
      Path file = changed("-both", "next.weight", table.add(new Scalar(1e-3)));
      String line =
          "different: tokens.weight and next.weight have different values in the file, but are tied"
              + " here: one weight";
      assertEquals(
          "FILE does not fit Net:\n  " + line + "\nLoad what does fit with loadLenient.",
          refused(model, file, WeightNames.none()));
      assertEquals(List.of(line), model.loadLenient(file));
      assertOutputs(model); // the weight's own name counts

      WeightNames theirs =
          WeightNames.none().rename("tokens.{w}", "wte.{w}").rename("next.{w}", "lm_head.{w}");
      Path renamed = folder.resolve("renamed.safetensors");
      Map<String, Tensor> tensors = StateFileTest.tensors(file, "");
      tensors.put("wte.weight", tensors.remove("tokens.weight"));
      tensors.put("lm_head.weight", tensors.remove("next.weight"));
      tensors.put("lm_head.bias", tensors.remove("next.bias"));
      Safetensors.write(renamed, tensors, Map.of());
      assertTrue(
          refused(model, renamed, theirs)
              .contains(
                  "different: tokens.weight, there wte.weight, and next.weight, there"
                      + " lm_head.weight, have different values"));
    }
  }

  @Test
  void whatIsMissingOrOfAnotherShapeIsSaidOnce() throws IOException {
    try (Model model = model()) {
      assertEquals(
          "FILE does not fit Net:\n  missing: tokens.weight (7, 6)\n"
              + "Load what does fit with loadLenient.",
          refused(model, changed("-one", "next.weight", null), WeightNames.none()));
      assertEquals(
          "FILE does not fit Net:\n  wrong shape: next.weight is (6, 7) in the file, but (7, 6)"
              + " here\nLoad what does fit with loadLenient.",
          refused(model, changed("-both", "next.weight", torch.zeros(6, 7)), WeightNames.none()));
    }
  }

  /** What cannot be read under one name is not compared with what is read under the other. */
  @Test
  void whatCannotLieSoDiffersFromNothing() throws IOException {
    WeightNames halves = WeightNames.none().stack("tokens.weight", "a", "b");
    try (Model model = model()) {
      assertEquals(
          List.of(
              "other layout: tokens.weight (7, 6) cannot be divided into 2 parts of one size, there"
                  + " a, b"),
          model.loadLenient(changed("-one", "a", torch.zeros(3, 6)), halves));
      assertOutputs(model);
    }
  }

  /** A map may lead either name to the one that the file has, or ignore the other. */
  @Test
  void aMapMayRenameEither() throws IOException {
    Path file = folder.resolve("renamed.safetensors");
    Map<String, Tensor> tensors = StateFileTest.tensors(python("-one"), "");
    tensors.put("lm_head.weight", tensors.remove("next.weight"));
    Safetensors.write(file, tensors, Map.of());
    Path saved = folder.resolve("saved.safetensors");
    WeightNames one = WeightNames.none().rename("next.weight", "lm_head.weight");
    WeightNames both = one.rename("tokens.weight", "lm_head.weight");
    try (Model model = model()) {
      for (WeightNames names : List.of(one, both)) {
        model.load(file, names);
        assertOutputs(model);
        model.save(saved, names);
        model.load(saved, names);
        assertOutputs(model);
      }
      Path other = changed("-both", "next.weight", torch.zeros(3));
      model.load(other, WeightNames.none().ignore("next.weight"));
      assertOutputs(model);
    }
  }
}
