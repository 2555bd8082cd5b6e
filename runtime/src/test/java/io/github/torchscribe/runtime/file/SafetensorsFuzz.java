package io.github.torchscribe.runtime.file;

import io.github.torchscribe.runtime.fuzz.FuzzFile;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Whatever is in a safetensors file: it is read, or refused with an {@link IOException}. */
public final class SafetensorsFuzz {
  private static final FuzzFile FILE = new FuzzFile();

  private SafetensorsFuzz() {}

  /**
   * Reads a file.
   *
   * @param bytes its content
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    PointerScope scope = new PointerScope();
    try {
      Safetensors file = Safetensors.open(FILE.with(bytes));
      for (Map.Entry<String, Safetensors.Entry> named : file.entries().entrySet()) {
        DataType type = DataType.of(named.getValue().type());
        if (type != null) {
          long count = (named.getValue().end() - named.getValue().begin()) / type.bytes();
          Tensor tensor =
              torch.empty(new long[] {count}, new TensorOptions(torch.ScalarType.Double), null);
          file.read(named.getKey(), tensor);
        }
      }
    } catch (IOException e) {
      // as documented
    } finally {
      scope.close();
    }
  }
}
