package io.github.torchscribe.runtime.predict;

import io.github.torchscribe.runtime.data.Pixels;
import io.github.torchscribe.runtime.data.Transform;
import io.github.torchscribe.runtime.torch.Shapes;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Makes examples of images, as training did.
 *
 * @param input what the network takes
 * @param pixels what images are made of first
 * @param transforms what is done to them then
 */
public record ImageExamples(TensorSpec input, Pixels pixels, List<Transform> transforms) {
  /** The numbers of each, one dimension after the other. */
  public float[][] of(List<BufferedImage> images) {
    long[] before = {pixels.grey() ? 1 : 3, pixels.height(), pixels.width()};
    long[] after = before;
    for (Transform some : transforms) {
      after = some.shape(after);
    }
    if (input.areIndices() || !Arrays.equals(after, input.shape())) {
      throw new IllegalArgumentException(
          "the network takes "
              + input
              + ", but an image that is scaled and transformed is "
              + Shapes.batchOf(after));
    }
    float[][] examples = new float[images.size()][];
    for (int i = 0; i < examples.length; i++) {
      examples[i] = transformed(numbers(images.get(i), i), before);
    }
    return examples;
  }

  private float[] numbers(BufferedImage image, int index) {
    if (image == null) {
      throw new IllegalArgumentException(
          "image " + index + " is null, as ImageIO.read has it for what it cannot read");
    }
    float[] numbers = new float[(pixels.grey() ? 1 : 3) * pixels.height() * pixels.width()];
    try {
      pixels.write(image, numbers, 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("image " + index + ": " + e.getMessage(), e);
    }
    return numbers;
  }

  private float[] transformed(float[] numbers, long... shape) {
    if (transforms.isEmpty()) {
      return numbers;
    }
    PointerScope scope = new PointerScope();
    try {
      Tensor tensor = TensorSpec.numbers(shape).empty(1);
      tensor.data_ptr_float().put(numbers);
      for (Transform some : transforms) {
        tensor = some.apply(tensor, new SplittableRandom(0));
      }
      float[] example = new float[Math.toIntExact(tensor.numel())];
      tensor.contiguous().data_ptr_float().get(example);
      return example;
    } finally {
      scope.close();
    }
  }
}
