package io.github.torchscribe.samples.mnist;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.file.Safetensors;
import io.github.torchscribe.samples.tools.Java;
import io.github.torchscribe.samples.tools.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights go to a real Python and come from it, through its own safetensors. */
class PythonRoundTripTest {
  /** Of the largest output. */
  private static final double TOLERANCE = 1e-6;

  @TempDir private Path folder;

  private String python(String action) throws IOException, InterruptedException {
    String python = Tools.home("TORCHSCRIBE_VISDOM", "visdom").resolve("bin/python").toString();
    Tools.require(
        Java.works(python, "-c", "import safetensors.numpy"),
        "Python's safetensors is missing; scripts/visdom-server.sh --install-only");
    return Java.said(
        new ProcessBuilder(python, "../parity/roundtrip.py", action, folder.toString()),
        folder.resolve("output"));
  }

  /** Writes weights, some inputs and the outputs for them. */
  private void write(String name, Model model) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      torch.manual_seed(1);
      Tensor inputs = torch.randn(200, 1, 28, 28);
      scope.attach(inputs);
      for (int i = 0; i < 3; i++) { // so that running means are no zeros
        Tensor targets = torch.zeros(200).to(torch.ScalarType.Long);
        scope.attach(targets);
        model.step(inputs, targets);
      }
      Map<String, Tensor> io = new LinkedHashMap<>();
      io.put("inputs", inputs.narrow(0, 0, 5));
      io.put("outputs", model.forward(io.get("inputs")));
      Safetensors.write(folder.resolve(name + "-io.safetensors"), io, Map.of());
    }
    model.save(folder.resolve(name + ".safetensors"));
  }

  /** Reads what Python wrote. */
  private double difference(String name, Model model) throws IOException {
    model.load(folder.resolve("python-" + name + ".safetensors"));
    Safetensors io = Safetensors.open(folder.resolve("python-" + name + "-io.safetensors"));
    try (PointerScope scope = new PointerScope()) {
      Tensor inputs = torch.empty(5, 1, 28, 28);
      scope.attach(inputs);
      Tensor outputs = torch.empty(5, 10);
      scope.attach(outputs);
      io.read("inputs", inputs);
      io.read("outputs", outputs);
      double largest = Math.max(1, outputs.abs().max().item_double());
      return model.forward(inputs).sub(outputs).abs().max().item_double() / largest;
    }
  }

  @Test
  void outputsAreTheSameOnBothSides() throws Exception {
    try (Model mlp = MlpModel.create();
        Model cnn = CnnModel.create()) {
      write("mlp", mlp);
      write("cnn", cnn);
      System.out.print(python("read"));
      python("write");
      double ofMlp = difference("mlp", mlp);
      double ofCnn = difference("cnn", cnn);
      System.out.printf(Locale.ROOT, "from Python: mlp %.1e, cnn %.1e%n", ofMlp, ofCnn);
      assertTrue(ofMlp <= TOLERANCE && ofCnn <= TOLERANCE);
    }
  }
}
