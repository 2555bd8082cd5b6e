package example;

import io.github.torchscribe.dsl.Network;
import io.github.torchscribe.dsl.nn.Linear;
import io.github.torchscribe.dsl.nn.Tanh;
import io.github.torchscribe.runtime.Predictor;
import io.github.torchscribe.runtime.data.Csv;
import java.nio.file.Path;

/** Predicts, and asks for what a server has not. */
@Network(input = 2)
@Linear({2, 8}) @Tanh
@Linear({8, 2})
public interface Server {
  static void main(String[] args) {
    try (ServerModel model = ServerModel.create();
        Predictor predictor = model.predictor()) {
      System.out.println("answers of " + predictor.predict(new float[] {0, 1}).length + " numbers");
    }
    try {
      Csv.read(Path.of("table.csv"));
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }
}
