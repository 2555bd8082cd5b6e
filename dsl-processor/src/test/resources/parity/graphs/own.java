// Pieces of the user's own: layers that learn, with members, in a block, several times; losses of one value and of two.
import static org.bytedeco.pytorch.global.torch.*;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;

@Network @SGD(lr = 0.1)
public interface Net {
  @Conv2d(value = {1, 4}, kernelSize = 3, padding = 1) @Swish(init = 1.5) @Unshuffle(2) @Swish
  @Flatten @Use(value = Mixer.class, sizes = 6)
  Tensor features(@Input({1, 4, 4}) Tensor image);

  @Linear(3) @Focal(gamma = 1.5) @LossWeight(2)
  Tensor kind(Tensor features);

  @Linear(6) @Loss(value = LogCosh.class, divisible = true)
  Tensor box(Tensor features);

  @Apart(2) @LossWeight(0.5)
  Tensor apart(Tensor features, Tensor box);

  final class SwishOf {
    static Tensor forward(Tensor input, Tensor beta) {
      return input.mul(input.mul(beta.view(-1, 1, 1)).sigmoid());
    }
  }

  final class UnshuffleOf {
    static Tensor forward(Tensor input, long value) {
      return pixel_unshuffle(input, value);
    }
  }

  final class MixOf {
    static Tensor forward(Tensor input, Tensor scale, Tensor weight, Tensor bias) {
      return linear(input, weight, new TensorOptional(bias)).mul(scale);
    }
  }

  final class FocalOf {
    static Tensor loss(Tensor output, Tensor target, double gamma) {
      Tensor right = log_softmax(output, 1).gather(1, target.unsqueeze(1));
      Tensor wrong = right.exp().neg().add(new Scalar(1.0));
      return wrong.pow(new Scalar(gamma)).mul(right).mean().neg();
    }
  }

  final class LogCosh {
    static Tensor loss(Tensor output, Tensor target) {
      return output.sub(target).cosh().log().mean();
    }
  }

  final class ApartOf {
    static Tensor loss(Tensor one, Tensor other, double value) {
      return one.sub(other).abs().neg().add(new Scalar(value)).relu().mean();
    }
  }
}

@Block
@Mix(Size.A) @Tanh
interface Mixer {}

@Layer(
    value = Net.SwishOf.class,
    input = {"C", "..."},
    learned = @Layer.Learned(name = "beta", shape = "C", val = "init"),
    divisible = true)
@java.lang.annotation.Repeatable(Swishes.class)
@interface Swish {
  double init() default 1;
}

@interface Swishes {
  Swish[] value();
}

@Layer(
    value = Net.UnshuffleOf.class,
    input = {"C", "H", "W"},
    output = {"C * value * value", "H / value", "W / value"},
    divisible = true)
@interface Unshuffle {
  int value();
}

@Layer(
    value = Net.MixOf.class,
    input = "in",
    output = "value",
    learned = {
      @Layer.Learned(
          name = "weight",
          shape = {"value", "in"},
          begins = Layer.Begins.KAIMING_UNIFORM,
          a = "2.23606797749979"),
      @Layer.Learned(
          name = "bias",
          shape = "value",
          begins = Layer.Begins.UNIFORM,
          a = "-1 / value",
          b = "1 / value"),
      @Layer.Learned(name = "scale", begins = Layer.Begins.NORMAL, mean = "1", std = "0.1")
    },
    divisible = true)
@interface Mix {
  int value();
}

@Loss(value = Net.FocalOf.class, targets = Loss.Targets.CLASSES, divisible = true)
@interface Focal {
  double gamma() default 2;
}

@Loss(value = Net.ApartOf.class, targets = Loss.Targets.NONE, divisible = true)
@interface Apart {
  double value();
}
