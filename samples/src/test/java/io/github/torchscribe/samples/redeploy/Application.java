package io.github.torchscribe.samples.redeploy;

import io.github.torchscribe.runtime.Checkpoints;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.learner.History;
import io.github.torchscribe.runtime.log.ConsoleLog;
import io.github.torchscribe.runtime.report.RunReport;
import io.github.torchscribe.runtime.torch.Device;
import io.github.torchscribe.samples.mnist.MlpModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a web application does from its deployment on until it is undeployed: it trains, with all
 * that can watch, and answers in the threads of the container.
 */
public final class Application implements BiFunction<Executor, Path, String> {
  private static final int EXAMPLES = 200;
  private static final int QUESTIONS = 20;

  @Override
  public String apply(Executor requests, Path folder) {
    try (PointerScope scope = new PointerScope();
        Model model = DeployedModel.create();
        Model divided = MlpModel.create(1);
        Predictor predictor = model.predictor()) {
      torch.manual_seed(1);
      Tensor classes = torch.randint(10, new long[] {EXAMPLES}).to(torch.ScalarType.Long);
      scope.attach(classes);
      Tensor images = torch.rand(EXAMPLES, 1, 12, 12);
      scope.attach(images);
      Dataset data = new TensorDataset(images, classes);
      History history =
          Trainer.of(model)
              .checkpoints(Checkpoints.in(folder.resolve("checkpoints")))
              .stopOnSignal()
              .log(new ConsoleLog())
              .log(RunReport.in(folder.resolve("runs")))
              .run(data, data);
      Tensor large = torch.rand(EXAMPLES, 1, 28, 28);
      scope.attach(large);
      float loss = divided.step(large, classes);
      List<CompletableFuture<float[]>> answers = new ArrayList<>();
      for (int i = 0; i < QUESTIONS; i++) {
        answers.add(
            CompletableFuture.supplyAsync(() -> predictor.predict(new float[144]), requests));
      }
      List<String> said =
          answers.stream().map(CompletableFuture::join).map(Arrays::toString).distinct().toList();
      return history.last().trainLoss() + " " + loss + " " + said;
    } finally {
      Device.unload();
    }
  }
}
