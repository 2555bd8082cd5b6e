package io.github.torchscribe.samples.pictures;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/** Scenes, and as targets where their cells are. */
final class Scenes implements Dataset {
  private final List<Scene> scenes;

  /**
   * Draws them.
   *
   * @param count at least 1
   * @param seed those of another seed are others
   */
  Scenes(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("there must be at least 1 picture, not " + count);
    }
    scenes =
        LongStream.range(0, count)
            .parallel()
            .mapToObj(i -> Scene.of((seed << Integer.SIZE) + i))
            .toList();
  }

  Scene scene(int index) {
    return scenes.get(index);
  }

  @Override
  public long size() {
    return scenes.size();
  }

  @Override
  public TensorSpec inputs() {
    return TensorSpec.numbers(1, Scene.SIZE, Scene.SIZE);
  }

  @Override
  public TensorSpec targets() {
    return TensorSpec.numbers(1, Scene.SIZE, Scene.SIZE);
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    long[] chosen = Longs.of(indices);
    try (FloatPointer pixels = inputs.data_ptr_float();
        FloatPointer masks = targets.data_ptr_float()) {
      for (int i = 0; i < chosen.length; i++) {
        Scene scene = scenes.get((int) chosen[i]);
        long begin = (long) i * scene.pixels().length;
        pixels.position(begin).put(scene.pixels());
        masks.position(begin).put(scene.mask());
      }
    }
  }

  @Override
  public void close() {
    // Java's own memory
  }
}
