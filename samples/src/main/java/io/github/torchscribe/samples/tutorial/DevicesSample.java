package io.github.torchscribe.samples.tutorial;

import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.samples.mnist.MlpModel;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import picocli.CommandLine.Command;

/** Data moves by being copied, a model in place; and what happens where there is no GPU. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "Data to(device) copies, model to(device) moves in place; cpu and cuda.")
public final class DevicesSample implements Callable<Integer> {
  @Override
  public Integer call() {
    Device best = Device.best();
    System.out.println("the best device here: " + best);
    try (PointerScope scope = new PointerScope();
        MlpModel model = MlpModel.create(1)) {
      Tensor data = torch.randn(4, 1, 28, 28);
      scope.attach(data);
      Tensor moved = best.copy(data);
      boolean shared = moved.data_ptr().address() == data.data_ptr().address();
      System.out.println(
          "data:  "
              + (shared
                  ? "is there already, nothing is copied"
                  : "the copy has memory of its own"));

      boolean same = model.to(best) == model;
      System.out.println("model: to(" + best + ") gives " + (same ? "the same model" : "another"));
      System.out.println(
          "output on " + model.device() + ": " + model.forward(moved).size(1) + " scores");
      model.to(Device.cpu());
      System.out.println("back on " + model.device());
    }
    try {
      System.out.println("cuda(0): " + Device.cuda(0));
    } catch (IllegalStateException e) {
      System.out.println("cuda(0): " + e.getMessage());
    }
    return 0;
  }
}
