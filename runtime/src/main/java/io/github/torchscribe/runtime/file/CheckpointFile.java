package io.github.torchscribe.runtime.file;

import io.github.torchscribe.runtime.torch.Shapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** A {@link State} in a safetensors file that says the CRC-32C of all that is in it. */
public final class CheckpointFile {
  /** The text in which a checkpoint says what it is. */
  public static final String FORMAT = "format";

  private static final String KIND = "torchscribe checkpoint ";

  /** What this version writes. */
  public static final String VERSION = KIND + 3;

  private static final String DIGEST = "crc32c";

  private CheckpointFile() {}

  /**
   * Whether a file's texts are those of a checkpoint, of this version or another.
   *
   * @param texts of a safetensors file
   * @return false for a state dict
   */
  public static boolean isOne(Map<String, String> texts) {
    return texts.getOrDefault(FORMAT, "").startsWith(KIND);
  }

  /**
   * Writes a file, or leaves what was there before.
   *
   * @param path where to
   * @param state its tensors are on the CPU
   * @throws IOException says what is in the way
   */
  public static void write(Path path, State state) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>(state.texts());
    texts.put(DIGEST, digest(state));
    Safetensors.write(path, state.tensors(), texts);
  }

  /**
   * Reads a file.
   *
   * @param path where from
   * @return what was written; the caller's scope owns the tensors
   * @throws IOException when it cannot be read, or is not what was written
   */
  public static State read(Path path) throws IOException {
    Safetensors file = Safetensors.open(path);
    Map<String, String> texts = new LinkedHashMap<>(file.metadata());
    String said = texts.remove(DIGEST);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Safetensors.Entry> named : file.entries().entrySet()) {
      DataType type = DataType.of(named.getValue().type());
      if (type == null) {
        throw new IOException(
            path
                + " has numbers of the type "
                + named.getValue().type()
                + ", which we never write");
      }
      Tensor tensor = torch.empty(named.getValue().shape(), new TensorOptions(type.torch()), null);
      file.read(named.getKey(), tensor);
      tensors.put(named.getKey(), tensor);
    }
    State state = new State("", tensors, texts);
    if (said == null || !said.equals(digest(state))) {
      throw new IOException(path + " is damaged: its content is not what its " + DIGEST + " says");
    }
    return state;
  }

  /**
   * A checksum of all that a state has: CRC-32C, which finds every flipped bit, and takes a tenth
   * of a small network's step.
   *
   * @param state its tensors are on the CPU
   * @return some hexadecimal digits
   */
  public static String digest(State state) {
    CRC32C digest = new CRC32C();
    state.texts().forEach((name, text) -> add(digest, name + '\0' + text + '\0'));
    state
        .tensors()
        .forEach(
            (name, tensor) -> {
              long[] shape = Shapes.of(tensor);
              add(digest, name + tensor.scalar_type() + Arrays.toString(shape));
              Safetensors.eachChunk(tensor, digest::update);
            });
    return Long.toHexString(digest.getValue());
  }

  private static void add(CRC32C digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
