package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.Mnist;
import io.github.torchscribe.runtime.data.Subset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.torch.Device;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What is closed stays closed, says so, and frees nothing that is in use. */
class ClosingTest {
  @TempDir private Path folder;

  private static void assertClosed(String what, Executable use) {
    IllegalStateException thrown = assertThrows(IllegalStateException.class, use);
    assertEquals(what + " is closed", thrown.getMessage());
  }

  @Test
  void aModelThatIsClosedSaysSo() {
    try (PointerScope scope = new PointerScope()) {
      Tensor inputs = torch.randn(2, 1, 28, 28);
      scope.attach(inputs);
      Tensor targets = torch.zeros(2).to(torch.ScalarType.Long);
      scope.attach(targets);
      Model model = MlpModel.create();
      Predictor predictor = model.predictor();
      Trainer trainer = Trainer.of(model);
      model.close();
      model.close();
      assertClosed("Mlp", () -> model.forward(inputs));
      assertClosed("Mlp", () -> model.step(inputs, targets));
      assertClosed("Mlp", () -> model.backward(inputs, targets));
      assertClosed("Mlp", model::parameters);
      assertClosed("Mlp", () -> model.to(Device.cpu()));
      assertClosed("Mlp", () -> model.save(folder.resolve("x.safetensors")));
      assertClosed("Mlp", () -> predictor.predict(new float[784]));
      Dataset data = new TensorDataset(inputs, targets);
      assertClosed("Mlp", () -> trainer.run(data, data));
      predictor.close();
      predictor.close();
      data.close();
      data.close();
    }
  }

  @Test
  void dataThatAreClosedSaySo() {
    Mnist data = Mnist.test();
    Subset part = Subset.split(data, 1, 0.5, 0.5).get(0);
    part.close();
    part.close();
    assertClosed("this subset", () -> part.examples(0));
    data.close();
    data.close();
    assertClosed("this MNIST dataset", () -> data.examples(0));
    try (Model model = MlpModel.create()) {
      assertClosed("this MNIST dataset", () -> Trainer.of(model).run(data, data));
    }
  }

  @Test
  void dataMayBeClosedWhileOthersRead() throws Exception {
    for (int round = 0; round < 10; round++) {
      Mnist data = Mnist.test();
      boolean[] refused = new boolean[4];
      Thread[] readers = new Thread[refused.length];
      for (int t = 0; t < readers.length; t++) {
        int mine = t;
        readers[t] =
            new Thread(
                () -> {
                  long[] some = new long[500];
                  try {
                    while (true) {
                      data.examples(some).close();
                    }
                  } catch (IllegalStateException e) {
                    refused[mine] = true;
                  }
                });
        readers[t].start();
      }
      Thread.sleep(5);
      data.close();
      for (int t = 0; t < readers.length; t++) {
        readers[t].join();
        assertTrue(refused[t]);
      }
    }
  }

  @Test
  void tensorsThatAreGoneAreRefused() {
    try (Model model = MlpModel.create();
        PointerScope scope = new PointerScope()) {
      Tensor inputs = torch.randn(2, 1, 28, 28);
      scope.attach(inputs);
      Tensor freed = torch.randn(2, 1, 28, 28);
      freed.close();
      assertRefused("the input for Mlp is null", () -> model.forward((Tensor) null));
      assertRefused(
          "the input for Mlp is a tensor that has been freed", () -> model.forward(freed));
      assertRefused("the input for Mlp is an undefined tensor", () -> model.forward(new Tensor()));
      assertRefused("the target for Mlp is null", () -> model.step(inputs, null));
      assertRefused(
          "the target for Mlp is a tensor that has been freed", () -> model.step(inputs, freed));
    }
  }

  private static void assertRefused(String message, Executable use) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, use).getMessage());
  }
}
