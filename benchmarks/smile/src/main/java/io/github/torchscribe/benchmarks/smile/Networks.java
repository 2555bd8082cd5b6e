package io.github.torchscribe.benchmarks.smile;

import org.bytedeco.pytorch.ReLUImpl;
import smile.deep.activation.ReLU;
import smile.deep.layer.Layer;
import smile.deep.layer.LayerBlock;
import smile.deep.layer.SequentialBlock;
import smile.deep.tensor.Tensor;

/** The networks that are measured, as a user of SMILE writes them. */
final class Networks {
  private Networks() {}

  static LayerBlock of(String workload) {
    return switch (workload) {
      case "cnn" -> cnn();
      case "resnet" -> resnet();
      case "wide" -> mlp(4096);
      default -> mlp(200);
    };
  }

  private static LayerBlock mlp(int width) {
    return new SequentialBlock(
        new Flatten(),
        Layer.linear(784, width),
        relu(),
        Layer.linear(width, width),
        relu(),
        Layer.linear(width, 10));
  }

  private static LayerBlock cnn() {
    return new SequentialBlock(
        convolution(1, 32, 3, 1, 0, true),
        relu(),
        convolution(32, 64, 3, 1, 0, true),
        relu(),
        Layer.maxPool2d(2),
        new Flatten(),
        Layer.linear(9216, 128),
        relu(),
        Layer.linear(128, 10));
  }

  private static LayerBlock resnet() {
    return new SequentialBlock(
        convolution(1, 32, 3, 1, 1, false),
        Layer.batchNorm2d(32),
        relu(),
        new Residual(32, 32, 1),
        new Residual(32, 32, 1),
        new Residual(32, 64, 2),
        new Residual(64, 64, 1),
        Layer.adaptiveAvgPool2d(1),
        new Flatten(),
        Layer.linear(64, 10));
  }

  private static ReLU relu() {
    return new ReLU(true);
  }

  private static Layer convolution(
      int in, int out, int kernel, int stride, int padding, boolean bias) {
    return Layer.conv2d(in, out, kernel, stride, padding, 1, 1, bias, "zeros");
  }

  /** SMILE's own takes all dimensions together, or is no layer. */
  private static final class Flatten implements Layer {
    private final ReLUImpl module = new ReLUImpl(); // without numbers

    @Override
    public Tensor forward(Tensor input) {
      return input.flatten(1);
    }

    @Override
    public org.bytedeco.pytorch.Module asTorch() {
      return module;
    }
  }

  /** y = relu(x + f(x)), or y = relu(g(x) + f(x)). */
  private static final class Residual extends LayerBlock {
    private final SequentialBlock main;
    private final SequentialBlock shortcut;
    private final ReLU last = relu();

    Residual(int in, int out, int stride) {
      main =
          new SequentialBlock(
              convolution(in, out, 3, stride, 1, false),
              Layer.batchNorm2d(out),
              relu(),
              convolution(out, out, 3, 1, 1, false),
              Layer.batchNorm2d(out));
      add("main", main);
      shortcut =
          stride == 1
              ? null
              : new SequentialBlock(
                  convolution(in, out, 1, stride, 0, false), Layer.batchNorm2d(out));
      if (shortcut != null) {
        add("shortcut", shortcut);
      }
    }

    @Override
    public Tensor forward(Tensor input) {
      Tensor passed = shortcut == null ? input : shortcut.forward(input);
      return last.forward(main.forward(input).add_(passed));
    }
  }
}
