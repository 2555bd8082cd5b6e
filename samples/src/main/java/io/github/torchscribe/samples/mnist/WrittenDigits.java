package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.NamedDataset;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.TensorSpecs;
import io.github.torchscribe.runtime.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** MNIST's images with two targets: the digit, and how it is written. */
final class WrittenDigits implements NamedDataset {
  /** The names of all targets. */
  static final List<String> TARGETS = List.of("digit", "ink");

  private static final int AT_ONCE = 1_000;

  private final Mnist images;
  private final TensorSpecs targetSpecs;
  private final long[] digits;
  private final Ink[] inks;

  /**
   * Measures all images.
   *
   * @param images are closed with this
   * @param targets those of {@link #TARGETS} that are wanted
   */
  WrittenDigits(Mnist images, List<String> targets) {
    this.images = images;
    digits = images.digits();
    inks = new Ink[digits.length];
    List<TensorSpec> specs = new ArrayList<>();
    for (String target : targets) {
      specs.add(target.equals("digit") ? images.targets() : TensorSpec.numbers(Ink.NUMBERS));
    }
    targetSpecs = TensorSpecs.of(targets, specs);
    for (int from = 0; from < inks.length; from += AT_ONCE) {
      measure(from, Math.min(AT_ONCE, inks.length - from));
    }
  }

  private void measure(int from, int count) {
    int columns = (int) images.inputs().shape()[2];
    float[] pixels = pixels(LongStream.range(from, from + count).toArray());
    int size = pixels.length / count;
    for (int i = 0; i < count; i++) {
      float[] image = new float[size];
      System.arraycopy(pixels, i * size, image, 0, size);
      inks[from + i] = Ink.of(image, columns);
    }
  }

  /** The pixels of images, one image after the other, as the network gets them. */
  float[] pixels(long... chosen) {
    PointerScope scope = new PointerScope();
    try {
      Tensor some = images.examples(chosen);
      float[] pixels = new float[(int) some.numel()];
      some.data_ptr_float().get(pixels);
      return pixels;
    } finally {
      scope.close();
    }
  }

  int digit(int index) {
    return (int) digits[index];
  }

  Ink ink(int index) {
    return inks[index];
  }

  @Override
  public long size() {
    return images.size();
  }

  @Override
  public TensorSpecs inputSpecs() {
    return TensorSpecs.of("image", images.inputs());
  }

  @Override
  public TensorSpecs targetSpecs() {
    return targetSpecs;
  }

  @Override
  public boolean gathersParts() {
    return true;
  }

  @Override
  public void gather(Tensor indices, Tensors inputs, Tensors targets) {
    List<String> wanted = targets.names();
    PointerScope scope = new PointerScope();
    try {
      Tensor unwanted = wanted.contains("digit") ? null : images.targets().empty(indices.numel());
      images.gather(
          indices, inputs.get("image"), unwanted == null ? targets.get("digit") : unwanted);
      if (wanted.contains("ink")) {
        put(Longs.of(indices), targets.get("ink").data_ptr_float());
      }
    } finally {
      scope.close();
    }
  }

  private void put(long[] chosen, FloatPointer into) {
    for (int i = 0; i < chosen.length; i++) {
      into.position((long) i * Ink.NUMBERS).put(inks[(int) chosen[i]].numbers());
    }
  }

  @Override
  public void close() {
    images.close();
  }
}
