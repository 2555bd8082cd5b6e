package io.github.torchscribe.tensorboard;

import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What runs are compared by. */
final class Compared {
  private Compared() {}

  /** What a run was asked for, and what its network states. */
  static Map<String, Object> settings(TrainingLog.Run run) {
    Summary network = run.learner().summary();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("network", network.name());
    all.put("optimizer", network.optimizer().replace("@", ""));
    all.put("loss", network.loss().replace("@", ""));
    all.put("batchSize", run.batchSize());
    all.put("epochs", run.epochs());
    all.putAll(run.settings());
    all.put("seed", run.learner().seed());
    all.put("parameters", network.parameters());
    return all;
  }

  /** The tags of what a run comes to. */
  static List<String> metrics(Learner learner) {
    List<String> tags = new ArrayList<>(List.of("Loss/test"));
    learner.losses().forEach(name -> tags.add("Loss/test/" + name));
    deciding(learner).forEach(output -> tags.add(accuracy(output)));
    return tags;
  }

  /** The outputs that decide; a single one has an empty name. */
  static List<String> deciding(Learner learner) {
    return learner.losses().isEmpty()
        ? Stream.of("").filter(single -> learner.decides()).toList()
        : learner.losses().stream().filter(learner::decides).toList();
  }

  static String accuracy(String output) {
    return output.isEmpty() ? "Accuracy/test" : "Accuracy/test/" + output;
  }
}
