package io.github.torchscribe.samples.gan;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.runtime.torch.Randomness;
import io.github.torchscribe.samples.mnist.Pixels;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two networks that learn from each other, in turn. */
final class Contest implements AutoCloseable {
  /** How sure the critic is to be of MNIST's pictures: one that is never too sure teaches more. */
  private static final double NEARLY = 0.9;

  private final Model painter;
  private final Model critic;
  private final Randomness randomness;

  Contest(long seed, Device device) {
    painter = PainterModel.create(seed).to(device);
    critic = CriticModel.create(seed + 1).to(device);
    randomness = new Randomness(seed + 2);
  }

  /**
   * What a step came to.
   *
   * @param critic the critic's loss, of both batches: 2 ln 2 where it only guesses
   * @param painter the painter's: how sure the critic is that its pictures are painted
   */
  record Losses(float critic, float painter) {}

  /**
   * First the critic learns to tell pictures of MNIST's from as many painted ones, then the painter
   * learns what the critic would have taken for MNIST's.
   *
   * @param written (N, 1, 28, 28), as {@code Mnist} has them
   */
  Losses step(Tensor written) {
    try (PointerScope scope = new PointerScope()) {
      long n = written.size(0);
      Tensor real = Pixels.grey(written);
      Tensor ones = torch.ones(new long[] {n, 1}, painter.device().options(torch.ScalarType.Float));
      Tensor painted = painter.forwardTraining(noise(n));
      scope.attach(painted);

      float loss = critic.backward(real, ones.mul(new Scalar(NEARLY)));
      loss += critic.accumulate(painted, torch.zeros_like(ones));
      critic.update();

      float fooled = critic.backward(painted, ones); // what is wanted is its input's gradient
      painter.backward(critic.inputGradient());
      painter.update();
      return new Losses(loss, fooled);
    }
  }

  private Tensor noise(long n) {
    Tensor noise = torch.empty(n, Painter.NOISE).normal_(0, 1, randomness.generator());
    return painter.device().copy(noise);
  }

  /**
   * Paints pictures.
   *
   * @return (N, 1, 28, 28), 0 black and 1 white, the caller's
   */
  Tensor paint(long n) {
    return painter.forward(noise(n));
  }

  @Override
  public void close() {
    painter.close();
    critic.close();
    randomness.close();
  }
}
