package io.github.torchscribe.tensorboard;

import io.github.torchscribe.runtime.learner.Learner;
import io.github.torchscribe.runtime.learner.Summary;
import io.github.torchscribe.runtime.log.TrainingLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What runs are compared by. */
final class Compared {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");

  private Compared() {}

  /**
   * What a run was asked for, and what its network states.
   *
   * @param rate the learning rate of its first step
   */
  static Map<String, Object> settings(TrainingLog.Run run, double rate) {
    Summary network = run.learner().summary();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("network", network.name());
    all.put("optimizer", withoutRate(network.optimizer().replace("@", "")));
    all.put("loss", network.loss().replace("@", ""));
    all.put("lr", rate);
    all.put("batch size", run.batchSize());
    all.put("epochs", run.epochs());
    all.put("seed", run.learner().seed());
    all.put("parameters", network.parameters());
    if (!run.shuffle()) {
      all.put("shuffle", false);
    }
    if (run.dropLast()) {
      all.put("drop last", true);
    }
    run.settings()
        .forEach(
            (name, words) ->
                all.put(name, NUMBER.matcher(words).matches() ? Double.valueOf(words) : words));
    return all;
  }

  /** The annotation's rate may be another than the run's. */
  private static String withoutRate(String optimizer) {
    return optimizer
        .replaceAll("\\blr = [^,)]*(, )?", "")
        .replaceAll(", \\)", ")")
        .replace("()", "");
  }

  /** The tags of what a run comes to. */
  static List<String> metrics(TrainingLog.Run run) {
    Learner learner = run.learner();
    List<String> tags = new ArrayList<>(List.of("Loss/test"));
    learner.losses().forEach(name -> tags.add("Loss/test/" + name));
    learner.deciding().forEach(output -> tags.add(accuracy(output)));
    run.metrics().forEach(some -> tags.add(metric(some.name())));
    return tags;
  }

  static String metric(String name) {
    return "Metrics/" + name;
  }

  static String accuracy(String output) {
    return output.isEmpty() ? "Accuracy/test" : "Accuracy/test/" + output;
  }
}
