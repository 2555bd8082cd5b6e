package io.github.torchscribe.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.torchscribe.dsl.optim.Schedule;
import io.github.torchscribe.processor.catalogue.Catalogue;
import io.github.torchscribe.runtime.Model;
import io.github.torchscribe.runtime.Trainer;
import io.github.torchscribe.runtime.data.Dataset;
import io.github.torchscribe.runtime.data.TensorDataset;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The learning rate of each step of a run, against PyTorch's schedulers. */
class ScheduleParityTest {
  static Stream<String> schedules() throws IOException {
    return Files.readAllLines(ParityTable.FOLDER.resolve("schedules.txt")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void hasPyTorchsRates(String schedule) throws IOException {
    String declaration =
        "@Network(input = 4) @Linear(3) @CrossEntropyLoss @SGD(lr = 1e-9) "
            + schedule
            + " @Training(epochs = 8, batchSize = 2, shuffle = false) public interface Net {}";
    List<Double> rates = new ArrayList<>();
    TrainingLog log =
        new TrainingLog() {
          @Override
          public void step(Step step) {
            rates.add(step.learningRate());
          }
        };
    JsonNode python =
        new ObjectMapper()
            .readTree(ParityTable.FOLDER.resolve("schedules.json").toFile())
            .get(schedule);
    assertNotNull(python, "schedules.json has no such row: python parity/schedules.py makes it");
    try (Model model = Networks.model(declaration, 1);
        Dataset data = new TensorDataset(torch.randn(6, 4), torch.tensor(0L, 1L, 2L, 0L, 1L, 2L))) {
      for (int run = 0; run < 2; run++) { // the second begins anew
        rates.clear();
        Trainer.of(model).log(log).run(data, data);
        assertEquals(python.size(), rates.size());
        for (int i = 0; i < rates.size(); i++) {
          double expected = python.get(i).asDouble();
          assertEquals(expected, rates.get(i), 1e-9 * expected, "step " + i);
        }
      }
    }
  }

  @Test
  void everyScheduleIsCompared() throws IOException {
    Set<String> known = new HashSet<>(new Catalogue().vocabulary().schedules());
    known.remove(Schedule.class.getName()); // of the user's own
    List<String> rows = schedules().toList();
    for (String annotation : known) {
      String name = annotation.substring(annotation.lastIndexOf('.') + 1);
      assertTrue(
          rows.stream().anyMatch(row -> row.matches(".*@" + name + "\\b.*")),
          "@" + name + " has no row in schedules.txt");
    }
  }
}
