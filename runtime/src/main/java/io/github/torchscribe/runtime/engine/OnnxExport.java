package io.github.torchscribe.runtime.engine;

import io.github.torchscribe.runtime.file.OnnxFile;
import io.github.torchscribe.runtime.onnx.OnnxFormat;
import io.github.torchscribe.runtime.process.Versions;
import io.github.torchscribe.runtime.torch.Arena;
import io.github.torchscribe.runtime.torch.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.bytedeco.pytorch.Tensor;

/** Writes what an engine has learned as a network of ONNX. */
public record OnnxExport(Engine engine) {
  /**
   * Writes a file.
   *
   * @param path where to
   * @param metadata texts for it to keep
   */
  public void write(Path path, Map<String, String> metadata) {
    OnnxFormat format = format();
    new EngineState(engine)
        .lend(Device.cpu(), all -> Arena.during(() -> write(path, all, metadata, format)));
  }

  private void write(Path path, Tensor all, Map<String, String> metadata, OnnxFormat format) {
    Map<String, Tensor> weights = new StateFile(engine.network()).tensors(all);
    try {
      OnnxFile.write(
          path, engine.model().onnx().graph(engine.network().name(), weights), metadata, format);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Whoever knows the format, beside the model's class or beside ours. */
  private OnnxFormat format() {
    ClassLoader models = engine.model().type().getClassLoader();
    return ServiceLoader.load(OnnxFormat.class, models)
        .findFirst()
        .or(
            () ->
                ServiceLoader.load(OnnxFormat.class, OnnxFormat.class.getClassLoader()).findFirst())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    engine.network().name()
                        + " cannot be exported to ONNX: the format's part is missing; add"
                        + " io.github.torchscribe:torchscribe-onnx:"
                        + Versions.of("torchscribe")
                        + " to the dependencies"));
  }
}
