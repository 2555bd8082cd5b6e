package io.github.torchscribe.samples.mnist;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.torch.Longs;
import io.github.torchscribe.runtime.torch.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Pairs of images, each image with one of the same digit or, as often, one of another. */
final class Pairs implements Dataset {
  private final Mnist images;
  private final long[] partners;
  private final float[] same;

  /**
   * As many pairs as there are images.
   *
   * @param seed what partners are drawn from
   */
  Pairs(Mnist images, long seed) {
    this.images = images;
    long[] digits = images.digits();
    List<List<Integer>> ofDigit = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      ofDigit.add(new ArrayList<>());
    }
    for (int i = 0; i < digits.length; i++) {
      ofDigit.get((int) digits[i]).add(i);
    }
    Random random = new Random(seed);
    partners = new long[digits.length];
    same = new float[digits.length];
    for (int i = 0; i < digits.length; i++) {
      same[i] = random.nextInt(2);
      int digit = (int) digits[i];
      List<Integer> others =
          ofDigit.get(same[i] == 1 ? digit : (digit + 1 + random.nextInt(9)) % 10);
      partners[i] = others.get(random.nextInt(others.size()));
    }
  }

  @Override
  public long size() {
    return partners.length;
  }

  @Override
  public TensorSpec inputs() {
    return TensorSpec.numbers(2, 28, 28);
  }

  @Override
  public TensorSpec targets() {
    return TensorSpec.numbers(1);
  }

  @Override
  public void gather(Tensor indices, Tensor inputs, Tensor targets) {
    long[] chosen = Longs.of(indices);
    long[] others = new long[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      others[i] = partners[(int) chosen[i]];
      targets.data_ptr_float().put(i, same[(int) chosen[i]]);
    }
    try (PointerScope scope = new PointerScope()) {
      scope.attach(inputs.narrow(1, 0, 1).copy_(images.examples(chosen)));
      inputs.narrow(1, 1, 1).copy_(images.examples(others));
    }
  }

  @Override
  public void close() {
    images.close();
  }
}
