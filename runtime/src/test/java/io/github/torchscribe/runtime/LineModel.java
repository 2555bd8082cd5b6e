package io.github.torchscribe.runtime;

import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.generated.Blueprint;
import io.github.torchscribe.runtime.generated.Share;
import io.github.torchscribe.runtime.learner.Decision;
import io.github.torchscribe.runtime.optim.Sgd;
import io.github.torchscribe.runtime.torch.TensorSpec;
import io.github.torchscribe.runtime.torch.Workload;
import java.util.function.Consumer;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A straight line by hand, y = w·x + b, as the processor would write it: what the runtime does with
 * it can be computed on paper. It begins at w = 1, b = 0, and learns with mean squared errors.
 */
public final class LineModel extends Model {
  /** What a test changes of it. */
  public static final class Behaviour {
    /** Is called before each forward of a share, in the share's thread. */
    public Consumer<Tensor> forward = input -> {};

    /** Is called before a share is made. */
    public Runnable share = () -> {};

    /** How many shares have been made. */
    public int shares;

    /** How often parameters have been updated without a gradient. */
    public int descents;
  }

  private final Behaviour behaviour;
  private Tensor w;
  private Tensor b;
  private Tensor gradientW;
  private Tensor gradientB;

  private LineModel(Blueprint blueprint, Behaviour behaviour) {
    super(blueprint);
    this.behaviour = behaviour;
  }

  /** All that is stated of it. */
  public static Blueprint blueprint() {
    return Blueprint.of("Line", Workload.MATRIX_PRODUCTS)
        .input(TensorSpec.numbers(1))
        .output(1)
        .layer("0", "@Linear(1)", 1)
        .multiplyAdds(1)
        .parameter("0.weight", 0, 1, 1)
        .parameter("0.bias", 1, 1)
        .floatsPerExample(16, 32)
        .descends()
        .loss("@MSELoss", TensorSpec.numbers(1), Decision.NONE)
        .optimizer("@SGD(lr = 0.1)", () -> new Sgd(0.1, 0, 0, 0, false))
        .training(2, 4, false)
        .seed(1);
  }

  /** A line that learns. */
  public static LineModel create() {
    return create(blueprint(), new Behaviour());
  }

  /** A line of which something else is stated, or that does something else. */
  public static LineModel create(Blueprint blueprint, Behaviour behaviour) {
    LineModel model = new LineModel(blueprint, behaviour);
    model.start(seed(blueprint));
    return model;
  }

  /** Examples x with targets y. */
  public static Dataset data(float[] x, float... y) {
    return new TensorDataset(torch.tensor(x).view(x.length, 1), torch.tensor(y).view(y.length, 1));
  }

  @Override
  protected void bind(Tensor values, Tensor gradients) {
    w = view(values, 0, 1, 1);
    b = view(values, 1, 1);
    gradientW = view(gradients, 0, 1, 1);
    gradientB = view(gradients, 1, 1);
  }

  @Override
  protected void initialize(GeneratorOptional generator) {
    w.fill_(new Scalar(1.0));
    b.zero_();
  }

  @Override
  protected Share share() {
    behaviour.share.run();
    behaviour.shares++;
    return new Rows();
  }

  private final class Rows extends Share {
    private Tensor output;
    private Tensor outputGradient;

    @Override
    protected void bind() {
      output = rows(0, 1);
    }

    @Override
    protected void bindTraining() {
      outputGradient = rows(16, 1);
    }

    @Override
    protected Tensor forward(Tensor input) {
      behaviour.forward.accept(input);
      output.copy_(input.mul(w.view(1)).add_(b));
      return output;
    }

    @Override
    protected Tensor loss(Tensor target) {
      Tensor error = output.sub(target);
      return error.mul(error).mean();
    }

    @Override
    protected void backward(Tensor target) {
      outputGradient.copy_(output.sub(target).mul(new Scalar(2.0 / total)));
    }

    @Override
    protected void gradients() {
      Tensor all = all(16, 1, 1);
      part(gradientB).copy_(part(all.sum().view(1)));
      part(gradientW).copy_(part(all.mul(wholeInput()).sum().view(1, 1)));
    }

    @Override
    protected void descend(Scalar minusLr) {
      behaviour.descents++;
      gradients();
      part(w).add_(part(gradientW), minusLr);
      part(b).add_(part(gradientB), minusLr);
    }
  }
}
