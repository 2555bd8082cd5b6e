// An optimizer of the user's own.
import io.github.torchscribe.runtime.optim.OwnOptimizer;
import java.util.List;
import org.bytedeco.pytorch.Scalar;

@Network(input = 6) @Linear(5) @Tanh @Linear(3) @MSELoss @Lion(lr = 0.01, weightDecay = 0.1)
public interface Net {
  /** Chen et al., Symbolic Discovery of Optimization Algorithms, 2023. */
  final class LionOf extends OwnOptimizer {
    private final double[] betas;
    private final double weightDecay;

    public LionOf(double weightDecay, double lr, double[] betas) {
      super(lr, 1);
      this.betas = betas;
      this.weightDecay = weightDecay;
    }

    @Override
    protected void update(
        Tensor parameters, Tensor gradients, List<Tensor> memory, double rate, long step) {
      Tensor momentum = memory.get(0);
      shrink(parameters, rate * weightDecay);
      Tensor direction = momentum.mul(new Scalar(betas[0]));
      direction.add_(gradients, new Scalar(1 - betas[0])).sign_();
      parameters.add_(direction, new Scalar(-rate));
      momentum.mul_(new Scalar(betas[1])).add_(gradients, new Scalar(1 - betas[1]));
    }
  }
}

@Optimizer(Net.LionOf.class)
@interface Lion {
  double lr() default 1e-4;

  double[] betas() default {0.9, 0.99};

  double weightDecay() default 0;
}
