package io.github.torchscribe.samples.text;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * All windows of a text: so many characters in a row, and as targets the same, one character later.
 */
final class TextDataset implements Dataset {
  private final long[] text;
  private final int length;

  /**
   * Windows.
   *
   * @param text indices of characters
   * @param length of a window
   */
  TextDataset(long[] text, int length) {
    if (text.length <= length) {
      throw new IllegalArgumentException(
          "a text of "
              + text.length
              + " characters has no window of "
              + length
              + " and one after; give a longer one");
    }
    this.text = text.clone();
    this.length = length;
  }

  @Override
  public long size() {
    return text.length - length;
  }

  @Override
  public TensorSpec inputs() {
    return TensorSpec.indices(Characters.COUNT, length);
  }

  @Override
  public TensorSpec targets() {
    return TensorSpec.indices(Characters.COUNT, length);
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    long[] begins = Longs.of(indices);
    try (LongPointer into = inputs.data_ptr_long();
        LongPointer after = targets.data_ptr_long()) {
      for (int i = 0; i < begins.length; i++) {
        into.position((long) i * length).put(text, (int) begins[i], length);
        after.position((long) i * length).put(text, (int) begins[i] + 1, length);
      }
    }
  }

  @Override
  public void close() {
    // Java's own memory
  }
}
