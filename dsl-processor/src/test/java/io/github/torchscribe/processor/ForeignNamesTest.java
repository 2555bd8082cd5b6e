package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.file.WeightNames;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of Hugging Face's, under its names and in its layouts, are read, computed with and written
 * as they were: {@code parity/hugging_face.py}. What does not fit is said in both names.
 */
class ForeignNamesTest {
  private static final Path FILES = ParityTable.FOLDER.resolve("hugging_face");

  private static final WeightNames GPT2 =
      WeightNames.none()
          .rename("hidden.0.weight", "wte.weight")
          .rename("hidden.1.weight", "wpe.weight")
          .rename("hidden.h.{i}.attended.0.{w}", "h.{i}.ln_1.{w}")
          .transpose("hidden.h.{i}.attended.1.in_proj_{w}", "h.{i}.attn.c_attn.{w}")
          .transpose("hidden.h.{i}.attended.1.out_proj.{w}", "h.{i}.attn.c_proj.{w}")
          .rename("hidden.h.{i}.considered.0.{w}", "h.{i}.ln_2.{w}")
          .transpose("hidden.h.{i}.considered.1.{w}", "h.{i}.mlp.c_fc.{w}")
          .transpose("hidden.h.{i}.considered.3.{w}", "h.{i}.mlp.c_proj.{w}")
          .rename("hidden.4.{w}", "ln_f.{w}")
          .prefix("transformer.");

  private static final WeightNames BERT =
      WeightNames.none()
          .rename("words.weight", "embeddings.word_embeddings.weight")
          .rename("segments.weight", "embeddings.token_type_embeddings.weight")
          .rename("embedded.0.weight", "embeddings.position_embeddings.weight")
          .rename("embedded.1.{w}", "embeddings.LayerNorm.{w}")
          .stack(
              "encoder.layer.{i}.attended.0.in_proj_{w}",
              "encoder.layer.{i}.attention.self.query.{w}",
              "encoder.layer.{i}.attention.self.key.{w}",
              "encoder.layer.{i}.attention.self.value.{w}")
          .rename(
              "encoder.layer.{i}.attended.0.out_proj.{w}",
              "encoder.layer.{i}.attention.output.dense.{w}")
          .rename(
              "encoder.layer.{i}.attended.1.{w}",
              "encoder.layer.{i}.attention.output.LayerNorm.{w}")
          .rename("encoder.layer.{i}.considered.0.{w}", "encoder.layer.{i}.intermediate.dense.{w}")
          .rename("encoder.layer.{i}.considered.2.{w}", "encoder.layer.{i}.output.dense.{w}")
          .rename("encoder.layer.{i}.considered.3.{w}", "encoder.layer.{i}.output.LayerNorm.{w}");

  private static final WeightNames ENCODER = BERT.ignore("pooler.*");

  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  private static Model model(String name) throws IOException {
    return Networks.model(Files.readString(FILES.resolve(name + ".java")), 4);
  }

  private static Path file(String name) {
    return FILES.resolve(name + ".safetensors");
  }

  private static Fixture check(String name) throws IOException {
    return Fixture.read(file(name + ".check"), "python parity/hugging_face.py");
  }

  private static void assertNear(Tensor expected, Tensor actual) {
    double difference = expected.sub(actual).abs().max().item_double();
    assertTrue(difference < 1e-5, () -> "differs by " + difference);
  }

  @Test
  void computesWhatHuggingFaceDoesWithItsGpt2() throws IOException {
    Fixture check = check("gpt2");
    try (Model model = model("gpt2")) {
      model.load(file("gpt2"), GPT2.rename("head.weight", "wte.weight"));
      Tensors outputs = model.forward(Tensors.of("ids", check.get("ids")));
      assertNear(check.get("hidden"), outputs.get("hidden"));
      assertNear(check.get("output"), outputs.get("head"));
    }
  }

  @Test
  void computesWhatHuggingFaceDoesWithItsBertAndWritesItsFile() throws IOException {
    Fixture check = check("bert");
    Path saved = folder.resolve("saved.safetensors");
    try (Model model = model("bert")) {
      model.load(file("bert"), ENCODER);
      Tensors inputs =
          Tensors.of("ids", check.get("ids"))
              .and("types", check.get("types"))
              .and("mask", check.get("mask"));
      assertNear(check.get("mean"), model.forward(inputs).only());
      model.save(saved, ENCODER);
    }
    Map<String, Tensor> theirs = StateFileTest.tensors(file("bert"), "");
    theirs.keySet().removeIf(name -> name.startsWith("pooler."));
    StateDict.assertEqual(theirs, StateFileTest.tensors(saved, ""));
  }

  /**
   * What one tensor of theirs is read into cannot become two of theirs: the table, and the head.
   */
  @Test
  void writesTransposedMatricesAndRefusesTwoTensorsOfOneName() throws IOException {
    Path saved = folder.resolve("saved.safetensors");
    WeightNames tied = GPT2.rename("head.weight", "wte.weight");
    try (Model model = model("gpt2")) {
      model.load(file("gpt2"), tied);
      assertEquals(
          """
          Net cannot be saved under these names:
            twice: both hidden.0.weight and head.weight would be transformer.wte.weight there""",
          assertThrows(IllegalArgumentException.class, () -> model.save(saved, tied)).getMessage());
      assertFalse(Files.exists(saved));
      model.save(saved, GPT2);
    }
    Map<String, Tensor> written = StateFileTest.tensors(saved, "");
    Tensor head = written.remove("transformer.head.weight");
    Map<String, Tensor> theirs = StateFileTest.tensors(file("gpt2"), "");
    assertTrue(theirs.get("transformer.wte.weight").equal(head));
    StateDict.assertEqual(theirs, written);
  }

  @Test
  void listsInBothNamesWhatDoesNotFitAndChangesNothing() throws IOException {
    Path file = folder.resolve("other.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>(StateFileTest.tensors(file("bert"), ""));
    tensors.put("encoder.layer.0.attention.self.query.weight", torch.zeros(4, 8));
    tensors.put("encoder.layer.0.attention.self.value.weight", torch.zeros(12, 8));
    tensors.put("encoder.layer.1.attention.self.key.bias", torch.zeros(8).to(torch.ScalarType.Int));
    tensors.remove("encoder.layer.1.attention.self.value.bias");
    tensors.remove("embeddings.LayerNorm.weight");
    tensors.put("embeddings.position_embeddings.weight", torch.zeros(9, 8));
    tensors.put("encoder.layer.2.output.LayerNorm.bias", torch.zeros(8));
    Safetensors.write(file, tensors, Map.of());
    try (Model model = model("bert")) {
      Map<String, Tensor> before = StateDict.of(model);
      assertEquals(
          file
              + """
               does not fit Net:
                wrong shape: embedded.0.weight, there embeddings.position_embeddings.weight, is (9, 8) in the file, but (6, 8) here
                missing: embedded.1.weight (8), there embeddings.LayerNorm.weight
                wrong shape: encoder.layer.0.attended.0.in_proj_weight, there encoder.layer.0.attention.self.query.weight, is (4, 8) in the file, but (8, 8) is one of 3 parts here
                wrong shape: encoder.layer.0.attended.0.in_proj_weight, there encoder.layer.0.attention.self.value.weight, is (12, 8) in the file, but (8, 8) is one of 3 parts here
                wrong type: encoder.layer.1.attended.0.in_proj_bias, there encoder.layer.1.attention.self.key.bias, is I32 in the file
                missing: encoder.layer.1.attended.0.in_proj_bias (24), there encoder.layer.1.attention.self.value.bias
                unexpected: pooler.dense.bias (8)
                unexpected: pooler.dense.weight (8, 8)
                unexpected: encoder.layer.2.output.LayerNorm.bias (8), here encoder.layer.2.considered.3.bias
              Load what does fit with loadLenient."""
                  .replaceFirst("^ *", " "),
          refused(model, file, BERT));
      StateDict.assertEqual(before, StateDict.of(model));
      List<String> lines = model.loadLenient(file, BERT);
      assertEquals(9, lines.size(), lines::toString);
      Map<String, Tensor> after = StateDict.of(model);
      before
          .keySet()
          .forEach(
              name ->
                  assertEquals(
                      name.matches(
                          "embedded.*weight|.*0.attended.0.in_proj_weight|.*1.attended.0.in_proj_bias"),
                      before.get(name).equal(after.get(name)),
                      name));
    }
  }

  private static String refused(Model model, Path file, WeightNames names) {
    return assertThrows(IllegalArgumentException.class, () -> model.load(file, names)).getMessage();
  }

  @Test
  void saysWhichRuleIsForNothingAndWhatCannotLieSo() throws IOException {
    Path saved = folder.resolve("saved.safetensors");
    WeightNames names =
        ENCODER
            .rename("decoder.{i}.{w}", "decoder.layer.{i}.{w}")
            .stack("words.bias", "a.bias", "b.bias");
    WeightNames thirds = WeightNames.none().stack("head.weight", "a", "b");
    try (Model bert = model("bert");
        Model gpt2 = model("gpt2")) {
      String lines =
          """
          for nothing: no name here is left for decoder.{i}.{w}, there decoder.layer.{i}.{w}
          for nothing: no name here is left for words.bias, there a.bias, b.bias""";
      assertTrue(refused(bert, file("bert"), names).contains(lines.replace("\n", "\n  ")));
      assertEquals(lines.lines().toList(), bert.loadLenient(file("bert"), names));
      String divided =
          "other layout: head.weight (9, 8) cannot be divided into 2 parts of one size, there a, b";
      assertTrue(refused(gpt2, file("gpt2"), thirds).contains(divided));
      String message =
          assertThrows(IllegalArgumentException.class, () -> gpt2.save(saved, thirds)).getMessage();
      assertEquals("Net cannot be saved under these names:\n  " + divided, message);
      assertFalse(Files.exists(saved));
    }
  }

  @Test
  void theFileOfAnotherArchitectureIsListedAsAWhole() throws IOException {
    try (Model model = model("bert")) {
      String message = refused(model, file("gpt2"), ENCODER);
      assertEquals(
          model.parameters().size() + 2 * 4 + 28 + 2, message.lines().count(), () -> message);
      assertTrue(message.contains("unexpected: transformer.h.0.ln_1.bias (8)\n"), message);
    }
  }

  /** Half precision is converted; a transposed matrix of another shape is said as it is there. */
  @Test
  void convertsNumbersAndSaysShapesAsTheyAreThere() throws IOException {
    Path file = folder.resolve("half.safetensors");
    Map<String, Tensor> tensors = StateFileTest.tensors(file("gpt2"), "");
    tensors.replaceAll((name, tensor) -> tensor.to(torch.ScalarType.Half));
    Safetensors.write(file, tensors, Map.of());
    try (Model model = model("gpt2")) {
      model.load(file, GPT2.rename("head.weight", "wte.weight"));
      Tensor theirs = tensors.get("transformer.h.0.mlp.c_fc.weight").to(torch.ScalarType.Float);
      assertTrue(theirs.t().equal(StateDict.of(model).get("hidden.h.0.considered.1.weight")));
      tensors.put("transformer.h.1.mlp.c_fc.weight", torch.zeros(32, 8));
      Safetensors.write(file, tensors, Map.of());
      String line =
          "wrong shape: hidden.h.1.considered.1.weight, there transformer.h.1.mlp.c_fc.weight, is"
              + " (32, 8) in the file, but (8, 32) is transposed here";
      assertTrue(refused(model, file, GPT2).contains(line));
    }
  }
}
