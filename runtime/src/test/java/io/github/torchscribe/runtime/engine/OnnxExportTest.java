package io.github.torchscribe.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.torchscribe.runtime.LineModel;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.process.Versions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is said where nobody knows ONNX' format: the runtime's tests have no part for it. */
class OnnxExportTest {
  @Test
  void saysWhatToAdd() {
    try (Model model = LineModel.create()) {
      String message =
          assertThrows(IllegalStateException.class, () -> model.exportOnnx(Path.of("line.onnx")))
              .getMessage();
      assertEquals(
          "Line cannot be exported to ONNX: the format's part is missing; add"
              + " io.github.torchscribe:torchscribe-onnx:"
              + Versions.of("torchscribe")
              + " to the dependencies",
          message);
    }
  }
}
